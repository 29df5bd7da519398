"""A fake's interface held against the real system's: every difference, and whether the fake is the more lenient one."""

from collections.abc import Iterator

from registration_sandbox.drift.bodies import compare_bodies
from registration_sandbox.drift.differences import Difference, join
from registration_sandbox.drift.shapes import Interface, Operation, Response

CLIENT_ERROR = 400
NEUTRAL_STATUSES = frozenset({401, 404, 405, 413, 415, 421, 500, 502, 503})
"""Statuses that systems answer without describing them."""


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
        own, other = join(ours.media_types), join(theirs.media_types)
        yield Difference("media-type", name, "request", own, other, lenient=True)
    yield from compare_bodies(name, "request", ours.body, theirs.body, request=True, observed=theirs.observed)
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
        yield Difference("media-type", theirs.name, place, join(own.media_types), join(answer.media_types))
    if answer.fields is not None and own.fields is not None:
        yield from compare_bodies(
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


def _good(operation: Operation) -> int | None:
    return next((status for status in sorted(operation.responses) if 200 <= status < 300), None)


def _codes_at(ours: Operation, status: int) -> str:
    response = ours.responses.get(status)
    return join(response.codes) if response and response.codes else "none"


def _alike(ours: set[str], theirs: set[str]) -> bool:
    return bool({_essence(each) for each in ours} & {_essence(each) for each in theirs})


def _essence(media_type: str) -> str:
    plain = media_type.partition(";")[0].strip().lower()
    return "json" if plain.endswith(("/json", "+json")) or plain == "*/*" else plain
