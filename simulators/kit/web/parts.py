"""What the control plane asks of each service to keep its part of a world in step with the others' parts.

A world is made, copied and restored under a name that nobody knows, and takes the place of the one that it is to
replace when all of its parts are there. Clocks are set to the microsecond, so that they are the same everywhere.
"""

from datetime import datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from simulators.kit import journal
from simulators.kit.clock import Clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.models import assumed
from simulators.kit.store import tables
from simulators.kit.store.tables import WorldRow
from simulators.kit.web import keeping
from simulators.kit.web.api import Answer, Api
from simulators.kit.web.keeping import ClockState, PolicyChange
from simulators.kit.web.states import State, read_state, write_state
from simulators.kit.work import Service
from simulators.kit.world_names import world_id

LARGEST_STATE = 256 * 1024 * 1024
"""Bytes that a world's rows in one service may take as JSON."""

MOST_WATCHED = 500
"""How many worlds a call asks for the news of, and how many watch by one process: each has a connection of its own."""

api = Api()


class ExactClock(Struct, forbid_unknown_fields=True):
    """A clock that is ``offset_us`` microseconds ahead of the machine's, or stands still at ``frozen_at``."""

    offset_us: Annotated[int, assumed]
    frozen_at: Annotated[datetime | None, assumed] = None

    @classmethod
    def of(cls, clock: Clock) -> "ExactClock":
        return cls(clock.offset // timedelta(microseconds=1), clock.frozen_at)

    def clock(self) -> Clock:
        """Return the clock. Raises SandboxRefusal (``bad-clock-change``) for an instant without a zone."""
        if self.frozen_at is not None and self.frozen_at.tzinfo is None:
            message = "frozen_at needs a time zone, as in 2026-01-01T09:00:00Z."
            raise SandboxRefusal("bad-clock-change", 400, message, field="frozen_at")
        return Clock(timedelta(microseconds=self.offset_us), self.frozen_at)


class Takeover(Struct, forbid_unknown_fields=True):
    """The world whose place another takes, and the clock that it has there."""

    world: Annotated[str, assumed]
    clock: Annotated[ExactClock, assumed]


class NewsOfWorlds(Struct):
    """What was written to the journals of some worlds; worlds without news, or that are gone, are left out."""

    worlds: Annotated[dict[str, journal.News], assumed]


class Cursors(Struct, forbid_unknown_fields=True):
    """Each world with the cursor of the last look, null at the first."""

    after: Annotated[dict[str, Annotated[int, Meta(ge=0)] | None], Meta(max_length=MOST_WATCHED), assumed]


@api.operation(
    "PUT", "/_sandbox/worlds/<world>/clock", body=ExactClock, answer=ClockState, control=True,
    refusals=[(400, "bad-clock-change")],
)  # fmt: skip
def put_clock(service: Service, wanted: ExactClock, world: str) -> ClockState:
    """Set a world's clock exactly; what becomes due by it is left to a later ``settle``."""
    with service.store.transaction(world_id(world)) as tx:
        state = keeping.save_clock(tx, service, service.worlds.current(tx).with_clock(wanted.clock()))
    service.wake()
    return state


@api.operation(
    "GET", "/_sandbox/worlds/<world>/policies/set", answer=PolicyChange, control=True,
    refusals=[(404, "unknown-world")],
)  # fmt: skip
def get_set_policies(service: Service, world: str) -> PolicyChange:
    """Return the policies that are set in a world, without those that have their default."""
    return PolicyChange(msgspec.json.decode(service.worlds.find(world_id(world)).policies_text))


@api.operation(
    "PUT", "/_sandbox/worlds/<world>/policies/set", body=PolicyChange, status=204, control=True,
    refusals=[(400, "bad-world"), (404, "unknown-world")],
)  # fmt: skip
def put_set_policies(service: Service, wanted: PolicyChange, world: str) -> Answer:
    """Have just these policies set in a world, and all others at their default."""
    with service.store.transaction(world_id(world)) as tx:
        service.worlds.set_policies(tx, wanted.policies)
    return Answer(None, 204)


@api.operation(
    "POST", "/_sandbox/worlds/<world>/takeover", body=Takeover, status=204, control=True,
    refusals=[(400, "bad-clock-change"), (400, "bad-world")],
)  # fmt: skip
def post_takeover(service: Service, takeover: Takeover, world: str) -> Answer:
    """Give a world the place of another, which is gone then. Nothing happens when that was done already."""
    source, target = world_id(world), keeping.new_world_id(takeover.world)
    with service.store.transaction(target) as tx:
        if tx.first(tables.world_by_id, WorldRow, world=source) is None:
            return Answer(None, 204)
        service.worlds.make_room(tx)
        tx.take_over(source)
        keeping.save_clock(tx, service, service.worlds.current(tx).with_clock(takeover.clock.clock()))
    service.wake()
    return Answer(None, 204)


@api.operation("GET", "/_sandbox/worlds/<world>/state", answer=State, control=True)
def get_state(service: Service, world: str) -> State:
    """Return everything that this service keeps of a world."""
    with service.store.transaction(world_id(world)) as tx:
        return read_state(service, tx)


@api.operation(
    "PUT", "/_sandbox/worlds/<world>/state", body=State, status=204, control=True, largest=LARGEST_STATE,
    refusals=[(400, "bad-snapshot"), (400, "bad-world")],
)  # fmt: skip
def put_state(service: Service, state: State, world: str) -> Answer:
    """Make a world of what ``GET`` has returned of another, or replace it."""
    with service.store.transaction(keeping.new_world_id(world)) as tx:
        tx.forget()
        write_state(service, tx, state)
    return Answer(None, 204)


@api.operation("POST", "/_sandbox/news", body=Cursors, answer=NewsOfWorlds, control=True)
def post_news(service: Service, cursors: Cursors) -> NewsOfWorlds:
    """Return what was written to the journals of some worlds since the last look; where it is much, some of it."""
    found: dict[str, journal.News] = {}
    number = 0
    for world, after in cursors.after.items():
        if after is None or number < journal.NEWS_AT_ONCE:
            news = journal.news(service.store, world, after)
            number += len(news.exchanges)
            if news.exchanges or news.cursor != after:
                found[world] = news
    return NewsOfWorlds(found)
