"""A world's clock."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from simulators.kit import clock
from simulators.kit.clock import Clock, ClockChange
from simulators.kit.errors import SandboxRefusal
from simulators.kit.world import World

NINE = datetime(2026, 1, 5, 9, tzinfo=UTC)


def world(at: Clock) -> World:
    return World("w", "7", at, "{}", "", NINE, "origin")


def test_a_frozen_clock_stands_still() -> None:
    frozen = Clock(frozen_at=NINE)
    assert frozen.now() == frozen.now() == NINE


def test_a_frozen_clock_moves_only_when_it_is_moved() -> None:
    moved = world(Clock(frozen_at=NINE)).with_change(ClockChange(advance=timedelta(minutes=5)))
    assert moved.clock.now() == NINE + timedelta(minutes=5)


def test_a_set_clock_goes_on_from_where_it_was_set() -> None:
    running = world(Clock()).with_change(ClockChange(set=NINE)).clock
    first = running.now()
    second = running.now()
    assert NINE <= first <= second < NINE + timedelta(minutes=1)


def test_freezing_and_unfreezing_loses_no_time() -> None:
    set_clock = world(Clock()).with_change(ClockChange(set=NINE))
    again = set_clock.with_change(ClockChange(freeze=True)).with_change(ClockChange(freeze=False))
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
        world(Clock(frozen_at=NINE)).with_change(change)
    assert refused.value.status == 400


def test_what_is_due_in_a_frozen_world_comes_on_no_machine_clock_until_it_is_due() -> None:
    frozen = Clock(frozen_at=NINE)
    assert frozen.wall(NINE + timedelta(seconds=1)) is None
    assert frozen.wall(NINE) is not None


@pytest.mark.parametrize(
    ("written", "stamped"),
    [
        ("2026-01-05T09:00:00Z", "2026-01-05T09:00:00.000000Z"),
        ("2026-01-05T14:30:00+05:30", "2026-01-05T09:00:00.000000Z"),
        ("1969-01-01T00:00:00Z", "1970-01-02T00:00:00.000000Z"),
        ("9999-01-01T00:00:00Z", "9000-01-01T00:00:00.000000Z"),
    ],
)
@pytest.mark.usefixtures("machine_in_india")
def test_an_instant_in_anyones_spelling_is_stamped_within_the_bounds_of_a_clock(written: str, stamped: str) -> None:
    assert clock.stamp_of(written) == stamped


def test_an_instant_without_a_time_zone_is_none() -> None:
    with pytest.raises(ValueError, match=r"^an instant needs a time zone$"):
        clock.stamp_of("2026-01-05T09:00:00")
    with pytest.raises(ValueError, match="soon"):
        clock.stamp_of("soon")


@pytest.mark.usefixtures("machine_in_india")
def test_the_machines_time_is_told_in_utc_wherever_the_machine_is() -> None:
    assert clock.wall_now().utcoffset() == timedelta()
    assert abs(clock.wall_now() - datetime.now(UTC)) < timedelta(minutes=1)  # noqa: TID251
    set_from_india = Clock(frozen_at=NINE).at(NINE.astimezone(timezone(timedelta(hours=5, minutes=30))))
    assert (set_from_india.now(), set_from_india.now().utcoffset()) == (NINE, timedelta())


def test_a_clock_that_runs_is_moved_frozen_and_let_go_on_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = NINE
    monkeypatch.setattr(clock, "wall_now", lambda: machine)
    an_hour = timedelta(hours=1)
    ahead = Clock().advance(an_hour)
    assert (ahead.now(), ahead.wall(NINE + an_hour)) == (NINE + an_hour, NINE)
    frozen = ahead.freeze().advance(an_hour)
    machine += an_hour
    assert (ahead.now(), frozen.now()) == (NINE + 2 * an_hour, NINE + 2 * an_hour)
    assert frozen.wall(NINE + 2 * an_hour) == machine
    assert frozen.wall(NINE + 2 * an_hour + timedelta(microseconds=1)) is None
    assert frozen.unfreeze() == Clock(an_hour)
    assert frozen.at(NINE) == Clock(an_hour, NINE)
    assert frozen.at(NINE).unfreeze() == Clock(-an_hour)
    assert ahead.at(NINE) == Clock(-an_hour)


def test_stamps_sort_as_their_instants_do() -> None:
    instants = [NINE + timedelta(microseconds=n * 333_333) for n in range(7)]
    assert sorted(map(clock.stamp, instants)) == [clock.stamp(i) for i in instants]
    assert [clock.parse(clock.stamp(i)) for i in instants] == instants


@pytest.mark.parametrize(("by", "told"), [(-3600, -3600), (4, 0), (-4, 0), (5, 5), (-5, -5), (86_400, 86_400)])
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
