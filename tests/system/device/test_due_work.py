"""Work that falls due is done once, by one replica, in the world's time, no matter who moves the clock meanwhile."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from simulators.kit import clock
from simulators.kit.clock import ClockChange
from simulators.kit.scheduling import due
from simulators.kit.scheduling import runner as runners
from simulators.kit.scheduling.due import LeaseLost, RetryLater
from simulators.kit.scheduling.runner import BATCH, MOST_AT_WORK, Runner
from simulators.kit.scheduling.tables import Item
from simulators.kit.store.failures import StoreFailure, Trouble
from simulators.kit.web.app import create_app, service_of
from simulators.kit.web.keeping import ClockMove, change_clock, make_world
from simulators.kit.wire.tracing import Trace
from simulators.kit.work import Service, Work
from simulators.kit.world import WorldClock, WorldPart
from tests.conftest import settings_in

pytestmark = pytest.mark.thorough


WORLD = "w"
NINE = clock.parse("2026-01-05T09:00:00Z")
MINUTE = timedelta(minutes=1)


class Replicas:
    """Two replicas of a service on one store, whose due work does what a test says."""

    def __init__(self, data_dir: Path, database_url: str | None = None) -> None:
        self.does: Callable[[Work, Item], None] = lambda work, item: None
        self.done: list[str] = []
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()
        self.apps: list[Flask] = [self._made(data_dir, database_url) for _ in range(2)]
        self.one, self.other = (service_of(app) for app in self.apps)
        self.make_world(WORLD)

    def make_world(self, name: str) -> None:
        make_world(self.one, WorldPart(seed=1, clock=WorldClock(NINE, frozen=True)), name)

    def work(self, service: Service | None = None, world: str = WORLD) -> Work:
        used = service or self.one
        return Work(used, used.worlds.find(world), Trace.from_headers(""))

    def schedule(
        self, id: str = "a", after: timedelta = timedelta(), world: str = WORLD, service: Service | None = None
    ) -> None:
        work = self.work(service, world)
        due.schedule(work, "deed", id, work.now + after)
        work.commit()

    def scheduled(self) -> list[Item]:
        with self.one.store.transaction(WORLD) as tx:
            return tx.all(due.tables.due_in_world, Item)  # type: ignore[attr-defined]

    def do(self, service: Service | None = None, id: str = "a") -> bool:
        used = service or self.one
        return due.do(used, used.worlds.find(WORLD), id)

    def _made(self, data_dir: Path, database_url: str | None) -> Flask:
        settings = settings_in(data_dir, database_url=database_url)
        return create_app("mailroom", settings, [], tables="simulators.mailroom.tables", due={"deed": self._deed})

    def _deed(self, work: Work, item: Item) -> None:
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            self.does(work, item)
        finally:
            with self._lock:
                self.at_once -= 1
            self.done.append(item.id)


@pytest.fixture(params=["sqlite", "postgres"])
def replicas(request: pytest.FixtureRequest, tmp_path: Path) -> Replicas:
    return Replicas(tmp_path, request.getfixturevalue("postgres_url") if request.param == "postgres" else None)


def moved(service: Service, by: timedelta) -> None:
    """Move the clock without doing what becomes due by it."""
    world = service.worlds.find(WORLD)
    work = Work(service, world.with_change(ClockChange(advance=by)), Trace.from_headers(""))
    service.worlds.save(work.tx, work.world)
    due.recompute(work.tx, work.world.clock)
    work.commit()


def test_what_is_due_is_done_once_by_the_first_to_claim_it(replicas: Replicas) -> None:
    for number in range(10):
        replicas.schedule(f"item-{number}")
    replicas.does = lambda work, item: clock.pause(0.01)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: due.settle(replicas.one if n % 2 else replicas.other, WORLD), range(6)))
    assert sorted(replicas.done) == [f"item-{number}" for number in range(10)]
    assert replicas.scheduled() == []


def test_what_is_scheduled_again_while_it_is_done_is_done_again_and_not_beside(replicas: Replicas) -> None:
    replicas.schedule()
    other: list[bool] = []

    def deed(work: Work, item: Item) -> None:
        if not other:
            replicas.schedule()
            other.append(replicas.do(replicas.other))

    replicas.does = deed
    assert replicas.do()
    assert other == [False]
    assert [item.id for item in replicas.scheduled()] == ["a"]
    due.settle(replicas.other, WORLD)
    assert replicas.done == ["a", "a"]
    assert replicas.most_at_once == 1
    assert replicas.scheduled() == []


def test_what_is_cancelled_while_it_is_done_does_not_come_back(replicas: Replicas) -> None:
    replicas.schedule()

    def deed(work: Work, item: Item) -> None:
        other = replicas.work(replicas.other)
        due.cancel(other, item.id)
        other.commit()
        raise RetryLater(MINUTE)

    replicas.does = deed
    assert replicas.do()
    assert replicas.scheduled() == []


def test_what_is_put_off_waits_from_when_it_was_tried_not_from_when_it_was_due(replicas: Replicas) -> None:
    replicas.schedule()
    moved(replicas.one, 10 * MINUTE)

    def deed(work: Work, item: Item) -> None:
        raise RetryLater(MINUTE)

    replicas.does = deed
    assert replicas.do()
    (item,) = replicas.scheduled()
    assert (item.due_at, item.attempts) == (NINE + 11 * MINUTE, 1)


def test_work_that_outlasts_its_claim_is_taken_over_and_leaves_the_other_alone(
    replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "LEASE", timedelta())
    replicas.schedule()
    outcomes: list[str] = []

    def slow(work: Work, item: Item) -> None:
        replicas.does = quick
        assert replicas.do(replicas.other)
        try:
            due.renew_lease(work, item)
        except LeaseLost:
            outcomes.append("lost")
            raise

    def quick(work: Work, item: Item) -> None:
        raise RetryLater(MINUTE)

    replicas.does = slow
    assert replicas.do()
    assert outcomes == ["lost"]
    (item,) = replicas.scheduled()
    assert (item.due_at, item.attempts) == (NINE + MINUTE, 1)


def test_work_of_many_calls_keeps_its_claim_by_renewing_it(replicas: Replicas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "LEASE", timedelta(seconds=1))
    replicas.schedule()
    taken_over: list[bool] = []

    def deed(work: Work, item: Item) -> None:
        for _ in range(4):
            due.renew_lease(work, item)
            clock.pause(0.4)
            taken_over.append(replicas.do(replicas.other))

    replicas.does = deed
    assert replicas.do()
    assert taken_over == [False] * 4
    assert replicas.done == ["a"]


def test_a_claim_is_as_long_as_a_wait_that_is_announced(replicas: Replicas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "LEASE", timedelta(milliseconds=1))
    replicas.schedule()
    taken_over: list[bool] = []

    def deed(work: Work, item: Item) -> None:
        due.renew_lease(work, item, timedelta(seconds=5))
        clock.pause(0.05)
        taken_over.append(replicas.do(replicas.other))

    replicas.does = deed
    assert replicas.do()
    assert taken_over == [False]


def test_what_is_put_off_while_the_clock_moves_past_its_time_is_not_forgotten(replicas: Replicas) -> None:
    replicas.schedule()

    def deed(work: Work, item: Item) -> None:
        if item.attempts == 0:
            moved(replicas.other, 10 * MINUTE)
            raise RetryLater(MINUTE)

    replicas.does = deed
    assert replicas.do()
    with running(replicas.other):
        until(lambda: len(replicas.done) == 2)


def test_what_is_scheduled_by_a_request_that_began_before_the_clock_moved_is_not_forgotten(replicas: Replicas) -> None:
    request = replicas.work()
    moved(replicas.other, 10 * MINUTE)
    due.schedule(request, "deed", "a", NINE + MINUTE)
    request.commit()
    with running(replicas.other):
        until(lambda: replicas.done == ["a"])


def test_what_a_move_of_the_clock_makes_due_is_left_to_the_one_who_moved_it(
    replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that it is done in the world's order, and only once every service has the new time."""
    replicas.schedule("late", 2 * MINUTE)
    replicas.schedule("early", MINUTE)
    with running(replicas.other):
        moved(replicas.one, 5 * MINUTE)
        clock.pause(0.7)
        assert replicas.done == []
        due.settle(replicas.one, WORLD)
    assert replicas.done == ["early", "late"]
    monkeypatch.setattr(due, "GRACE", timedelta())
    replicas.schedule("abandoned", MINUTE)
    with running(replicas.other):
        moved(replicas.one, MINUTE)
        until(lambda: replicas.done[-1] == "abandoned")


def test_what_comes_due_in_a_running_world_is_done_by_itself(replicas: Replicas) -> None:
    change_clock(replicas.one, ClockMove(freeze=False, settle=False), WORLD)
    with running(replicas.other):
        replicas.schedule("a", timedelta(milliseconds=100))
        until(lambda: replicas.done == ["a"])
    assert replicas.scheduled() == []


def test_work_that_fails_is_tried_again_later_and_not_at_once(replicas: Replicas) -> None:
    replicas.schedule()

    def deed(work: Work, item: Item) -> None:
        raise RuntimeError("of the test")

    replicas.does = deed
    assert replicas.do()
    assert not replicas.do()
    assert [item.id for item in replicas.scheduled()] == ["a"]
    moved(replicas.one, MINUTE)
    assert replicas.do()


def test_what_takes_long_in_one_world_holds_up_no_other_and_keeps_its_own_in_order(replicas: Replicas) -> None:
    """Not even where so much waits behind it that a look for what is due finds nothing else."""
    names = [f"item-{number:02}" for number in range(2 * BATCH)]
    for name in names:
        replicas.schedule(name)
    slow, answered = names[0], threading.Event()
    begun: list[str] = []

    def deed(work: Work, item: Item) -> None:
        begun.append(item.id)
        if item.id == slow:
            answered.wait(60)

    replicas.does = deed
    with running(replicas.one) as runner:
        until(lambda: begun == [slow])
        replicas.make_world("other")
        for name in ("other-1", "other-2"):
            replicas.schedule(name, world="other")
            until(lambda name=name: name in replicas.done)  # type: ignore[misc]
        assert begun == [slow, "other-1", "other-2"]
        answered.set()
        until(lambda: len(replicas.done) == len(names) + 2)
    assert begun == [slow, "other-1", "other-2", *names[1:]]
    until(lambda: not runner.busy)


def test_no_more_than_some_worlds_are_worked_in_at_once(replicas: Replicas, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"world-{number:02}" for number in range(MOST_AT_WORK + 4)]
    for name in names:
        replicas.make_world(name)
        replicas.schedule(name, world=name)
    answered = threading.Event()
    looks: list[None] = []

    def deed(work: Work, item: Item) -> None:
        answered.wait(60)

    replicas.does = deed
    monkeypatch.setattr(runners, "_report_jumps", lambda: looks.append(None))
    with running(replicas.one):
        until(lambda: replicas.at_once >= MOST_AT_WORK)
        replicas.one.wake()
        for _ in range(2):  # whatever the first begins to start, it has started before the second
            seen = len(looks)
            until(lambda seen=seen: len(looks) > seen)  # type: ignore[misc]
        assert len([each for each in threading.enumerate() if each.name.startswith("mailroom-due-")]) == MOST_AT_WORK
        answered.set()
        until(lambda: sorted(replicas.done) == names)
    assert replicas.most_at_once == MOST_AT_WORK


def test_a_world_with_much_to_do_gives_others_their_turn(replicas: Replicas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "MOST_AT_WORK", 1)
    for number in range(3 * BATCH):
        replicas.schedule(f"item-{number:02}")
    replicas.make_world("x")
    replicas.schedule("other", world="x")
    with running(replicas.one):
        until(lambda: len(replicas.done) == 3 * BATCH + 1)
    assert replicas.done.index("other") <= BATCH


def test_a_world_in_which_work_fails_costs_others_nothing(replicas: Replicas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "AFTER_FAILURE", timedelta(hours=1))
    begun: list[str] = []

    def deed(work: Work, item: Item) -> None:
        begun.append(item.id)
        if item.id == "fails":
            raise StoreFailure(Trouble.BUSY, "of the test")

    replicas.does = deed
    replicas.make_world("x")
    replicas.schedule("fails")
    with running(replicas.one):
        until(lambda: begun == ["fails"])
        for number in range(3):
            replicas.schedule(f"item-{number}", world="x", service=replicas.other)  # which does not wake the runner
            until(lambda number=number: f"item-{number}" in replicas.done)  # type: ignore[misc]
    assert begun == ["fails", "item-0", "item-1", "item-2"]


def test_a_damaged_database_ends_a_runner_whatever_else_fails(replicas: Replicas) -> None:
    troubles = {"bad": Trouble.DAMAGED, "busy": Trouble.BUSY}

    def deed(work: Work, item: Item) -> None:
        raise StoreFailure(troubles[item.id], "of the test")

    replicas.does = deed
    replicas.make_world("x")
    replicas.schedule("bad")
    replicas.schedule("busy", world="x")
    with running(replicas.one) as runner:
        until(lambda: not runner.busy)


def test_a_runner_that_stops_is_busy_until_what_it_does_is_done(replicas: Replicas) -> None:
    replicas.schedule("a")
    replicas.schedule("b")
    answered = threading.Event()

    def deed(work: Work, item: Item) -> None:
        answered.wait(60)

    replicas.does = deed
    with running(replicas.one) as runner:
        until(lambda: replicas.at_once == 1)
    assert runner.busy
    answered.set()
    until(lambda: not runner.busy)
    assert replicas.done == ["a"]


@contextmanager
def running(service: Service) -> Iterator[Runner]:
    """Run a replica's due work beside the block."""
    runner = Runner(service)
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()


def until(happened: Callable[[], bool]) -> None:
    deadline = clock.monotonic() + 20
    while not happened():
        assert clock.monotonic() < deadline, "it was not done within twenty seconds"
        clock.pause(0.01)
