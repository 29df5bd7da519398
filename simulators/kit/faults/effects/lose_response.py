"""The work is done and committed, and its answer is lost on the way."""

from typing import Literal

from flask import Response

from simulators.kit.call import Call
from simulators.kit.faults.connection import drop
from simulators.kit.faults.model import Effect, effect


@effect
class LoseResponse(Effect):
    """Do the work, then reset the connection."""

    name = "lose_response"
    kind = Literal[True]

    def after(self, call: Call, response: Response) -> Response:
        return drop(call.request, response)
