"""A push is overtaken by the one that follows it."""

from dataclasses import replace

from simulators.kit.faults.effect import Effect, Form, PushTry, effect


@effect
class Reorder(Effect):
    """The push arrives after the one that follows it."""

    name = "reorder"
    on_push, on_request = True, False
    forms = (Form("reorder", "it arrives after the one that follows it"),)

    def alter(self, push: PushTry) -> PushTry:
        return replace(push, held=True)
