"""A world's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from simulators.kit import clock
from simulators.kit.clock import Clock, ClockChange
from simulators.kit.errors import SandboxRefusal
from simulators.kit.worlds import World

NINE = datetime(2026, 1, 5, 9, tzinfo=UTC)


def world(at: Clock) -> World:
    return World("w", "7", at, "{}", "", NINE)


def test_a_frozen_clock_stands_still() -> None:
    frozen = Clock(frozen_at=NINE)
    assert frozen.now() == frozen.now() == NINE


def test_a_frozen_clock_moves_only_when_it_is_moved() -> None:
    moved = world(Clock(frozen_at=NINE)).changed(ClockChange(advance=timedelta(minutes=5)))
    assert moved.clock.now() == NINE + timedelta(minutes=5)


def test_a_set_clock_goes_on_from_where_it_was_set() -> None:
    running = world(Clock()).changed(ClockChange(set=NINE)).clock
    first = running.now()
    second = running.now()
    assert NINE <= first <= second < NINE + timedelta(minutes=1)


def test_freezing_and_unfreezing_loses_no_time() -> None:
    set_clock = world(Clock()).changed(ClockChange(set=NINE))
    again = set_clock.changed(ClockChange(freeze=True)).changed(ClockChange(freeze=False))
    assert not again.clock.frozen
    assert abs(again.clock.now() - NINE) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "change",
    [
        ClockChange(),
        ClockChange(advance=timedelta(minutes=1), freeze=True),
        ClockChange(advance=timedelta(minutes=-1)),
        ClockChange(set=datetime(2026, 1, 1)),  # noqa: DTZ001
        ClockChange(advance=timedelta(days=4_000_000)),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(change: ClockChange) -> None:
    with pytest.raises(SandboxRefusal) as refused:
        world(Clock(frozen_at=NINE)).changed(change)
    assert refused.value.status == 400


def test_what_is_due_in_a_frozen_world_comes_on_no_machine_clock_until_it_is_due() -> None:
    frozen = Clock(frozen_at=NINE)
    assert frozen.wall(NINE + timedelta(seconds=1)) is None
    assert frozen.wall(NINE) is not None


def test_stamps_sort_as_their_instants_do() -> None:
    instants = [NINE + timedelta(microseconds=n * 333_333) for n in range(7)]
    assert sorted(map(clock.stamp, instants)) == [clock.stamp(i) for i in instants]
    assert [clock.parse(clock.stamp(i)) for i in instants] == instants


@pytest.mark.parametrize(("by", "told"), [(-3600, -3600), (4, 0), (-4, 0), (86_400, 86_400)])
def test_a_machine_clock_that_is_set_is_noticed_once_and_a_correction_is_not(
    monkeypatch: pytest.MonkeyPatch, by: int, told: int
) -> None:
    jumps, since_start = clock.Jumps(), iter(range(1000, 2000, 10))
    set_by = timedelta()
    monkeypatch.setattr(clock, "monotonic", lambda: float(next(since_start)))
    monkeypatch.setattr(clock, "wall_now", lambda: NINE + set_by)
    seen = []
    for moment in range(4):
        set_by = timedelta(seconds=10 * moment + (by if moment > 1 else 0))
        seen.append(jumps.since_last_look())
    assert seen == [timedelta(), timedelta(), timedelta(seconds=told), timedelta()]
