"""What the core banking system does for each of its calls."""
