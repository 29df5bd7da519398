"""A push arrives several times, each time as it was sent first."""

from dataclasses import replace
from typing import Annotated

from msgspec import Meta

from simulators.kit.faults.effect import Effect, Form, PushTry, effect


@effect
class Duplicate(Effect):
    """The push arrives this many times."""

    name = "duplicate"
    model = Annotated[int, Meta(description="How many times it arrives.", ge=2, le=50)]
    on_push, on_request = True, False
    forms = (Form("duplicate=5", "it arrives so many times"),)

    def alter(self, push: PushTry) -> PushTry:
        return replace(push, copies=self.value)
