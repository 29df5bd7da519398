"""What differs between a fake and the real system, from its description, its traffic, or itself."""
