"""Wire profiles: what an installation of a system says otherwise than the sandbox's contract, as data.

A fake speaks a profile at its edge, and a client of the system reads it there: between the two edges, in rules,
journals, faults and masks, everything is called as in the contract. Wherever "ours" stands, the contract is meant.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from simulators.kit.wire.control import CONTROL_PREFIX
from simulators.kit.world_names import WORLD_PREFIX

LONGEST_INSTANT = 40
EVERYTHING_BELOW = "/"
"""A path of a profile that ends so stands for all paths that begin with it."""

WITHOUT_BODY = (204, 205, 304)
"""Answers that have no body (RFC 9110, sections 15.3.5, 15.3.6, 15.4.5): no envelope can come with them."""

_EXAMPLE = datetime(2022, 3, 20, 19, 21, 24, tzinfo=UTC)
"""What a pattern must tell: an afternoon, which 12 hours alone do not, on a day that is the number of no month."""

_PATH = re.compile(r"(/(?!\.\.?(/|\Z))[A-Za-z0-9._~!$&'()*+,;=:@{}-]+)*/?")
"""What is a path of a URL and stays as it is written on its way (RFC 3986, section 3.3), and a template's braces."""

OUR_OWN = (CONTROL_PREFIX, WORLD_PREFIX)
"""What paths of the sandbox's own begin with."""

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Pattern = Annotated[str, Meta(max_length=60)]
HttpStatus = Annotated[int, Meta(ge=200, le=599)]


class WireProfile(Struct, frozen=True, forbid_unknown_fields=True):
    """What an installation says otherwise. Of what is left out, ``like`` decides: another profile, by its name.

    ``errors``: the error code for a reason of ours, ``USER_BLOCKED``, or for a reason where it takes one branch only,
    ``USER_BLOCKED@WR-2.3``. ``statuses``: the HTTP status in place of one of ours, ``"423"``, or for a reason.
    ``instants``: a ``strftime`` pattern. ``message``: whether the text is sent. ``fields``: new names of fields,
    wherever they stand. ``extra``: further fields of every answer with their fixed values, a dot leading into an
    object. ``paths``: new paths; one that ends with ``/`` moves all that is below it.
    """

    like: Annotated[Name, Meta(description="The shipped profile that decides what is left out here.")] = "ours"
    errors: Annotated[
        dict[Name, Name], Meta(max_length=200, description="Error codes, by our reason or REASON@BRANCH.")
    ] = {}
    statuses: Annotated[
        dict[Name, HttpStatus], Meta(max_length=200, description="HTTP statuses, by our status or our reason.")
    ] = {}
    instants: Annotated[Pattern | None, Meta(description="How instants are written, as strftime has it.")] = None
    message: Annotated[
        Literal["text", "null_on_success", "null"] | None, Meta(description="Whether answers carry a message.")
    ] = None
    fields: Annotated[dict[Name, Name], Meta(max_length=200, description="New names of fields.")] = {}
    extra: Annotated[dict[Name, Any], Meta(max_length=50, description="Further fields and their values.")] = {}
    paths: Annotated[dict[Name, Name], Meta(max_length=100, description="New paths.")] = {}

    def over(self, base: "WireProfile") -> "WireProfile":
        """Return this profile, completed by ``base``."""
        return WireProfile(
            errors={**base.errors, **self.errors},
            statuses={**base.statuses, **self.statuses},
            instants=self.instants if self.instants is not None else base.instants,
            message=self.message or base.message,
            fields={**base.fields, **self.fields},
            extra={**base.extra, **self.extra},
            paths={**base.paths, **self.paths},
        )

    def check(self, known: Collection[str] = (), known_paths: Collection[str] = ()) -> None:
        """Raise ValueError when the profile cannot be spoken and read back.

        ``known`` are names of fields of ours, ``known_paths`` the contract's paths.
        """
        _refuse_twice("fields", self.fields)
        for name in self.fields.values():
            if name in known and name not in self.fields:
                raise ValueError(f"wire.fields: {name!r} is a field of ours already, and would stand for two")
        _refuse_twice("paths", self.paths)
        for status, other in self.statuses.items():
            if other in WITHOUT_BODY:
                raise ValueError(f"wire.statuses: {status} cannot be {other}, whose answers have no body")
        _check_paths(self.paths, known_paths)
        if self.instants:
            _check_pattern(self.instants)


@dataclass(frozen=True)
class EnvelopeFields:
    """What the fields of a system's envelope are called in the contract."""

    code: str
    message: str


def move_path(path: str, moves: Mapping[str, str]) -> str | None:
    """Return where a path is by what is said of it, or of all that is below it."""
    if path in moves:
        return moves[path]
    for before, after in moves.items():
        if before.endswith(EVERYTHING_BELOW) and path.startswith(before):
            return after + path[len(before) :]
    return None


def _refuse_twice(what: str, names: Mapping[str, str]) -> None:
    """Refuse giving two one name."""
    given = list(names.values())
    for name in given:
        if given.count(name) > 1:
            raise ValueError(f"wire.{what}: {name!r} stands for two of ours")


def _check_paths(paths: Mapping[str, str], known: Collection[str]) -> None:
    for path in (*paths, *paths.values()):
        if not path.startswith("/"):
            raise ValueError(f"wire.paths: {path!r} does not begin with /")
        if not _PATH.fullmatch(path):
            words = "must have only letters, digits and -._~!$&'()*+,;=:@{} between single slashes"
            raise ValueError(f"wire.paths: {path!r} {words}")
    for ours, theirs in paths.items():
        if ours.endswith(EVERYTHING_BELOW) != theirs.endswith(EVERYTHING_BELOW):
            raise ValueError(f"wire.paths: either both {ours!r} and {theirs!r} end with / or none does")
        if theirs.startswith(OUR_OWN):
            raise ValueError(f"wire.paths: {theirs!r} is one of the sandbox's own")
    back = {theirs: ours for ours, theirs in paths.items()}
    for path in known:
        moved = move_path(path, paths) or path
        if (moved != path and moved in known) or (move_path(moved, back) or moved) != path:
            raise ValueError(f"wire.paths: {moved!r} would stand for two of ours")


def _check_pattern(pattern: str) -> None:
    try:
        written = _EXAMPLE.strftime(pattern)
        read = datetime.strptime(written, pattern).replace(tzinfo=UTC)
    except (ValueError, re.error) as error:  # strptime raises the latter where a part stands twice
        raise ValueError(f"wire.instants: {pattern!r} is no strftime pattern: {error}") from error
    if read != _EXAMPLE or len(written) > LONGEST_INSTANT:
        raise ValueError(f"wire.instants: {pattern!r} must tell day and time to the second, as %d-%b-%Y %H:%M:%S does")
