"""Registrations as the middleware keeps them, and their history."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from simulators.kit import seeds
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy
from simulators.kit.store import Store
from simulators.kit.work import Work

if TYPE_CHECKING:
    from orchestrator import tables
else:
    tables = lazy("orchestrator.tables")


MOVED = "registration.moved"
"""The rule under which the journal keeps what an exchange did to a registration."""


class LastOutcome(msgspec.Struct):
    branch: str | None
    message: str
    details: dict[str, Any] = {}


class Registration(msgspec.Struct):
    """One registration. ``owner`` is the logged-in user of a device registration; ``state`` is the flow's own."""

    id: str
    flow: str
    status: str
    owner: str | None
    last_outcome: LastOutcome
    state: dict[str, Any]
    created_at: datetime
    updated_at: datetime


class StatusChange(msgspec.Struct):
    """One entry of a registration's history; ``before`` is empty for its beginning."""

    registration: str
    number: int
    at: datetime
    action: str
    before: str
    after: str
    branch: str | None
    message: str
    facts: dict[str, Any]


def begin(work: Work, flow: str, action: str, status: str, outcome: LastOutcome, **kept: Any) -> Registration:
    """Make a registration, with an id that cannot be guessed without the world's seed."""
    number = work.tx.next("registration")
    id = seeds.derive_hex(work.world.seed, "registration", number)
    owner = kept.pop("owner", None)
    registration = Registration(id, flow, status, owner, outcome, kept, work.now, work.now)
    work.tx.insert(tables.registrations, registration)
    note(work, registration, action, "", outcome)
    return registration


def find(work: Work, id: str) -> Registration:
    """Return a registration. Raises Refusal (``unknown-registration``, 404)."""
    found = work.tx.get(tables.registrations, Registration, id=id)
    if found is None:
        raise Refusal("unknown-registration", 404, "There is no such registration; begin one with POST /registrations.")
    return found


def all_of(store: Store, world: str) -> list[Registration]:
    """Return every registration of a world, newest first."""
    return store.look(tables.all_registrations, Registration, world=world)


def one_of(store: Store, world: str, id: str) -> Registration | None:
    """Return a registration of a world, if it is there."""
    with store.transaction(world) as tx:
        return tx.get(tables.registrations, Registration, id=id)


def status_of(work: Work, id: str) -> str | None:
    """Look at a registration's status without a transaction, as often as one likes."""
    rows = work.service.store.read(tables.registration_status, world=work.world.id, id=id)
    return rows[0]["status"] if rows else None


def move(
    work: Work,
    registration: Registration,
    action: str,
    outcome: LastOutcome,
    status: str | None = None,
    state: dict[str, Any] | None = None,
) -> None:
    """Keep an outcome with its registration, move it to ``status`` if given, and write that into its history."""
    before = registration.status
    registration.status = status or before
    registration.state = {**registration.state, **(state or {})}
    registration.last_outcome = outcome
    registration.updated_at = work.now
    work.tx.update(tables.registrations, registration)
    note(work, registration, action, before, outcome)


def keep_state(work: Work, registration: Registration, state: dict[str, Any]) -> None:
    """Keep something of the flow's own, without an outcome."""
    registration.state = {**registration.state, **state}
    work.tx.update(tables.registrations, registration)


def note(work: Work, registration: Registration, action: str, before: str, outcome: LastOutcome) -> None:
    facts = next((d.facts for d in reversed(work.decisions) if d.branch == outcome.branch and d.rule != MOVED), {})
    work.decide(
        None, MOVED, registration=registration.id, action=action, before=before, after=registration.status,
        branch=outcome.branch,
    )  # fmt: skip
    number = work.tx.next(f"history/{registration.id}")
    change = StatusChange(
        registration.id, number, work.now, action, before, registration.status, outcome.branch, outcome.message, facts
    )
    work.tx.insert(tables.history, change)


def history(work: Work, id: str) -> list[StatusChange]:
    """Return a registration's history, oldest first."""
    return work.tx.all(tables.history_of, StatusChange, registration=id)


def history_of(store: Store, world: str, id: str) -> list[StatusChange]:
    """Return a registration's history, oldest first, without being part of any work."""
    return store.look(tables.history_of, StatusChange, world=world, registration=id)


def every_change(store: Store, world: str) -> list[StatusChange]:
    """Return the history of every registration of a world, each oldest first."""
    return store.look(tables.whole_history, StatusChange, world=world)
