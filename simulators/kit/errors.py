"""Refusals: what a service says when it will not do what it was asked. Each service gives them its own shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

LONGEST_MESSAGE, LONGEST_FIELD = 2000, 200
"""Characters of a message, and of a field's name in it, that a caller gets: it may have sent a name of any length."""


class Refusal(Exception):
    """A request that is refused for a reason its caller should know. What was decided before it stays decided.

    ``code`` is the reason in the service's spelling, ``details`` what a program may use, ``data`` what is handed
    over all the same.
    """

    def __init__(
        self,
        code: str,
        status: int,
        message: str,
        *,
        field: str | None = None,
        details: Mapping[str, Any] | None = None,
        data: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.code = code
        self.status = status
        self.message = message[:LONGEST_MESSAGE]
        self.field = field and field[:LONGEST_FIELD]
        super().__init__(f"{code}: {self.message}")
        self.details = dict(details or {})
        self.data = data
        self.headers = dict(headers or {})


class SandboxRefusal(Refusal):
    """A refusal by the sandbox itself (world, control plane), which every service answers as a problem document."""


ErrorShape = Callable[[Refusal, str], Any]
"""Makes the body of a refusal, given the refusal and the world's time as text."""


def make_problem(refusal: Refusal, now: str = "") -> dict[str, Any]:
    """Return the problem document of a refusal (RFC 9457, section 3)."""
    del now
    code = code_of(refusal.code)
    body: dict[str, Any] = {
        "type": type_of(code),
        "title": title_of(code),
        "status": refusal.status,
        "detail": refusal.message,
        "code": code,
    }
    if refusal.field:
        body["field"] = refusal.field
    return body | refusal.details


def code_of(reason: str) -> str:
    """Return a reason, ``USER_BLOCKED``, as problem documents spell it."""
    return reason.lower().replace("_", "-")


def type_of(code: str) -> str:
    """Return the type of a problem: where every service tells what it is."""
    return f"/problems/{code}"


def title_of(code: str) -> str:
    return code.replace("-", " ").capitalize()


def unknown_world(world: str) -> SandboxRefusal:
    return SandboxRefusal(
        "unknown-world",
        404,
        f"There is no world {world!r} here. Make it with PUT /_sandbox/worlds/{world} on the control plane.",
        details={"world": world},
    )


_UNKNOWN, _MISSING = "Object contains unknown field `", "Object missing required field `"


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a value: the field (dotted path, empty for the whole) and a message to follow it.

    Of a field that is unknown or missing, ``parent`` is the path of the object that it is not in, ``name`` its own.
    """

    field: str
    message: str
    parent: str = ""
    name: str = ""


def flaw_of(error: msgspec.MsgspecError) -> Flaw:
    """Return the field that a msgspec error is about, and a plain message of what is wrong with it."""
    text, is_within, path = str(error).rpartition(" - at `$")
    if not is_within:
        text, path = path, ""
    place = path.rstrip("`").lstrip(".").replace("[...]", "")
    for prefix, message in ((_UNKNOWN, "is not a field that is known here"), (_MISSING, "is missing")):
        if text.startswith(prefix):
            name = text.removeprefix(prefix).removesuffix("`")[:LONGEST_FIELD]
            return Flaw(f"{place}.{name}" if place else name, message, place, name)
    if isinstance(error, msgspec.ValidationError):
        text = text.replace("`", "")
        return Flaw(place, text[:1].lower() + text[1:])
    return Flaw(place, "is not valid JSON: " + text.removeprefix("JSON is malformed: "))
