"""The faults of a world as they are kept."""

from typing import Annotated

from msgspec import Meta, Struct

from simulators.kit.errors import SandboxRefusal
from simulators.kit.faults.model import NamedFault, check_effect
from simulators.kit.store.checking import decode_with
from simulators.kit.store.table import Table, number_of


def _read_fault(fault: NamedFault) -> None:
    try:
        check_effect(fault)
    except SandboxRefusal as refusal:
        raise ValueError(refusal.message) from refusal


class FaultRow(Struct):
    """A fault: in the order of ``rank``, how many requests it has ``seen``, and how often it ``fired``."""

    id: str
    rank: int
    fault: Annotated[NamedFault, decode_with(_read_fault)]
    seen: Annotated[int, Meta(ge=0)]
    fired: Annotated[int, Meta(ge=0)]


faults = Table("faults", FaultRow, key=["id"], numbers=number_of("fault", "rank"))

faults_of_world = "SELECT * FROM faults WHERE world = :world ORDER BY rank"
count_faults = """
    UPDATE worlds SET faults = (SELECT count(*) FROM faults WHERE faults.world = :world)
    WHERE world = :world RETURNING faults
"""
