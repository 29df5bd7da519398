"""The control plane of the whole sandbox: worlds, clock, faults and journal of every service."""
