"""Another status is answered in place of the work, with a body of one's own."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from simulators.kit.api import Answer
from simulators.kit.call import Call
from simulators.kit.faults.model import Effect, effect


class StatusValue(Struct, forbid_unknown_fields=True):
    """The status and the body that are answered."""

    status: Annotated[int, Meta(ge=200, le=599)]
    body: Any | UnsetType = UNSET


@effect
class Status(Effect):
    """Answer a status instead of doing the work."""

    name = "status"
    kind = StatusValue

    def before(self, call: Call) -> Answer | None:
        del call
        body = {} if self.value.body is UNSET else self.value.body
        return Answer(body, self.value.status)
