"""The mailroom's own control calls: a person's inbox, and whose an address is."""

from typing import Annotated

from msgspec import Meta, Struct

from simulators.kit.models import assumed
from simulators.kit.web.api import Answer, Api
from simulators.kit.work import Service
from simulators.kit.world_names import world_id
from simulators.mailroom import people
from simulators.mailroom.models import MessageQuery, Messages, People
from simulators.mailroom.steps.find_messages import find_messages

api = Api()


class InboxQuery(Struct):
    """The address whose messages are wanted, and how many of the newest."""

    to: Annotated[str, assumed]
    limit: Annotated[int, Meta(ge=1, le=1000), assumed] = 100


@api.operation("GET", "/_sandbox/worlds/<world>/messages", query=InboxQuery, answer=Messages, control=True)
def get_inbox(service: Service, query: InboxQuery, world: str) -> Messages:
    """List the messages to an address, newest first, without leaving a trace in the journal."""
    found = service.worlds.find(world_id(world))
    return Messages(find_messages(service.store, found.id, MessageQuery(to=query.to, limit=query.limit)))


@api.operation("POST", "/_sandbox/worlds/<world>/addressees", body=People, status=204, control=True)
def post_addressees(service: Service, told: People, world: str) -> Answer:
    """Note whose an address is, once the bank has changed a contact."""
    with service.store.transaction(service.worlds.find(world_id(world)).id) as tx:
        people.note(tx, told)
    return Answer(None, 204)
