"""The mail and SMS of the simulated people."""
