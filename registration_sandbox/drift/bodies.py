"""The bodies of requests and answers held against each other, field by field."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from registration_sandbox.drift.differences import Difference, join
from registration_sandbox.drift.shapes import Field, Fields, list_paths

ALIKE = 0.75
"""How alike the names of two fields are that are taken for one that was renamed."""


def compare_bodies(
    operation: str, place: str, ours: Fields, theirs: Fields, *, request: bool, observed: bool
) -> Iterator[Difference]:
    """Yield every difference of two bodies at a place of an operation.

    ``request`` tells that it is a request's body, ``observed`` that theirs is what was seen of it, which may be a part.
    """
    missing = {path for path in theirs if path not in ours}
    added = {path for path in ours if path not in theirs} if not observed or theirs else set()
    for path, other in list(_pair(ours, theirs, added, missing)):
        yield Difference("field-renamed", operation, f"{place} {path}", path, other, closed_by_profile=True)
        missing.discard(other)
        added.discard(path)
        yield from _compare_fields(
            operation, f"{place} {path}", ours[path], theirs[other], request=request, observed=observed
        )
    for path in _outermost(missing):
        lenient = request and theirs[path].required and not observed
        yield Difference(
            "field-missing", operation, f"{place} {path}", "none", _describe(theirs[path]), lenient, not request
        )  # fmt: skip
    for path in _outermost(added):
        if observed and not ours[path].required:
            continue
        yield Difference("field-added", operation, f"{place} {path}", _describe(ours[path]), "none", lenient=request)
    for path in ours.keys() & theirs.keys():
        yield from _compare_fields(
            operation, f"{place} {path}", ours[path], theirs[path], request=request, observed=observed
        )


def _compare_fields(
    operation: str, place: str, ours: Field, theirs: Field, *, request: bool, observed: bool
) -> Iterator[Difference]:
    own, other = _types(ours), _types(theirs)
    if own and other and not (other <= own if observed else own == other):
        if place.endswith(" message") and {"null"} in (own ^ other, other):
            yield Difference("message-null", operation, place, join(own), join(other), closed_by_profile=True)
        else:
            lenient = request and not own <= other
            yield Difference("field-type", operation, place, join(own), join(other), lenient=lenient)
    if ours.required != theirs.required and not observed:
        words = ("optional", "required")
        lenient = request and theirs.required
        yield Difference(
            "field-required", operation, place, words[ours.required], words[theirs.required], lenient=lenient
        )
    if theirs.values and ours.values != theirs.values:
        lenient = request and not (ours.values and ours.values <= theirs.values)
        yield Difference(
            "field-values", operation, place, join(ours.values) or "any", join(theirs.values), lenient=lenient
        )
    if theirs.format and theirs.format != ours.format and "string" in (own or other):
        closable = theirs.format.startswith("%") or "date" in theirs.format
        yield Difference(
            "field-format",
            operation,
            place,
            ours.format or "none",
            theirs.format,
            closed_by_profile=closable and not request,
        )
    if theirs.pattern and theirs.pattern != ours.pattern:
        yield Difference("field-pattern", operation, place, ours.pattern or "any", theirs.pattern, lenient=request)
    if _bounds(theirs) != (None, None) and _bounds(ours) != _bounds(theirs):
        lenient = request and _is_wider(ours, theirs)
        yield Difference(
            "field-bounds", operation, place, _format_bounds(ours), _format_bounds(theirs), lenient=lenient
        )


def _pair(ours: Fields, theirs: Fields, added: set[str], missing: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the fields that seem to be the same under another name: alike in name and type, within one object."""
    free = set(missing)
    for path in sorted(added & set(list_paths(ours))):
        parent, _, name = path.rpartition(".")
        candidates = [
            (SequenceMatcher(None, _plain(name), _plain(other.rpartition(".")[2])).ratio(), other)
            for other in sorted(free)
            if other.rpartition(".")[0] == parent and _may_be_same(ours[path], theirs[other])
        ]
        if candidates and max(candidates)[0] >= ALIKE:
            other = max(candidates)[1]
            free.discard(other)
            yield path, other


def _may_be_same(ours: Field, theirs: Field) -> bool:
    own, other = _types(ours) - {"null"}, _types(theirs) - {"null"}
    return not own or not other or bool(own & other)


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _types(field: Field) -> set[str]:
    return {"number" if each == "integer" else each for each in field.types}


def _outermost(paths: set[str]) -> list[str]:
    """Return the paths that lie in no other of them: what is missing as a whole is told once."""
    return sorted(
        path
        for path in paths
        if not any(path != other and path.startswith((f"{other}.", f"{other}[]")) for other in paths)
    )


def _bounds(field: Field) -> tuple[float | None, float | None]:
    return field.least, field.most


def _is_wider(ours: Field, theirs: Field) -> bool:
    below = theirs.least is not None and (ours.least is None or ours.least < theirs.least)
    above = theirs.most is not None and (ours.most is None or ours.most > theirs.most)
    return below or above


def _format_bounds(field: Field) -> str:
    least, most = ("any" if each is None else f"{each:g}" for each in _bounds(field))
    return f"{least} to {most}"


def _describe(field: Field) -> str:
    return f"{join(field.types) or 'any'}{', required' if field.required else ''}"
