"""The simulated systems of the sandbox."""

__version__ = "0.1.0"
