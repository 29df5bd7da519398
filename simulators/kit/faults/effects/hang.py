"""The request is accepted and never answered; it ends when the caller gives up."""

from typing import Literal

from flask import Response

from simulators.kit.api import Answer
from simulators.kit.call import Call
from simulators.kit.faults.connection import drop, wait_until_left
from simulators.kit.faults.model import Effect, effect


@effect
class Hang(Effect):
    """Answer nothing until the caller leaves."""

    name = "hang"
    kind = Literal[True]

    def before(self, call: Call) -> Answer | None:
        call.commit()
        wait_until_left(call.request)
        return Answer(None, 503)

    def after(self, call: Call, response: Response) -> Response:
        return drop(call.request, response)
