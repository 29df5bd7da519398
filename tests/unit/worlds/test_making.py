"""A world is made in every service or in none, whatever fails or dies on the way."""

from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.control_plane import fleet
from registration_sandbox.control_plane.tables import Lease
from registration_sandbox.worlds import locks, making
from registration_sandbox.worlds.making import HIDDEN
from simulators.kit.errors import SandboxRefusal
from simulators.kit.services import SERVICES
from tests.support.house import House, die_at

pytestmark = pytest.mark.slow


OLD: dict[str, Any] = {"name": "old", "seed": 1, "personas": [{"name": "Asha"}, {"name": "Bilal", "cymmetri": {}}]}
NEW: dict[str, Any] = {"name": "new", "seed": 2, "personas": [{"name": "Chitra", "cymmetri": {}}]}
CALLS_TO_MAKE = 2 * len(SERVICES)
"""Each service is told its part, and then that it takes the other's place."""


def scenarios_of(house: House, world: str) -> dict[str, str | None]:
    """Return the scenario of which each service, and the control plane, has a world."""
    found: dict[str, str | None] = {}
    for name, service in {**house.services, "control_plane": house.control_plane}.items():
        found[name] = service.worlds.find(world).label if service.worlds.exists(world) else None
    return found


def is_everywhere(house: House, world: str, scenario: str | None) -> bool:
    return set(scenarios_of(house, world).values()) == {scenario}


def leftovers(house: House) -> list[str]:
    return [f"{name}: {world}" for name, rows in house.rows().items() for world in rows if world.startswith(HIDDEN)]


def fail(monkeypatch: pytest.MonkeyPatch, at: str, method: str) -> None:
    """Have a service fail what it is told by a method."""
    ask = fleet.ask

    def failing(service: Any, name: str, asked: str, *more: Any, **others: Any) -> Any:
        if (name, asked) == (at, method):
            raise SandboxRefusal("service-unavailable", 503, f"{at} could not be reached.")
        return ask(service, name, asked, *more, **others)

    monkeypatch.setattr(fleet, "ask", failing)


def test_a_world_is_made_in_every_service_and_leaves_nothing_beside_it(house: House) -> None:
    assert house.make("w", OLD) == 201
    assert house.make("w", NEW) == 200
    assert is_everywhere(house, "w", "new")
    assert leftovers(house) == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_part_that_is_refused_leaves_the_world_that_was_there(
    house: House, monkeypatch: pytest.MonkeyPatch, service: str
) -> None:
    house.make("w", OLD)
    before = house.rows()
    with monkeypatch.context() as patched:
        fail(patched, service, "PUT")
        with pytest.raises(SandboxRefusal, match="could not be reached"):
            house.make("w", NEW)
    assert house.rows() == before
    assert is_everywhere(house, "w", "old")


@pytest.mark.parametrize("service", [SERVICES[0], SERVICES[-1]])
def test_a_part_that_is_refused_makes_no_new_world(house: House, monkeypatch: pytest.MonkeyPatch, service: str) -> None:
    with monkeypatch.context() as patched:
        fail(patched, service, "PUT")
        with pytest.raises(SandboxRefusal, match="could not be reached"):
            house.make("w", NEW)
    assert not any(house.rows().values())


def test_a_service_that_fails_after_the_world_was_committed_follows_when_it_is_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.make("w", OLD)
    with monkeypatch.context() as patched:
        fail(patched, "cbs", "POST")
        with pytest.raises(SandboxRefusal, match="cbs could not be reached"):
            house.make("w", NEW)
    assert scenarios_of(house, "w")["cbs"] == "old"
    locks.finish_what_was_begun(house.control_plane)
    assert is_everywhere(house, "w", "new")
    assert leftovers(house) == []


def test_a_world_is_removed_from_a_service_that_could_not_be_reached_when_it_is_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.make("w", OLD)
    with monkeypatch.context() as patched:
        fail(patched, "cbs", "DELETE")
        with pytest.raises(SandboxRefusal, match="cbs could not be reached"):
            making.unmake(house.control_plane, "w")
    assert {name for name, scenario in scenarios_of(house, "w").items() if scenario} == {"cbs"}
    locks.finish_what_was_begun(house.control_plane)
    assert not any(house.rows().values())


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory in which the world ``w`` is that of the old scenario."""
    house = House(tmp_path)
    house.make("w", OLD)
    house.close()
    return tmp_path


def calls(last: int, *always: int) -> list[Any]:
    """The calls at which to die: these in every run, all up to the last in a thorough one."""
    return [
        pytest.param(call, marks=() if call in always else pytest.mark.thorough, id=str(call))
        for call in range(1, last + 1)
    ]


@pytest.mark.parametrize("call", calls(CALLS_TO_MAKE, len(SERVICES), len(SERVICES) + 1))
def test_a_process_that_dies_while_it_makes_a_world_leaves_the_old_or_the_new_one_whole(
    directory: Path, call: int
) -> None:
    assert die_at(call, lambda: House(directory, claimant="dead").make("w", NEW))
    house = House(directory)
    locks.finish_what_was_begun(house.control_plane)
    assert is_everywhere(house, "w", "old" if call <= len(SERVICES) else "new")
    assert leftovers(house) == []
    assert house.make("w", NEW) == 200
    house.close()


@pytest.mark.parametrize("call", calls(len(SERVICES), 1))
def test_a_process_that_dies_while_it_removes_a_world_has_removed_it(directory: Path, call: int) -> None:
    assert die_at(call, lambda: making.unmake(House(directory, claimant="dead").control_plane, "w"))
    house = House(directory)
    locks.finish_what_was_begun(house.control_plane)
    assert not any(house.rows().values())
    house.close()


def test_the_next_after_a_process_that_died_waits_for_its_lease_and_no_longer(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    die_at(3, lambda: House(directory).make("w", NEW))
    house = House(directory)
    (lease,) = house.control_plane.store.look("SELECT * FROM leases", Lease)
    assert lease.stage == "making"
    monkeypatch.setattr(locks.clock, "wall_now", lambda: lease.until)  # type: ignore[attr-defined]
    assert house.make("w", NEW) == 200
    assert is_everywhere(house, "w", "new")
    assert leftovers(house) == []
    house.close()


@pytest.mark.parametrize("name", ["victim?x", "victim/../x", "victim#x", "victim%2Fx", "victim/clock", "", "Victim"])
def test_a_world_of_a_name_that_no_world_can_have_is_refused_and_touches_no_other(house: House, name: str) -> None:
    house.make("victim", OLD)
    with pytest.raises(SandboxRefusal) as refused:
        house.make(name, NEW)
    assert (refused.value.code, refused.value.status, refused.value.field) == ("bad-world", 400, "world")
    with pytest.raises(SandboxRefusal, match="unknown-world"):
        making.unmake(house.control_plane, name)
    assert is_everywhere(house, "victim", "old")


@pytest.mark.parametrize("name", ["victim?x", "victim/clock", "../victim", "a b"])
def test_every_part_of_a_path_is_quoted(name: str) -> None:
    quoted = fleet.place(name, "people", name)
    assert quoted.count("/") == 4
    assert not set(quoted) & set("?# ")


def test_a_world_that_must_be_new_is_not_replaced(house: House) -> None:
    house.make("w", OLD)
    with pytest.raises(SandboxRefusal) as refused:
        house.make("w", NEW, only_new=True)
    assert (refused.value.code, refused.value.status) == ("world-exists", 412)
    assert is_everywhere(house, "w", "old")
