"""The connection is reset before any work is done."""

from flask import Response

from simulators.kit.faults.connection import drop
from simulators.kit.faults.effect import Effect, Form, Substitute, Target, effect


@effect
class Reset(Effect):
    """The connection is reset, and the work is not done."""

    name = "reset"
    forms = (Form("reset", "the connection is reset"),)
    answered = False

    def before(self, target: Target) -> Substitute | None:
        del target
        return Substitute(503)

    def after(self, target: Target, response: Response) -> Response:
        return drop(target.request, response)
