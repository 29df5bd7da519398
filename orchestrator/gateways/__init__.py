"""One client a system: what the middleware asks of each, and how it reads the answers."""
