"""A world that the console lets go can be brought back as it was: for a while, a few of them, and nothing is lost."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.control_plane.tables import Deed
from registration_sandbox.worlds import making, snapshots, undo
from registration_sandbox.worlds.reading import of_data
from registration_sandbox.worlds.undo import CopyKeeper
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.settings import Settings
from tests.support.house import House

FROZEN = {"set": "2026-01-05T09:00:00Z", "frozen": True}
ASHA = {"name": "asha", "clock": FROZEN, "personas": [{"name": "Asha"}]}
BINA: dict[str, Any] = {"name": "bina", "personas": [{"name": "Bina"}]}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.thorough)])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """Every service and the control plane, on both databases."""
    url = request.getfixturevalue("make_database")() if request.param == "postgres" else None
    made = House(tmp_path, database_url=url)
    yield made
    made.close()


def people(house: House, world: str = "w") -> list[str]:
    return [person.name for person in making.everyone(house.control_plane, world).personas]


def delete(house: House, world: str = "w") -> str:
    keeper = CopyKeeper(house.control_plane, "deleted")
    making.unmake(house.control_plane, world, keeper=keeper)
    return keeper.kept


def replace(house: House, scenario: dict[str, Any] = BINA, deed: Deed = "replaced") -> str:
    keeper = CopyKeeper(house.control_plane, deed)
    making.make(house.control_plane, "w", of_data(scenario), keeper=keeper)
    return keeper.kept


def bring_back(house: House, id: str) -> str:
    keeper = CopyKeeper(house.control_plane, "undone")
    undo.bring_back(house.control_plane, id, keeper)
    return keeper.kept


def rows_of(house: House, world: str = "w") -> dict[str, int]:
    return {name: found.get(world, 0) for name, found in house.rows().items()}


def test_a_deleted_world_comes_back_as_it_was_in_every_service(house: House) -> None:
    house.make("w", ASHA)
    house.apps["cbs"].test_client().get("/w/w/cbs/user-ids/nobody")
    before = rows_of(house)
    id = delete(house)
    assert not any(rows_of(house).values())
    assert bring_back(house, id) == ""
    assert rows_of(house) == before
    assert people(house) == ["Asha"]
    assert house.control_plane.worlds.find("w").clock.now() == clock.parse("2026-01-05T09:00:00Z")
    assert house.control_plane.worlds.find("w").label == "asha"
    assert undo.list_copies(house.control_plane) == []


def test_the_snapshots_of_a_deleted_world_come_back_with_it(house: House) -> None:
    house.make("w", ASHA)
    snapshot = snapshots.take(house.control_plane, "w").id
    id = delete(house)
    house.make("w", BINA)
    assert snapshots.every(house.control_plane, "w").snapshots == []
    bring_back(house, id)
    assert [each.id for each in snapshots.every(house.control_plane, "w").snapshots] == [snapshot]


def test_a_replaced_world_comes_back_and_what_was_in_its_place_can_come_back_too(house: House) -> None:
    house.make("w", ASHA)
    first = replace(house)
    (copy,) = undo.list_copies(house.control_plane)
    assert (copy.id, copy.at, copy.deed) == (first, "w", "replaced")
    assert not undo.has_another_come(house.control_plane, copy)
    second = bring_back(house, first)
    assert people(house) == ["Asha"]
    assert [each.id for each in undo.list_copies(house.control_plane)] == [second]
    bring_back(house, second)
    assert people(house) == ["Bina"]


def test_a_world_that_was_made_meanwhile_is_told_from_the_one_that_the_deed_has_left(house: House) -> None:
    house.make("w", ASHA)
    copy = undo.find_copy(house.control_plane, delete(house))
    assert copy
    assert not undo.has_another_come(house.control_plane, copy)
    house.make("w", BINA)
    assert undo.has_another_come(house.control_plane, copy)


def test_undoing_twice_is_refused_and_changes_nothing(house: House) -> None:
    house.make("w", ASHA)
    id = delete(house)
    bring_back(house, id)
    for unknown in (id, "0123456789abcdef"):
        with pytest.raises(SandboxRefusal, match="unknown-copy"):
            bring_back(house, unknown)
    assert people(house) == ["Asha"]


def test_a_world_that_cannot_be_copied_stays(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.make("w", ASHA)
    monkeypatch.setattr(undo, "LARGEST_COPY", 100)
    for deed in (delete, replace):
        with pytest.raises(SandboxRefusal, match="copies of more than 0 MiB are not kept") as refused:
            deed(house)
        assert refused.value.code == undo.CANNOT
        assert people(house) == ["Asha"]
    assert undo.list_copies(house.control_plane) == []


def test_where_a_world_cannot_be_made_the_one_before_stays_and_no_copy_is_kept(house: House) -> None:
    house.make("w", ASHA)
    bad = {**BINA, "policies": {"cymmetri": {"otp": {"digits": 99}}}}
    with pytest.raises(SandboxRefusal):
        replace(house, bad)
    assert people(house) == ["Asha"]
    assert undo.list_copies(house.control_plane) == []


def test_the_newest_copies_are_kept_with_their_snapshots(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "MOST_COPIES", 2)
    kept = []
    for name in ("a", "b", "c"):
        house.make(name, ASHA)
        snapshots.take(house.control_plane, name)
        kept.append(delete(house, name))
    assert [each.id for each in undo.list_copies(house.control_plane)] == kept[:0:-1]
    assert house.rows()["control_plane"] == {"": 4}
    with pytest.raises(SandboxRefusal, match="unknown-copy"):
        bring_back(house, kept[0])


def test_a_copy_is_kept_for_its_time_and_then_deleted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ttl = Settings.undo_ttl or timedelta()
    house.make("w", ASHA)
    snapshots.take(house.control_plane, "w")
    id = delete(house)
    now = clock.wall_now
    monkeypatch.setattr(clock, "wall_now", lambda: now() + ttl - timedelta(minutes=1))
    assert undo.find_copy(house.control_plane, id)
    assert undo.delete_expired_copies(house.control_plane) == 0
    monkeypatch.setattr(clock, "wall_now", lambda: now() + ttl + timedelta(minutes=1))
    assert undo.find_copy(house.control_plane, id) is None
    with pytest.raises(SandboxRefusal, match="unknown-copy"):
        bring_back(house, id)
    assert undo.delete_expired_copies(house.control_plane) == 1
    assert house.rows()["control_plane"] == {}


def test_a_copy_that_is_kept_while_expired_ones_are_looked_for_stays(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.make("w", ASHA)
    store, copies = house.control_plane.store, list[str]()
    look = store.look

    def look_before_another_is_kept(*arguments: Any, **values: Any) -> Any:
        found = look(*arguments, **values)
        monkeypatch.undo()
        copies.append(delete(house))
        return found

    monkeypatch.setattr(store, "look", look_before_another_is_kept)
    assert undo.delete_expired_copies(house.control_plane) == 0
    assert undo.find_copy(house.control_plane, copies[0])


def test_a_sandbox_that_keeps_no_copies_says_so_and_deletes_those_that_it_has(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.make("w", ASHA)
    delete(house)
    house.close()
    house = House(tmp_path, undo_ttl=None)
    house.make("w", ASHA)
    with pytest.raises(SandboxRefusal, match="SANDBOX_UNDO_TTL"):
        delete(house)
    assert undo.list_copies(house.control_plane) == []
    assert undo.delete_expired_copies(house.control_plane) == 1
    house.close()
