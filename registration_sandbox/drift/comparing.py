"""A fake's interface held against the real system's: every difference, and whether the fake is the more lenient one."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from registration_sandbox.drift.shapes import Field, Fields, Interface, Operation, Response, list_paths

Kind = Literal[
    "operation-missing", "operation-added", "operation-moved", "field-missing", "field-added", "field-renamed",
    "field-type", "field-format", "field-required", "field-values", "field-bounds", "field-pattern", "status-missing",
    "status-added", "code-missing", "code-added", "media-type", "header-missing", "header-required", "query-missing",
    "security", "message-null",
]  # fmt: skip

ALIKE = 0.75
"""How alike the names of two fields are that are taken for one that was renamed."""

CLIENT_ERROR = 400
NEUTRAL_STATUSES = frozenset({401, 404, 405, 413, 415, 421, 500, 502, 503})
"""Statuses that systems answer without describing them."""


@dataclass(frozen=True)
class Difference:
    """One difference.

    ``place`` is where in the operation, ``ours`` and ``theirs`` what each side has there. ``lenient`` tells that the
    fake takes what the real system refuses, or never answers what that may answer, ``closed_by_profile`` that a wire
    profile can say the same.
    """

    kind: Kind
    operation: str
    place: str
    ours: str
    theirs: str
    lenient: bool = False
    closed_by_profile: bool = False


def compare(ours: Interface, theirs: Interface) -> list[Difference]:
    """Return every difference, by operation in the order of the real system's."""
    found: list[Difference] = []
    met = set()
    for operation in theirs.operations:
        own = ours.find(operation.method, operation.path)
        if own is None:
            found.append(Difference("operation-missing", operation.name, "", "none", "there"))
            continue
        met.add(own.name)
        found += _compare_operations(own, operation)
    if not any(operation.observed for operation in theirs.operations):
        for own in ours.operations:
            if own.name not in met:
                found.append(Difference("operation-added", own.name, "", "there", "none", lenient=True))
    return found


def _compare_operations(ours: Operation, theirs: Operation) -> Iterator[Difference]:
    name = theirs.name
    if ours.path != theirs.path:
        yield Difference("operation-moved", name, "path", ours.path, theirs.path, closed_by_profile=True)
    if theirs.secured is not None and bool(ours.secured) != theirs.secured:
        words = ("open", "wants credentials")
        lenient = theirs.secured and not ours.secured
        yield Difference("security", name, "", words[bool(ours.secured)], words[theirs.secured], lenient=lenient)
    yield from _compare_parameters(ours, theirs)
    if ours.media_types and theirs.media_types and not ours.media_types & theirs.media_types:
        own, other = _join(ours.media_types), _join(theirs.media_types)
        yield Difference("media-type", name, "request", own, other, lenient=True)
    yield from _compare_bodies(name, "request", ours.body, theirs.body, request=True, observed=theirs.observed)
    yield from _compare_responses(ours, theirs)


def _compare_parameters(ours: Operation, theirs: Operation) -> Iterator[Difference]:
    for header, required in theirs.headers.items() if not theirs.observed else ():
        if header not in ours.headers:
            yield Difference("header-missing", theirs.name, f"header {header}", "none", "there", lenient=required)
        elif required and not ours.headers[header]:
            place = f"header {header}"
            yield Difference("header-required", theirs.name, place, "optional", "required", lenient=True)
    for query, required in theirs.query.items():
        if query not in ours.query:
            yield Difference("query-missing", theirs.name, f"query {query}", "none", "there", lenient=required)


def _compare_responses(ours: Operation, theirs: Operation) -> Iterator[Difference]:
    for status, answer in theirs.responses.items():
        own = ours.responses.get(status)
        if own is None:
            own = ours.responses.get(_good(ours) or 0) if status == _good(theirs) else None
            yield from _compare_statuses(ours, theirs, status)
        if own is not None:
            yield from _compare_answers(theirs, status, own, answer)
        known = set().union(*[response.codes for response in ours.responses.values()])
        for code in sorted(answer.codes - known):
            place = f"answer {status} errorCode"
            yield Difference("code-missing", theirs.name, place, _codes_at(ours, status), code, closed_by_profile=True)
    if theirs.responses and not theirs.observed:
        yield from _compare_what_only_the_fake_answers(ours, theirs)


def _compare_statuses(ours: Operation, theirs: Operation, status: int) -> Iterator[Difference]:
    good = _good(ours)
    if status == _good(theirs) and good is not None:
        yield _status(theirs.name, str(good), str(status))
    elif status not in NEUTRAL_STATUSES or theirs.observed:
        yield Difference("status-missing", theirs.name, f"answer {status}", "never answered", "answered", lenient=True)


def _compare_answers(theirs: Operation, status: int, own: Response, answer: Response) -> Iterator[Difference]:
    place = f"answer {status}"
    if answer.media_types and own.media_types and not _alike(own.media_types, answer.media_types):
        yield Difference("media-type", theirs.name, place, _join(own.media_types), _join(answer.media_types))
    if answer.fields is not None and own.fields is not None:
        yield from _compare_bodies(
            theirs.name, place, own.fields, answer.fields, request=False, observed=theirs.observed
        )


def _compare_what_only_the_fake_answers(ours: Operation, theirs: Operation) -> Iterator[Difference]:
    described = set().union(*[response.codes for response in theirs.responses.values()])
    for status, response in ours.responses.items():
        if status >= CLIENT_ERROR and status not in theirs.responses and status not in NEUTRAL_STATUSES:
            yield _status(theirs.name, str(status), "never answered")
        for code in sorted(response.codes - described) if described else ():
            place = f"answer {status} errorCode"
            yield Difference("code-added", theirs.name, place, code, "none", closed_by_profile=True)


def _status(operation: str, ours: str, theirs: str) -> Difference:
    return Difference("status-added", operation, f"answer {ours}", ours, theirs, closed_by_profile=True)


def _compare_bodies(
    operation: str, place: str, ours: Fields, theirs: Fields, *, request: bool, observed: bool
) -> Iterator[Difference]:
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
            yield Difference("message-null", operation, place, _join(own), _join(other), closed_by_profile=True)
        else:
            lenient = request and not own <= other
            yield Difference("field-type", operation, place, _join(own), _join(other), lenient=lenient)
    if ours.required != theirs.required and not observed:
        words = ("optional", "required")
        lenient = request and theirs.required
        yield Difference(
            "field-required", operation, place, words[ours.required], words[theirs.required], lenient=lenient
        )
    if theirs.values and ours.values != theirs.values:
        lenient = request and not (ours.values and ours.values <= theirs.values)
        yield Difference(
            "field-values", operation, place, _join(ours.values) or "any", _join(theirs.values), lenient=lenient
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


def _good(operation: Operation) -> int | None:
    return next((status for status in sorted(operation.responses) if 200 <= status < 300), None)


def _codes_at(ours: Operation, status: int) -> str:
    response = ours.responses.get(status)
    return _join(response.codes) if response and response.codes else "none"


def _alike(ours: set[str], theirs: set[str]) -> bool:
    return bool({_essence(each) for each in ours} & {_essence(each) for each in theirs})


def _essence(media_type: str) -> str:
    plain = media_type.partition(";")[0].strip().lower()
    return "json" if plain.endswith(("/json", "+json")) or plain == "*/*" else plain


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
    return f"{_join(field.types) or 'any'}{', required' if field.required else ''}"


def _join(words: "set[str] | frozenset[str]") -> str:
    return ", ".join(sorted(words))
