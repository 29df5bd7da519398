"""Faults: what goes wrong on purpose. One effect a fault; every effect is a file of ``effects``."""

from simulators.kit.faults.book import (
    add,
    add_within,
    list_faults,
    parse_fault,
    remove,
    select_effect,
    unknown_fault,
)  # fmt: skip
from simulators.kit.faults.effect import Effect, PushTry, effects
from simulators.kit.faults.model import PUSH, Fault, FaultMade, Faults, FaultState, NamedFault

__all__ = [
    "PUSH", "Effect", "Fault", "FaultMade", "FaultState", "Faults", "NamedFault", "PushTry", "add", "add_within",
    "effects", "list_faults", "parse_fault", "remove", "select_effect", "unknown_fault",
]  # fmt: skip
