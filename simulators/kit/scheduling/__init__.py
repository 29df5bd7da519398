"""Work that falls due."""
