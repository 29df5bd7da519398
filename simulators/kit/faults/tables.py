"""The faults of a world as they are kept."""

from msgspec import Struct

from simulators.kit.faults.model import NamedFault
from simulators.kit.store.table import Table


class FaultRow(Struct):
    """A fault: in the order of ``rank``, how many requests it has ``seen``, and how often it ``fired``."""

    id: str
    rank: int
    fault: NamedFault
    seen: int
    fired: int


faults = Table("faults", FaultRow, key=["id"])

faults_of_world = "SELECT * FROM faults WHERE world = :world ORDER BY rank"
