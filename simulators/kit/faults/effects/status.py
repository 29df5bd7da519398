"""Another status is answered in place of the work, with any body."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from simulators.kit.faults.effect import Effect, Form, Substitute, Target, effect
from simulators.kit.models import assumed
from simulators.kit.wire.profiles import WITHOUT_BODY


class StatusValue(Struct, forbid_unknown_fields=True):
    """The status and the body that are answered."""

    status: Annotated[int, assumed, Meta(description="The HTTP status.", ge=200, le=599)]
    body: Annotated[Any | UnsetType, assumed, Meta(description="The body, as JSON; {} if left out.")] = UNSET

    def __post_init__(self) -> None:
        if self.status in WITHOUT_BODY and self.body not in (UNSET, None):
            raise ValueError(f"cannot have a body with the status {self.status}")


@effect
class Status(Effect):
    """Another status is answered, and the work is not done."""

    name = "status"
    model = StatusValue
    companions = frozenset({"body"})
    forms = (Form("status=503", "another status, with the body that --body gives"),)

    def before(self, target: Target) -> Substitute | None:
        del target
        default: Any = None if self.value.status in WITHOUT_BODY else {}
        return Substitute(self.value.status, default if self.value.body is UNSET else self.value.body)
