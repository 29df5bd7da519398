"""Where a service keeps its worlds."""
