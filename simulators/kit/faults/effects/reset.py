"""The connection is reset before any work is done."""

from typing import Literal

from flask import Response

from simulators.kit.api import Answer
from simulators.kit.call import Call
from simulators.kit.faults.connection import drop
from simulators.kit.faults.model import Effect, effect


@effect
class Reset(Effect):
    """Reset the connection instead of answering."""

    name = "reset"
    kind = Literal[True]

    def before(self, call: Call) -> Answer | None:
        del call
        return Answer(None, 503)

    def after(self, call: Call, response: Response) -> Response:
        return drop(call.request, response)
