"""What the TSG does: one file a use-case."""
