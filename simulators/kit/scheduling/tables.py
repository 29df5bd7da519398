"""What falls due, as it is kept."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from simulators.kit.store.table import Index, Table


class Item(Struct):
    """Something that falls due at ``due_at`` in its world, and at ``wall_at`` on the machine's clock.

    ``attempts`` counts the times it was put off, ``revision`` the times it was scheduled again.
    """

    id: str
    kind: str
    due_at: datetime
    wall_at: datetime | None
    attempts: Annotated[int, Meta(ge=0)]
    payload: dict[str, Any]
    leased_until: datetime | None = None
    leased_by: str | None = None
    world: str = ""
    revision: int = 0


class Coming(Struct):
    """An item that is not due yet, and when it will be in its world."""

    id: str
    due_at: datetime


due = Table("due", Item, key=["id"], indexes=[Index("due_by_wall", "wall_at", across_worlds=True)])

_FREE = "(leased_until IS NULL OR leased_until < :wall OR leased_until > :beyond OR leased_by <> :claimant)"

worlds_with_due = f"SELECT DISTINCT world FROM due WHERE wall_at <= :wall AND {_FREE}"
due_by_wall = f"""
    SELECT * FROM due WHERE world = :world AND wall_at <= :wall AND {_FREE} ORDER BY wall_at, id LIMIT :limit
"""
due_in_world = "SELECT * FROM due WHERE world = :world ORDER BY due_at, id"
next_in_world = f"{due_in_world} LIMIT 1"
due_after = "SELECT id, due_at FROM due WHERE world = :world AND due_at > :now"
date = "UPDATE due SET wall_at = :wall WHERE world = :world AND id = :id"
date_what_is_due = "UPDATE due SET wall_at = :soon WHERE world = :world AND due_at <= :now"
undate_what_is_not_due = "UPDATE due SET wall_at = NULL WHERE world = :world AND due_at > :now"
take_lease = f"""
    UPDATE due SET leased_until = :until, leased_by = :claimant WHERE world = :world AND id = :id AND {_FREE}
"""
count_due = """
    SELECT count(*) AS waiting, coalesce(sum(CASE WHEN wall_at <= :wall THEN 1 ELSE 0 END), 0) AS overdue FROM due
"""
bring_forward = """
    UPDATE due SET wall_at = :soon
    WHERE wall_at > :soon AND world IN (SELECT world FROM worlds WHERE frozen_at IS NOT NULL)
"""
