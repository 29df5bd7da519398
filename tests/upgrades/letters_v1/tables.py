"""Letters with a text."""

from simulators.kit.tables import Column, Integer, MetaData, Table, Text

metadata = MetaData()

letters = Table(
    "letters", metadata,
    Column("world", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("body", Text, nullable=False),
)  # fmt: skip
