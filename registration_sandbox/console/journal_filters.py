"""What the journal is narrowed to: a system, a path, a branch, errors, a person, a text, a fault, a time."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from registration_sandbox.worlds.personas import PersonaState
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.journal import Exchange
from simulators.kit.turns import in_pieces

FIELDS = ("service", "path", "branch", "errors", "person", "text", "fault", "after", "before")
"""The filters, as the form and the address name them."""

DEEP = ("errors", "person", "text", "fault", "after", "before")
"""The filters for which the exchanges themselves are looked at, not only what the journal has an index of."""

ERROR = 400


class Filter(msgspec.Struct, frozen=True):
    """A choice of exchanges; an empty member chooses nothing out. ``after`` and ``before`` are of the world's time."""

    errors: bool = False
    fault: bool = False
    text: str = ""
    traces: frozenset[str] | None = None
    after: datetime | None = None
    before: datetime | None = None

    def fits(self, exchange: Exchange) -> bool:
        return (
            (not self.errors or exchange.status >= ERROR)
            and (not self.fault or exchange.fault is not None)
            and (self.after is None or exchange.at >= self.after)
            and (self.before is None or exchange.at <= self.before)
            and (not self.text or self.text in _text_of(exchange))
            and (self.traces is None or exchange.trace_id in self.traces)
        )


def make_filter(asked: Mapping[str, str], people: Iterable[PersonaState], every: Iterable[Exchange]) -> Filter:
    """Return the filter that a form asks for. Raises SandboxRefusal (``bad-filter``, 400), naming the field."""
    traces = None
    if asked["person"]:
        marks = _marks_of(asked["person"], people)
        traces = frozenset(each.trace_id for each in in_pieces(every) if _names_any(each, marks))
    return Filter(
        errors=bool(asked["errors"]), fault=bool(asked["fault"]), text=asked["text"].casefold(), traces=traces,
        after=_instant(asked, "after"), before=_instant(asked, "before"),
    )  # fmt: skip


def _marks_of(name: str, people: Iterable[PersonaState]) -> set[str]:
    """Return what a person is known by in the exchanges."""
    for person in people:
        if person.name == name:
            phones = [phone.emCertID for phone in person.handsets] + [phone.id for phone in person.handsets]
            known = [person.cif, person.email, person.mobile, person.username, person.user_id, *phones]
            return {mark.casefold() for mark in known if mark}
    raise SandboxRefusal("bad-filter", 400, f"There is nobody called {name!r} in this world.", field="person")


def _names_any(exchange: Exchange, marks: Iterable[str]) -> bool:
    text = _text_of(exchange)
    return any(mark in text for mark in marks)


def _instant(asked: Mapping[str, str], field: str) -> datetime | None:
    if not asked[field]:
        return None
    try:
        instant = clock.parse(asked[field])
    except ValueError as error:
        message = f"{field} must be an instant, as in 2026-01-05T09:00:00Z."
        raise SandboxRefusal("bad-filter", 400, message, field=field) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _text_of(exchange: Exchange) -> str:
    shown: Any = (
        exchange.path, exchange.request, exchange.answer, exchange.decisions, exchange.fault,
        exchange.request_headers, exchange.answer_headers,
    )  # fmt: skip
    return msgspec.json.encode(shown).decode().casefold()
