"""A world's lock: one holder at a time, in whatever process; what a holder began that died is finished or undone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from registration_sandbox.control_plane import tables
from registration_sandbox.control_plane.app import create_app
from registration_sandbox.control_plane.tables import NO_WORLD, Lease
from registration_sandbox.worlds import everywhere, leases, locks
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.web.app import service_of
from simulators.kit.work import Service
from tests.conftest import settings_in
from tests.system.device.bank import wait_for

WORLD = "w"
CLAIMANT = "this start"


class Replicas:
    """Two processes of one control plane, and what they finish of what others have begun."""

    def __init__(self, directory: Path, database: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
        settings = settings_in(directory, database_url=database, claimant=CLAIMANT)
        self.one, self.other = (service_of(create_app(settings)) for _ in range(2))
        self.finished: list[tuple[str, str, str]] = []
        monkeypatch.setattr(everywhere, "finish", self._finish)

    def _finish(self, service: Service, lease: Lease) -> None:
        self.finished.append((lease.stage, lease.place, lease.at))

    def leave(self, **changed: Any) -> None:
        """Leave a lease as a process that died would."""
        lease = Lease(WORLD, "dead", CLAIMANT, clock.wall_now() + leases.LEASE, "making", "hidden-1")
        for name, value in changed.items():
            setattr(lease, name, value)
        with self.one.store.transaction(NO_WORLD) as tx:
            tx.insert(tables.leases, lease)

    def leases(self) -> list[Lease]:
        return self.one.store.look("SELECT * FROM leases", Lease)


@pytest.fixture(params=["sqlite", "postgres"])
def replicas(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replicas]:
    database = request.getfixturevalue("new_database") if request.param == "postgres" else None
    made = Replicas(tmp_path, database, monkeypatch)
    yield made
    for service in (made.one, made.other):
        service.store.close()


def test_a_lock_is_held_by_one_and_then_by_the_next(replicas: Replicas) -> None:
    order: list[str] = []
    held, go_on = Event(), Event()

    def first() -> None:
        with locks.hold(replicas.one, WORLD):
            held.set()
            go_on.wait(5)
            order.append("first")

    def second() -> None:
        held.wait(5)
        go_on.set()
        with locks.hold(replicas.other, WORLD):
            order.append("second")

    threads = [Thread(target=first), Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert order == ["first", "second"]
    assert replicas.leases() == []


def test_the_locks_of_two_worlds_are_held_at_once(replicas: Replicas) -> None:
    with locks.hold(replicas.one, WORLD), locks.hold(replicas.other, "another"):
        assert len(replicas.leases()) == 2


def test_a_lock_that_somebody_holds_is_waited_for_and_in_the_end_refused(
    replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    replicas.leave()
    monkeypatch.setattr(locks, "PATIENCE", 0.1)
    with pytest.raises(SandboxRefusal) as refused, locks.hold(replicas.one, WORLD):
        pass
    assert (refused.value.code, refused.value.status, refused.value.headers) == (
        "world-locked",
        409,
        {"Retry-After": "1"},
    )
    assert replicas.finished == []


@pytest.mark.parametrize(
    "gone",
    [{"until": -timedelta(milliseconds=1)}, {"claimant": "an earlier start"}, {"until": timedelta(hours=1)}],
    ids=["lapsed", "of an earlier start", "from before the clock was set back"],
)
def test_what_a_holder_that_died_began_is_finished_first(replicas: Replicas, gone: dict[str, Any]) -> None:
    until = {"until": clock.wall_now() + gone["until"]} if "until" in gone else {}
    replicas.leave(**gone | until)
    with locks.hold(replicas.one, WORLD, "removing"):
        assert replicas.finished == [("making", "hidden-1", WORLD)]
        assert [(lease.stage, lease.place) for lease in replicas.leases()] == [("removing", "")]
    assert replicas.leases() == []
    assert len(replicas.finished) == 1


def test_what_was_left_unfinished_is_finished_without_anybody_asking_for_its_world(replicas: Replicas) -> None:
    replicas.leave(until=clock.wall_now())
    locks.finish_what_was_begun(replicas.other)
    assert replicas.finished == [("making", "hidden-1", WORLD)]
    assert replicas.leases() == []


def test_what_somebody_is_at_is_left_to_them(replicas: Replicas) -> None:
    replicas.leave()
    locks.finish_what_was_begun(replicas.other)
    assert replicas.finished == []


def test_what_a_block_began_that_raises_is_undone(replicas: Replicas) -> None:
    with pytest.raises(ZeroDivisionError), locks.hold(replicas.one, WORLD, "making", "hidden-2"):
        raise ZeroDivisionError
    assert replicas.finished == [("making", "hidden-2", WORLD)]
    assert replicas.leases() == []


def test_what_cannot_be_finished_now_is_left_to_the_next_one(
    replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(service: Service, lease: Lease) -> None:
        raise SandboxRefusal("service-unavailable", 503, "cbs could not be reached.")

    with monkeypatch.context() as patched:
        patched.setattr(everywhere, "finish", fail)
        with pytest.raises(ZeroDivisionError), locks.hold(replicas.one, WORLD, "making", "hidden-3"):
            raise ZeroDivisionError
        with pytest.raises(SandboxRefusal, match="cbs could not be reached"), locks.hold(replicas.other, WORLD):
            pass
    with locks.hold(replicas.other, WORLD):
        assert replicas.finished == [("making", "hidden-3", WORLD)]


def test_a_holder_that_was_taken_for_dead_commits_nothing_and_undoes_nothing(replicas: Replicas) -> None:
    def begin_and_stall() -> None:
        with locks.hold(replicas.one, WORLD, "removing") as lock:
            with replicas.other.store.transaction(NO_WORLD) as tx:
                tx.run("UPDATE leases SET until = :now", now=clock.stamp(clock.wall_now()))
            with locks.hold(replicas.other, WORLD):
                assert replicas.finished == [("removing", "", WORLD)]
            with replicas.one.store.transaction(WORLD) as tx:
                lock.mark(tx, "switching", "p")

    with pytest.raises(SandboxRefusal, match="world-locked"):
        begin_and_stall()
    assert len(replicas.finished) == 1


def test_a_holder_that_has_just_committed_is_not_taken_for_dead(replicas: Replicas) -> None:
    """What it had begun was read before it committed; to undo that now would be wrong."""
    with locks.hold(replicas.one, WORLD, "making", "p") as lock:
        (stale,) = replicas.leases()
        with replicas.one.store.transaction(WORLD) as tx:
            lock.mark(tx, "switching", "p")
        with replicas.other.store.transaction(NO_WORLD) as tx:
            taken = tx.run(
                tables.succeed_lease, at=WORLD, holder=stale.holder, stage=stale.stage, place=stale.place,
                new_holder="late", claimant=CLAIMANT, until=clock.stamp(clock.wall_now()),
            )  # fmt: skip
        assert taken.rowcount == 0


def test_a_lock_that_was_not_renewed_in_time_is_still_held_unless_somebody_has_taken_over(replicas: Replicas) -> None:
    with locks.hold(replicas.one, WORLD) as lock:
        lock.good_until = clock.monotonic() - 1
        lock.check()
        with replicas.other.store.transaction(NO_WORLD) as tx:
            tx.run("UPDATE leases SET holder = 'another'")
        lock.good_until = clock.monotonic() - 1
        with pytest.raises(SandboxRefusal, match="somebody else"):
            lock.check()


def test_a_lease_is_renewed_while_its_holder_works(replicas: Replicas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "RENEWAL_INTERVAL", 0.01)
    with locks.hold(replicas.one, WORLD) as lock:
        first = replicas.leases()[0].until
        wait_for(lambda: replicas.leases()[0].until > first)
        lock.check()
