"""Registrations as the middleware keeps them, and their history."""

from collections.abc import Mapping
from typing import Any

import msgspec

from orchestrator import tables
from orchestrator.records import LastOutcome, Registration, StatusChange
from orchestrator.state import FlowName, State
from simulators.kit import seeds
from simulators.kit.errors import Refusal
from simulators.kit.store.transactions import Store
from simulators.kit.work import Work

MOVED = "registration.moved"
"""The rule under which the journal shows what an exchange did to a registration."""


def begin(
    work: Work, flow: FlowName, action: str, status: str, outcome: LastOutcome, state: State, owner: str | None = None
) -> Registration:
    """Make a registration. Its id entitles to act on it, so that it comes from a secret, not from the world's seed."""
    id = seeds.derive_hex(work.world.origin, "registration", work.tx.next("registration"))
    registration = Registration(id, flow, status, owner, outcome, state, work.now, work.now)
    work.tx.insert(tables.registrations, registration)
    _write_history(work, registration, action, "", outcome)
    return registration


def find_or_none(work: Work, id: str) -> Registration | None:
    return work.tx.get(tables.registrations, Registration, id=id)


def find(work: Work, id: str) -> Registration:
    """Return a registration. Raises Refusal (``unknown-registration``, 404)."""
    found = find_or_none(work, id)
    if found is None:
        message = "There is no such registration; begin one with POST /registrations."
        raise Refusal("unknown-registration", 404, message)
    return found


def list_all(store: Store, world: str) -> list[Registration]:
    """Return every registration of a world, newest first."""
    return store.look(tables.all_registrations, Registration, world=world)


def status_of(work: Work, id: str) -> str | None:
    """Return a registration's status without a transaction, so that it can be polled often."""
    rows = work.service.store.read(tables.registration_status, world=work.world.id, id=id)
    return rows[0]["status"] if rows else None


def move(
    work: Work,
    registration: Registration,
    action: str,
    outcome: LastOutcome,
    status: str | None = None,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Give a registration an outcome, the new ``status`` if there is one, and ``changes`` of its state."""
    before = registration.status
    registration.status = status or before
    registration.state = msgspec.structs.replace(registration.state, **(changes or {}))
    registration.last_outcome = outcome
    registration.updated_at = work.now
    work.tx.update(tables.registrations, registration)
    _write_history(work, registration, action, before, outcome)


def note(work: Work, registration: Registration, action: str, outcome: LastOutcome) -> None:
    """Write an outcome into a registration's history that changes nothing of the registration."""
    _write_history(work, registration, action, registration.status, outcome)


def change_state(work: Work, registration: Registration, **changes: Any) -> None:
    """Change something of a registration's state, without an outcome."""
    registration.state = msgspec.structs.replace(registration.state, **changes)
    work.tx.update(tables.registrations, registration)


def history(work: Work, id: str) -> list[StatusChange]:
    """Return a registration's history, oldest first."""
    return work.tx.all(tables.history_of, StatusChange, registration=id)


def list_changes(store: Store, world: str) -> list[StatusChange]:
    """Return the history of every registration of a world, each oldest first."""
    return store.look(tables.whole_history, StatusChange, world=world)


def _write_history(work: Work, registration: Registration, action: str, before: str, outcome: LastOutcome) -> None:
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
