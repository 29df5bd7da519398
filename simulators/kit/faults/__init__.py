"""Faults: what goes wrong on purpose. One effect a fault; every effect is a file of ``effects``."""

from simulators.kit.faults.book import add, checked, drawn, listed, remove
from simulators.kit.faults.model import Effect, Fault, FaultMade, Faults, FaultState

__all__ = ["Effect", "Fault", "FaultMade", "FaultState", "Faults", "add", "checked", "drawn", "listed", "remove"]
