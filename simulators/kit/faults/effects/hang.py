"""The request is accepted and never answered; it ends when the caller gives up."""

from flask import Response

from simulators.kit.faults.connection import drop, wait_until_left
from simulators.kit.faults.effect import Effect, Form, Substitute, Target, effect


@effect
class Hang(Effect):
    """No answer comes until the caller gives up, and the work is not done."""

    name = "hang"
    forms = (Form("hang", "no answer at all"),)
    answered = False

    def before(self, target: Target) -> Substitute | None:
        target.commit()
        wait_until_left(target.request)
        return Substitute(503)

    def after(self, target: Target, response: Response) -> Response:
        return drop(target.request, response)
