"""Letters with a text and a sender."""

from msgspec import Struct

from simulators.kit.store.table import Index, Table


class Letter(Struct):
    number: int
    text: str
    sender: str


letters = Table("letters", Letter, key=["number"], indexes=[Index("letters_by_sender", "sender")])
