"""How a request names its world."""

from datetime import UTC, datetime, timedelta

import pytest

from simulators.kit.clock import EARLIEST, LATEST, Clock, ClockChange
from simulators.kit.errors import SandboxRefusal
from simulators.kit.world import World
from simulators.kit.world_names import from_baggage, to_baggage, world_id


@pytest.mark.parametrize(
    ("header", "world"),
    [
        ("sandbox.world=team-a", "team-a"),
        ("user=7, sandbox.world=team-a;ttl=5 , other=1", "team-a"),
        (" sandbox.world = team%2Da ", "team-a"),
        ("user=7", None),
        ("sandbox.world", None),
        ("", None),
    ],
)
def test_the_world_is_read_from_baggage(header: str, world: str | None) -> None:
    assert from_baggage(header) == world


def test_baggage_keeps_its_other_members_when_the_world_is_put_into_it() -> None:
    assert to_baggage("user=7,sandbox.world=old", "new") == "sandbox.world=new,user=7"


@pytest.mark.parametrize("text", ["", "-a", "A", "a_b", "a/b", "a" * 64, "a b", "ä"])
def test_a_name_that_no_world_can_have_is_the_name_of_no_world(text: str) -> None:
    with pytest.raises(SandboxRefusal) as refused:
        world_id(text)
    assert (refused.value.code, refused.value.status) == ("unknown-world", 404)


@pytest.mark.parametrize("text", ["a", "0", "a-b-", "a" * 63])
def test_a_well_formed_name_is_taken(text: str) -> None:
    assert world_id(text) == text


@pytest.mark.parametrize(
    ("clock", "frozen_at"),
    [
        (Clock(timedelta(microseconds=2**62)), LATEST),
        (Clock(timedelta(microseconds=-(2**62))), EARLIEST),
        (Clock(frozen_at=datetime.min.replace(tzinfo=UTC)), EARLIEST),
        (Clock(frozen_at=LATEST), LATEST),
    ],
)
def test_a_clock_beyond_all_calendars_stands_still_at_their_end(clock: Clock, frozen_at: datetime) -> None:
    world = World("a", "7", Clock(), {}, "", EARLIEST, "origin")
    assert world.with_clock(clock).clock == Clock(frozen_at=frozen_at)


@pytest.mark.parametrize("now", [datetime(2026, 1, 5, tzinfo=UTC), datetime(5000, 1, 1, tzinfo=UTC), LATEST])
@pytest.mark.parametrize("frozen", [True, False])
def test_an_advance_past_the_end_of_the_calendar_is_refused_from_wherever_it_begins(
    now: datetime, frozen: bool
) -> None:
    clock = Clock(frozen_at=now) if frozen else Clock().at(now)
    world = World("a", "7", clock, "{}", "", EARLIEST, "origin")
    with pytest.raises(SandboxRefusal) as refused:
        world.with_change(ClockChange(advance=LATEST - EARLIEST))
    assert (refused.value.code, refused.value.field) == ("bad-clock-change", "advance")
