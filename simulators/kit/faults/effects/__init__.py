"""The effects that a fault can have, one a file, found by registration."""
