"""What a tester is told of the messages beside the control plane that every service has."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from simulators.kit.api import Api
from simulators.kit.lazy import lazy
from simulators.kit.models import assumed
from simulators.kit.work import Service
from simulators.kit.worlds import world_id
from simulators.mailroom.models import Message, Messages
from simulators.mailroom.routes import normalised

if TYPE_CHECKING:
    from simulators.mailroom import tables
else:
    tables = lazy("simulators.mailroom.tables")

api = Api()


class InboxQuery(Struct):
    """Whose messages: those ``to`` an address, the newest ``limit`` of them."""

    to: Annotated[str, assumed]
    limit: Annotated[int, Meta(ge=1, le=1000), assumed] = 100


@api.operation("GET", "/_sandbox/worlds/<world>/messages", query=InboxQuery, answer=Messages, control=True)
def get_inbox(service: Service, query: InboxQuery, world: str) -> Messages:
    """List the messages to an address, newest first, without leaving a trace in the journal."""
    found = service.worlds.find(world_id(world)).id
    anything = {"channel": "%", "purpose": "%", "after": 0, "later": ""}
    to = normalised(query.to)
    return Messages(service.store.look(tables.to_one, Message, world=found, to=to, limit=query.limit, **anything))
