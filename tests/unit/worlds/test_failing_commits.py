"""A commit of the control plane that fails, or that is made and told as failed, leaves no change half made."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from registration_sandbox.worlds import locks, making, policies, strikes
from registration_sandbox.worlds.changes import PersonChange, change_person
from simulators.kit import faults
from simulators.kit.errors import SandboxRefusal
from simulators.kit.store.connections import COMMIT, ROLLBACK, Connections
from simulators.kit.store.failures import StoreFailure, Trouble
from simulators.kit.work import Service
from tests.support.house import House
from tests.unit.worlds.test_changes_of_several import addressees

OLD = {"seed": 1, "name": "old", "personas": [{"name": "Asha"}]}
NEW = {"seed": 1, "name": "new", "personas": [{"name": "Bilal"}]}
PERSON = {"email": "new@example.test", "mobile": "auto", "cards": [{"type": "CREDIT"}]}


def add_fault(house: House) -> None:
    strikes.add(house.control_plane, "w", faults.parse_fault({"effect": {"status": 503}}))


def change_policies(house: House) -> None:
    policies.change(house.control_plane, "w", {"cymmetri": {"wire": "published"}})


def change_asha(house: House) -> None:
    change_person(house.control_plane, "w", "Asha", msgspec.convert(PERSON, PersonChange))


def replace(house: House) -> None:
    house.make("w", NEW)


def remove(house: House) -> None:
    making.unmake(house.control_plane, "w")


ACTS: list[Callable[[House], None]] = [add_fault, change_policies, change_asha, replace, remove]


def state(house: House) -> dict[str, Any]:
    """Return what could be changed, and where something is of which world."""
    there = house.control_plane.worlds.exists("w")
    return {
        "rows": {name: sorted(set(rows) - {""}) for name, rows in house.rows().items()},
        "worlds": {name: (world.label, world.policies_text) for name, world in _worlds(house).items()},
        "faults": strikes.list_faults(house.control_plane, "w") if there else [],
        "people": making.everyone(house.control_plane, "w") if there else None,
        "customers": house.ask("cbs", "GET", "/worlds/w/people") if there else None,
        "addressees": addressees(house),
    }


def _worlds(house: House) -> dict[str, Any]:
    services: list[Service] = [*house.services.values(), house.control_plane]
    return {service.name: world for service in services if (world := service.worlds.get("w"))}


class FailingCommit:
    """Lets the ``number``-th commit of one database fail, or be made and told as failed."""

    def __init__(self, connections: Connections, number: int, *, made: bool) -> None:
        self._end, self._left, self._made = connections.end, number, made
        self.failed = False

    def end(self, connection: Any, world: str, how: str) -> None:
        self._left -= how == COMMIT
        if how == COMMIT and self._left == 0:
            self.failed = True
            self._end(connection, world, COMMIT if self._made else ROLLBACK)
            raise StoreFailure(Trouble.FULL, "the control plane's database")
        self._end(connection, world, how)


@pytest.mark.parametrize("made", [False, True], ids=["failed", "made"])
@pytest.mark.parametrize("act", ACTS)
def test_a_commit_that_fails_leaves_all_of_a_change_or_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch, act: Callable[[House], None], made: bool
) -> None:
    monkeypatch.setattr(locks, "RENEWAL_INTERVAL", 60.0)
    house.make("w", OLD)
    before = state(house)
    act(house)
    after = state(house)
    assert before != after
    failing, number = True, 0
    while failing:
        number += 1
        house.make("w", OLD)
        assert state(house) == before
        connections = house.control_plane.store.open()
        commit = FailingCommit(connections, number, made=made)
        with monkeypatch.context() as patched:
            patched.setattr(connections, "end", commit.end)
            try:
                act(house)
            except (StoreFailure, SandboxRefusal):
                assert commit.failed
        failing = commit.failed
        with house.control_plane.store.transaction("") as tx:
            tx.run("UPDATE leases SET claimant = 'an earlier start'")
        locks.finish_what_was_begun(house.control_plane)
        assert state(house) in (before, after), f"commit {number}"
        assert house.control_plane.store.read("SELECT * FROM leases WHERE stage <> 'idle'") == []
    assert number > 2
