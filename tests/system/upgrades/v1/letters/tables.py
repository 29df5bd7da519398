"""Letters with a text."""

from msgspec import Struct

from simulators.kit.store.table import Table


class Letter(Struct):
    number: int
    body: str


letters = Table("letters", Letter, key=["number"])
