"""The work is done and committed, and its answer is lost on the way."""

from flask import Response

from simulators.kit.faults.connection import drop
from simulators.kit.faults.effect import Effect, Form, Target, effect


@effect
class LoseResponse(Effect):
    """The work is done, and its answer is lost: the connection is reset."""

    name = "lose_response"
    forms = (Form("lose-response", "the work is done, its answer is lost"),)
    answered = False

    def after(self, target: Target, response: Response) -> Response:
        return drop(target.request, response)
