"""The tables that every service has beside its own: its worlds, their journals and their counters."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from simulators.kit.clock import stamp_of
from simulators.kit.store.checking import compared_only, decode_with
from simulators.kit.store.table import Table


class WorldRow(Struct):
    """A world; ``policies`` is JSON, ``offset_us`` and ``frozen_at`` are its clock's, ``faults`` is their number.

    ``origin`` is a secret that a world shares with its copies only, ``unmasked`` whether its journal shows people's
    secrets (``kit.worlds.World``).
    """

    world: str
    seed: str
    policies: str
    offset_us: int
    frozen_at: Annotated[datetime | None, compared_only]
    label: str
    created_at: datetime
    faults: Annotated[int, Meta(ge=0)]
    origin: str
    unmasked: bool = False


worlds = Table("worlds", WorldRow)

world_by_id = "SELECT * FROM worlds WHERE world = :world"
world_created_at = "SELECT created_at FROM worlds WHERE world = :world"
every_world = "SELECT * FROM worlds ORDER BY created_at"


class Counter(Struct):
    """The last number that a counter gave."""

    name: str
    value: Annotated[int, Meta(ge=0)]


counters = Table("counters", Counter, key=["name"])

next_number = """
    INSERT INTO counters (world, name, value) VALUES (:world, :name, 1)
    ON CONFLICT (world, name) DO UPDATE SET value = counters.value + 1 RETURNING value
"""
add_to_counter = """
    INSERT INTO counters (world, name, value) VALUES (:world, :name, :number)
    ON CONFLICT (world, name) DO UPDATE SET value = counters.value + excluded.value
"""
counters_of_world = "SELECT name, value FROM counters WHERE world = :world ORDER BY name"


class JournalRow(Struct):
    """An exchange, as JSON, with what it is looked for by; ``seq`` counts those of a world."""

    seq: Annotated[int, Meta(ge=1)]
    id: str
    recorded_at: Annotated[str, decode_with(stamp_of)]
    path: str
    branches: str
    exchange: str


journal = Table("journal", JournalRow, key=["seq"])

write_journal = """
    INSERT INTO journal (world, seq, id, recorded_at, path, branches, exchange)
    SELECT :world, coalesce(max(seq), 0) + 1, :id, :recorded_at, :path, :branches, :exchange
    FROM journal WHERE world = :world RETURNING seq
"""
prune_journal = "DELETE FROM journal WHERE world = :world AND seq <= :last"
read_journal = r"""
    SELECT seq, exchange FROM journal
    WHERE world = :world AND seq < :before AND recorded_at > :since AND recorded_at < :until
        AND id LIKE :id ESCAPE '\' AND exchange LIKE :trace ESCAPE '\' AND exchange LIKE :about ESCAPE '\'
        AND path LIKE :path ESCAPE '\' AND branches LIKE :branch ESCAPE '\'
    ORDER BY seq DESC LIMIT :limit
"""
first_exchange = "SELECT coalesce(min(seq), 1) AS seq FROM journal WHERE world = :world"
last_exchange = "SELECT coalesce(max(seq), 0) AS seq FROM journal WHERE world = :world"
later_exchanges = """
    SELECT seq, exchange FROM journal WHERE world = :world AND seq > :after ORDER BY seq LIMIT :limit
"""
