"""Refusals: what a service says when it will not do what it was asked. Each service gives them its own shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec


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
        super().__init__(f"{code}: {message}")
        self.code = code
        self.status = status
        self.message = message
        self.field = field
        self.details = dict(details or {})
        self.data = data
        self.headers = dict(headers or {})


class SandboxRefusal(Refusal):
    """A refusal by the sandbox itself (world, control plane), told as a problem document by every service."""


ErrorShape = Callable[[Refusal, str], Any]
"""Makes the body of a refusal, given the refusal and the world's time as text."""


def problem(refusal: Refusal, now: str = "") -> dict[str, Any]:
    """Return the problem document of a refusal (RFC 9457, section 3)."""
    del now
    code = refusal.code.lower().replace("_", "-")
    body: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": code.replace("-", " ").capitalize(),
        "status": refusal.status,
        "detail": refusal.message,
        "code": code,
    }
    if refusal.field:
        body["field"] = refusal.field
    return body | refusal.details


def unknown_world(world: str) -> SandboxRefusal:
    return SandboxRefusal(
        "unknown-world",
        404,
        f"There is no world {world!r} here. Make it with PUT /_sandbox/worlds/{world} on the orchestrator.",
        details={"world": world},
    )


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a value: the field (dotted path, empty for the whole) and the words for it."""

    field: str
    words: str


def flaw_of(error: msgspec.MsgspecError) -> Flaw:
    """Return the field that a msgspec error is about, and what is wrong with it, in plain words."""
    text = str(error)
    words, _, path = text.partition(" - at `$")
    place = path.rstrip("`").lstrip(".")
    if words.startswith(("Object missing required field", "Object contains unknown field")):
        name = words.split("`")[1]
        place = f"{place}.{name}" if place else name
        words = "is missing" if words.startswith("Object missing") else "is not a field that is known here"
    elif isinstance(error, msgspec.ValidationError):
        words = words.replace("`", "")
        words = words[:1].lower() + words[1:]
    else:
        words = "is not valid JSON: " + words.removeprefix("JSON is malformed: ")
    return Flaw(place.replace("[...]", ""), words)
