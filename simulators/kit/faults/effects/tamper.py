"""A field of a push's data is changed on the way out, before the push is signed."""

from collections.abc import Collection
from dataclasses import replace
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from simulators.kit.faults.effect import Effect, Form, PushTry, effect
from simulators.kit.models import assumed

REMOVE = "remove"


class TamperValue(Struct, forbid_unknown_fields=True):
    """A field, and either its new value or that it is removed."""

    field: Annotated[str, assumed, Meta(description="The field of the push's data.", min_length=1, max_length=100)]
    value: Annotated[Any | UnsetType, assumed, Meta(description="Its new value.")] = UNSET
    remove: Annotated[Literal[True] | UnsetType, assumed, Meta(description="True: the field is missing.")] = UNSET

    def __post_init__(self) -> None:
        if (self.value is UNSET) == (self.remove is UNSET):
            raise ValueError("needs exactly one of value and remove")


@effect
class Tamper(Effect):
    """A field of the push's data has another value, or is missing."""

    name = "tamper"
    model = Annotated[TamperValue, Meta(extra_json_schema={"minProperties": 2, "maxProperties": 2})]
    on_push, on_request = True, False
    forms = (
        Form("tamper=FIELD=VALUE", "a field of it has another value, or none"),
        Form("remove=FIELD", "a field of it is missing"),
    )

    @classmethod
    def parse(cls, word: str, text: str | None) -> Any:
        if word == REMOVE:
            return {"field": text or "", "remove": True}
        field, given, value = (text or "").partition("=")
        if not given:
            example = f"as in {word}={field}=; {REMOVE}={field} removes it."
            raise ValueError(f"{word}={field} needs the other value, {example}")
        return {"field": field, "value": value}

    @classmethod
    def format(cls, value: Any) -> str:
        field = value["field"]
        return f"{REMOVE}={field}" if value.get("remove") else f"tamper={field}={value.get('value')}"

    @classmethod
    def find_mistake_on_push(cls, value: Any, fields: Collection[str]) -> str | None:
        if value.remove is UNSET or value.field in fields:
            return None
        return f"a push has no field {value.field!r} that could be removed; it has {', '.join(fields)}"

    def alter(self, push: PushTry) -> PushTry:
        data = dict(push.message["data"])
        if self.value.remove is UNSET:
            data[self.value.field] = self.value.value
        else:
            data.pop(self.value.field, None)
        return replace(push, message={**push.message, "data": data})
