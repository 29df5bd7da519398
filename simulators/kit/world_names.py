"""What worlds are called, and how a request says which one it belongs to."""

import re
from urllib.parse import quote, unquote

from simulators.kit.errors import unknown_world

DEFAULT = "default"
BAGGAGE_MEMBER = "sandbox.world"
WORLD_PREFIX = "/w/"
"""Begins a path that names a world: ``/w/team-a/…``."""

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def world_id(text: str) -> str:
    """Return a world id that is well formed, or refuse it.

    Raises SandboxRefusal (``unknown-world``): a name that no world can have is the name of no world.
    """
    if not is_world_id(text):
        raise unknown_world(text)
    return text


def is_world_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def from_baggage(header: str) -> str | None:
    """Return the world that a W3C ``baggage`` header names (Baggage, section 3.2)."""
    for member in header.split(","):
        key, equals, value = member.partition(";")[0].partition("=")
        if equals and key.strip() == BAGGAGE_MEMBER:
            return unquote(value.strip())
    return None


def to_baggage(header: str, world: str) -> str:
    """Return the ``baggage`` header with the world in it and its other members kept."""
    others = [m.strip() for m in header.split(",") if m.strip() and m.partition("=")[0].strip() != BAGGAGE_MEMBER]
    return ",".join([f"{BAGGAGE_MEMBER}={quote(world)}", *others])
