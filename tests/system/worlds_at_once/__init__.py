"""Many worlds at once on one sandbox."""
