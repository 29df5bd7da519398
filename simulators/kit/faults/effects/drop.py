"""A push is lost on the way."""

from dataclasses import replace

from simulators.kit.faults.effect import Effect, Form, PushTry, effect


@effect
class Drop(Effect):
    """The push is lost on the way; its sender has no answer and will try again."""

    name = "drop"
    on_push, on_request = True, False
    answered = False
    forms = (Form("drop", "it is lost"),)

    def alter(self, push: PushTry) -> PushTry:
        return replace(push, copies=0)
