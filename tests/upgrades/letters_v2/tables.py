"""Letters with a text and a sender."""

from simulators.kit.tables import Column, Index, Integer, MetaData, Table, Text

metadata = MetaData()

letters = Table(
    "letters", metadata,
    Column("world", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Index("letters_by_sender", "world", "sender"),
)  # fmt: skip
