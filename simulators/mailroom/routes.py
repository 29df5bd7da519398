"""The mailroom's calls."""

import msgspec

from simulators.kit.web.api import Answer, Api
from simulators.kit.web.call import Call
from simulators.kit.web.tags import Tag
from simulators.mailroom.models import Message, MessageQuery, Messages, NewMessage
from simulators.mailroom.steps.deliver_message import deliver_message
from simulators.mailroom.steps.find_messages import wait_for_messages

api = Api(Tag("messages", "Email and SMS to simulated people."))


@api.operation(
    "POST", "/messages", body=NewMessage, answer=Message, status=201, secrets=["code", "body"],
    refusals=[(400, "validation-failed")], also=(200,),
)  # fmt: skip
def post_message(call: Call, new: NewMessage) -> Answer:
    """Deliver a message to a simulated person.

    With an ``Idempotency-Key`` header the same message is delivered once; the repeat is answered with 200.
    """
    delivery = deliver_message(call, new, call.idempotency_key)
    message = msgspec.convert(delivery.message, Message, from_attributes=True)
    return Answer(message, 200 if delivery.repeated else 201)


@api.operation("GET", "/messages", query=MessageQuery, answer=Messages, secrets=["code", "body"])
def get_messages(call: Call, query: MessageQuery) -> Messages:
    """List messages, newest first; with ``wait``, block until there is one."""
    return Messages(wait_for_messages(call.service.store, call.world.id, query))
