"""What can go wrong with the TSG's push; the TSG reads these when it sends."""

from typing import Annotated, Any, ClassVar, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from simulators.kit.faults.model import Effect, effect


class TamperValue(Struct, forbid_unknown_fields=True):
    """The field of the push's data that gets another ``value``, or is removed."""

    field: str
    value: Any | UnsetType = UNSET
    remove: Literal[True] | UnsetType = UNSET

    def __post_init__(self) -> None:
        if (self.value is UNSET) == (self.remove is UNSET):
            raise ValueError("needs exactly one of value and remove")


class PushEffect(Effect):
    """An effect on the push only."""

    kind: ClassVar[Any] = Literal[True]
    on_push = True
    on_request = False


@effect
class Duplicate(PushEffect):
    """The push arrives this many times."""

    name = "duplicate"
    kind = Annotated[int, Meta(ge=2, le=50)]


@effect
class Reorder(PushEffect):
    """The push arrives after the one that follows it."""

    name = "reorder"


@effect
class Drop(PushEffect):
    """The push is lost on the way; the TSG has no answer and will try again."""

    name = "drop"


@effect
class Tamper(PushEffect):
    """A field of the push's data is changed on the way out, before it is signed."""

    name = "tamper"
    kind = TamperValue


@effect
class BadSignature(PushEffect):
    """The push is signed with another secret."""

    name = "bad_signature"


@effect
class StaleTimestamp(PushEffect):
    """The push's timestamp is older than a receiver tolerates."""

    name = "stale_timestamp"
