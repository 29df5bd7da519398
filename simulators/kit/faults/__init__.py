"""Faults: what goes wrong on purpose. One effect a fault; every effect is a file of ``effects``."""

from simulators.kit.faults.book import add, checked, drawn, listed, remove, unknown
from simulators.kit.faults.model import Effect, Fault, FaultMade, Faults, FaultState, NamedFault

__all__ = [
    "Effect", "Fault", "FaultMade", "FaultState", "Faults", "NamedFault", "add", "checked", "drawn", "listed",
    "remove", "unknown",
]  # fmt: skip
