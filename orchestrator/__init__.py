"""The bank's middleware: runs the two documented flows across the bank's systems."""
