"""The shape of an interface: its operations, with what they take and answer, whatever that was read from."""

from collections.abc import Iterator
from dataclasses import dataclass, field


class BadSource(Exception):
    """A description or recording that cannot be used: which file, where in it, and what to do."""


@dataclass(frozen=True)
class Field:
    """A field of a body: its JSON types, and what its values are bound to, where that is known.

    ``format`` is a name such as ``date-time`` or a ``strftime`` pattern that its observed values follow.
    """

    types: frozenset[str]
    required: bool = False
    format: str = ""
    values: frozenset[str] = frozenset()
    pattern: str = ""
    least: float | None = None
    most: float | None = None


Fields = dict[str, Field]
"""Fields by their dotted path; ``[]`` stands for the items of a list."""


@dataclass
class Response:
    """What is answered with a status; ``fields`` is None where the body is not described."""

    fields: Fields | None = None
    codes: set[str] = field(default_factory=set)
    media_types: set[str] = field(default_factory=set)


@dataclass
class Operation:
    """One operation. ``observed`` tells that it was seen in traffic, so that what is missing may just not have come."""

    method: str
    path: str
    headers: dict[str, bool] = field(default_factory=dict)
    query: dict[str, bool] = field(default_factory=dict)
    body: Fields = field(default_factory=dict)
    media_types: set[str] = field(default_factory=set)
    secured: bool | None = None
    responses: dict[int, Response] = field(default_factory=dict)
    observed: bool = False

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


@dataclass
class Interface:
    """All operations of a system, and where they were read from."""

    source: str
    operations: list[Operation]

    def find(self, method: str, path: str) -> Operation | None:
        """Return the operation at a path, else the only one whose path ends with the same two parts."""
        same = [one for one in self.operations if one.method == method]
        exact = [one for one in same if _key(one.path) == _key(path)]
        if exact:
            return exact[0]
        alike = [one for one in same if _tail(one.path) == _tail(path)]
        return alike[0] if len(alike) == 1 else None


def list_paths(fields: Fields) -> Iterator[str]:
    """Yield the paths of fields that are no objects of other described fields."""
    for path in fields:
        if not any(other.startswith((f"{path}.", f"{path}[]")) for other in fields):
            yield path


def _key(path: str) -> tuple[str, ...]:
    return tuple("{}" if part.startswith("{") else part for part in path.strip("/").split("/"))


def _tail(path: str) -> tuple[str, ...]:
    return tuple(part.lower() for part in _key(path)[-2:])
