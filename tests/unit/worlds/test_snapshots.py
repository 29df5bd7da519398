"""A snapshot is kept as long as its world is there, whatever happens while it is made."""

import pytest

from registration_sandbox.control_plane import tables
from registration_sandbox.control_plane.tables import NO_WORLD
from registration_sandbox.worlds import locks, making, snapshots
from simulators.kit.errors import SandboxRefusal
from simulators.kit.turns import compress
from tests.support.house import House

WORLD = "w"


def test_a_world_is_not_deleted_while_its_snapshot_is_made(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    service = house.control_plane
    house.make(WORLD, {"personas": []})
    monkeypatch.setattr(locks, "PATIENCE", 0.0)

    def delete_and_compress(data: bytes) -> bytes:
        with pytest.raises(SandboxRefusal) as refused:
            making.unmake(service, WORLD)
        assert refused.value.code == "world-locked"
        return compress(data)

    monkeypatch.setattr(snapshots, "compress", delete_and_compress)
    made = snapshots.take(service, WORLD)
    assert snapshots.every(service, WORLD).snapshots == [made]


def test_no_snapshot_is_kept_by_one_whose_lock_another_has_taken_over(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = house.control_plane
    house.make(WORLD, {"personas": []})

    def lose_lock_and_compress(data: bytes) -> bytes:
        with service.store.transaction(NO_WORLD) as tx:
            tx.delete(tables.leases, at=WORLD)
        return compress(data)

    monkeypatch.setattr(snapshots, "compress", lose_lock_and_compress)
    with pytest.raises(SandboxRefusal, match="by somebody else"):
        snapshots.take(service, WORLD)
    assert not snapshots.every(service, WORLD).snapshots
