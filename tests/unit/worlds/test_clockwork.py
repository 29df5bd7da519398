"""A world's clock moved in every service: all have the same, and nothing that becomes due meanwhile is left undone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from orchestrator import app as orchestrator
from registration_sandbox.control_plane import app as control_plane
from registration_sandbox.control_plane import fleet
from registration_sandbox.control_plane.tables import NO_WORLD, Lease
from registration_sandbox.runtime.catalogue import local_answers
from registration_sandbox.worlds import clockwork, locks
from registration_sandbox.worlds.leases import Lock
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.scheduling import due
from simulators.kit.scheduling import tables as scheduling
from simulators.kit.scheduling.tables import Item, due_in_world
from simulators.kit.store.transactions import Transaction
from simulators.kit.turns import AT_ONCE
from simulators.kit.web import keeping
from simulators.kit.web.app import service_of
from simulators.kit.web.keeping import ClockMove, ClockState, clock_state, make_world
from simulators.kit.wire.tracing import Trace
from simulators.kit.work import Service, Work
from simulators.kit.world import WorldClock, WorldPart
from tests.conftest import settings_in

WORLD = "w"
DEED = "deed"
NINE = datetime(2026, 1, 5, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Pair:
    """A control plane and the middleware, the one service that it reaches, with a world in both."""

    def __init__(self, directory: Path, clock: WorldClock) -> None:
        app = orchestrator.create_app(settings_in(directory))
        self.middleware: Service = service_of(app)
        self.control_plane: Service = service_of(control_plane.create_app(settings_in(directory)))
        self.control_plane.client.local = local_answers([self.middleware])
        for service in (self.control_plane, self.middleware):
            make_world(service, WorldPart(clock=clock), WORLD)

    def offsets(self) -> set[timedelta]:
        return {each.worlds.find(WORLD).clock.offset for each in (self.control_plane, self.middleware)}

    def close(self) -> None:
        for service in (self.control_plane, self.middleware):
            service.store.close()


@pytest.fixture(autouse=True)
def only_the_middleware(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "reachable", lambda service, **_: ("orchestrator",))


@pytest.fixture
def frozen(tmp_path: Path) -> Iterator[Pair]:
    pair = Pair(tmp_path, WorldClock(NINE, frozen=True))
    yield pair
    pair.close()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Pair]:
    pair = Pair(tmp_path, WorldClock(NINE))
    yield pair
    pair.close()


def hand_over(service: Service, at: datetime) -> None:
    """Have something fall due, as another service's due work does."""
    work = Work(service, service.worlds.find(WORLD), Trace.from_headers(""))
    due.schedule(work, DEED, f"handed over at {at}", at)
    work.commit()


@pytest.mark.parametrize(
    ("move", "method"), [(ClockMove(advance=timedelta()), "GET"), (ClockMove(set=NINE + HOUR), "PUT")]
)
def test_what_is_handed_over_while_the_services_are_asked_is_done(
    frozen: Pair, monkeypatch: pytest.MonkeyPatch, move: ClockMove, method: str
) -> None:
    done: list[str] = []
    monkeypatch.setattr(frozen.middleware, "due", {DEED: lambda work, item: done.append(item.id)})
    monkeypatch.setattr(fleet, "reachable", lambda service, **_: ("tsg", "orchestrator"))
    ask = fleet.ask

    def ask_either(service: Service, name: str, how: str, path: str, *more: Any) -> Any:
        if name == "orchestrator":
            return ask(service, name, how, path, *more)
        if how == method and not done:
            hand_over(frozen.middleware, NINE)
        state = clock_state(frozen.control_plane, WORLD)
        return fleet.Reply(name, 200, {"now": state.now.isoformat(), "frozen": True}, {})  # type: ignore[attr-defined]

    monkeypatch.setattr(fleet, "ask", ask_either)
    clockwork.change(frozen.control_plane, WORLD, move)
    assert done == [f"handed over at {NINE}"]


def test_what_falls_due_on_the_way_is_done_at_its_time(frozen: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[datetime] = []
    monkeypatch.setattr(frozen.middleware, "due", {DEED: lambda work, item: done.append(work.now)})
    times = [NINE + timedelta(minutes=minutes) for minutes in (5, 20, 60)]
    for at in [*times, NINE + HOUR + timedelta(microseconds=1)]:
        hand_over(frozen.middleware, at)
    clockwork.change(frozen.control_plane, WORLD, ClockMove(advance=HOUR))
    assert done == times


@pytest.mark.parametrize(
    "move", [ClockMove(advance=HOUR), ClockMove(set=NINE - HOUR), ClockMove(freeze=True), ClockMove(freeze=False)]
)
def test_every_service_has_the_same_clock_to_the_microsecond(running: Pair, move: ClockMove) -> None:
    clockwork.change(running.control_plane, WORLD, move)
    assert len(running.offsets()) == 1
    assert len({each.worlds.find(WORLD).clock for each in (running.control_plane, running.middleware)}) == 1


def test_an_advance_moves_a_running_clock_by_just_so_much(running: Pair) -> None:
    before = running.control_plane.worlds.find(WORLD).clock.offset
    for _ in range(3):
        clockwork.change(running.control_plane, WORLD, ClockMove(advance=HOUR))
    assert running.offsets() == {before + 3 * HOUR}


def test_nothing_is_moved_where_a_service_cannot_be_reached(frozen: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "reachable", lambda service, **_: ("orchestrator", "cbs"))
    with pytest.raises(SandboxRefusal, match="cbs could not be reached"):
        clockwork.change(frozen.control_plane, WORLD, ClockMove(freeze=False))
    assert frozen.control_plane.worlds.find(WORLD).clock.frozen_at == NINE
    assert frozen.middleware.worlds.find(WORLD).clock.frozen_at == NINE


def test_a_move_whose_process_died_leaves_the_services_on_the_control_planes_clock(frozen: Pair) -> None:
    with frozen.control_plane.store.transaction(WORLD) as tx:
        moved = frozen.control_plane.worlds.current(tx).with_change(ClockMove(advance=HOUR))
        frozen.control_plane.worlds.save(tx, moved)
    with frozen.control_plane.store.transaction(NO_WORLD) as tx:
        from registration_sandbox.control_plane import tables

        tx.insert(tables.leases, Lease(WORLD, "dead", "an earlier start", NINE, "moving"))
    locks.finish_what_was_begun(frozen.control_plane)
    assert frozen.middleware.worlds.find(WORLD).clock.now() == NINE + HOUR
    assert not frozen.control_plane.store.look(tables.unfinished_leases, Lease)


def test_the_state_that_is_told_is_that_of_the_control_plane(frozen: Pair) -> None:
    told = clockwork.change(frozen.control_plane, WORLD, ClockMove(advance=HOUR))
    assert (told.now, told.frozen, told.not_moved) == (NINE + HOUR, True, [])
    assert isinstance(told, ClockState)


def test_what_is_due_is_looked_for_one_by_one_and_not_all_for_each(
    frozen: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(frozen.middleware, "due", {DEED: lambda work, item: done.append(item.id)})
    for minute in range(60):
        hand_over(frozen.middleware, NINE + timedelta(minutes=minute))
    read, rows = frozen.middleware.store.read, list[int]()

    def count_rows(*arguments: Any, **values: Any) -> Any:
        found = read(*arguments, **values)
        rows.append(len(found))
        return found

    monkeypatch.setattr(frozen.middleware.store, "read", count_rows)
    keeping.change_clock(frozen.middleware, ClockMove(set=NINE + timedelta(minutes=39)), WORLD)
    assert len(done) == 40
    assert sum(rows) <= 2 * len(done)


@pytest.mark.parametrize("pair", ["frozen", "running"])
def test_others_have_their_turn_while_a_clock_is_moved(
    pair: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each step, and each thing done, others have one, and so they have while what is to come gets its date."""
    moved: Pair = request.getfixturevalue(pair)
    events: list[str] = []
    monkeypatch.setattr(moved.middleware, "due", {DEED: lambda work, item: events.append("done")})
    for minute in range(1, 3 * AT_ONCE):
        hand_over(moved.middleware, NINE + timedelta(minutes=minute))
    monkeypatch.setattr(clock, "pause", lambda _: events.append("turn"))
    date, run = scheduling.date, Transaction.run

    def count(tx: Transaction, statement: str, /, **values: Any) -> Any:
        if statement == date:
            events.append("dated")
        return run(tx, statement, **values)

    monkeypatch.setattr(Transaction, "run", count)
    steps: list[str] = []
    monkeypatch.setattr(Lock, "check", lambda _: steps.append(events[-1]))
    clockwork.change(moved.control_plane, WORLD, ClockMove(set=NINE + timedelta(minutes=9, seconds=30)))
    runs = [(event, len([*same])) for event, same in groupby(events)]
    assert events.count("done") == 9
    assert max(number for event, number in runs if event == "done") == 1
    assert max([number for event, number in runs if event == "dated"], default=0) <= AT_ONCE
    assert steps == ["turn"] * 10
    assert ("dated" in events) == (pair == "running")


def test_a_move_says_so_when_what_is_due_is_not_done_in_time(frozen: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "SETTLE_LIMIT", 0.0)
    hand_over(frozen.middleware, NINE)
    with pytest.raises(SandboxRefusal) as refused:
        clockwork.change(frozen.control_plane, WORLD, ClockMove(advance=HOUR))
    assert (refused.value.status, refused.value.code) == (409, "world-busy")
    monkeypatch.undo()
    monkeypatch.setattr(fleet, "reachable", lambda service, **_: ("orchestrator",))
    monkeypatch.setattr(frozen.middleware, "due", {DEED: lambda work, item: None})
    assert clockwork.change(frozen.control_plane, WORLD, ClockMove(advance=timedelta())).next_due is None


@pytest.mark.parametrize("freeze", [True, False])
def test_what_is_due_and_what_is_not_get_their_place_on_the_machines_clock(running: Pair, freeze: bool) -> None:
    for hours in (0, 1, 2):
        hand_over(running.middleware, NINE + hours * HOUR)
    wall = clock.wall_now()
    with running.middleware.store.transaction(WORLD) as tx:
        world = running.middleware.worlds.current(tx).with_change(ClockMove(freeze=freeze))
        assert due.recompute(tx, world.clock) == NINE
        passed, *later = tx.all(due_in_world, Item)
    assert wall <= (passed.wall_at or NINE) <= clock.wall_now() + due.GRACE
    for number, item in enumerate(later, 1):
        assert (item.wall_at is None) == freeze
        assert freeze or timedelta() <= number * HOUR - ((item.wall_at or NINE) - wall) <= timedelta(minutes=1)
