"""What a page tells a person, read back: its words are those that ``branches.yaml`` has people shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from orchestrator.flows.branches import branches
from registration_sandbox.console.play.notices import ANSWER, BROKEN_RULES
from registration_sandbox.drivers import words
from registration_sandbox.drivers.protocols import UnknownWord
from registration_sandbox.drivers.vocabulary import Field, Reason

NO_ANSWER = "No answer"
FAILED = "That did not work"
LATER = re.compile(r"[Tt]ry again (later|in a few minutes)")
ANSWERS = (
    (LATER, Reason.TRY_LATER),
    (re.compile("its answer was lost"), Reason.TRY_LATER),
    (re.compile("code could not be sent"), Reason.CODE_NOT_SENT),
    (re.compile("staged token"), Reason.TOKEN_REJECTED),
    (re.compile("session has ended"), Reason.TIMED_OUT),
    (re.compile("is not possible while the registration is"), Reason.TOO_EARLY),
    (re.compile(rf"(?:{'|'.join(words.FIELDS)}) "), Reason.MALFORMED),
)
"""What a page passes on of an answer that no branch is about."""

OF_A_CODE = "That cannot be a code"
_LEFT = re.compile(r"(\d+) attempts? left")
_WAIT = re.compile(r"Wait (\d+) seconds?")
_ENDS = re.compile(r"The block ends on (\d+ \w+ \d{4}, \d\d:\d\d:\d\d) UTC")
_USER_ID = re.compile(r"Your user id is (\S*[^\s.])\.")
_MASKED = re.compile(r"It went to (\S*[^\s.])\.")


@dataclass(frozen=True)
class PageNotice:
    """What stands in a notice: its title, its text, the points of its list; ``good`` where it went well."""

    title: str
    text: str
    points: tuple[str, ...]
    good: bool

    @property
    def message(self) -> str:
        return " ".join((self.title, self.text, *self.points)).strip()

    @property
    def answered(self) -> bool:
        return self.title != NO_ANSWER


def reason_of(notice: PageNotice) -> Reason | None:
    """Return why a person is refused, ``None`` where they are not. Raises UnknownWord with the notice's words."""
    if notice.good:
        return None
    for title, pattern, reason in _list_notices():
        if title == notice.title and pattern.match(notice.text):
            return reason
    if notice.title == FAILED:
        for pattern, reason in ANSWERS:
            if pattern.search(notice.text):
                return reason
    raise UnknownWord(f"{notice.message!r} is no notice that the driver knows")


def facts_of(notice: PageNotice) -> dict[str, Any]:
    """Return the fields of ``Seen`` that a notice fills."""
    left, wait = _LEFT.search(notice.text), _WAIT.search(notice.text)
    ends, masked = _ENDS.search(notice.text), _MASKED.search(notice.text)
    contact, user_id = masked[1] if masked else None, _USER_ID.search(notice.text)
    return {
        "message": notice.message,
        "verbatim": False,
        "attempts_left": int(left[1]) if left else None,
        "block_ends": datetime.strptime(ends[1], "%d %B %Y, %H:%M:%S").replace(tzinfo=UTC) if ends else None,
        "retry_after": int(wait[1]) if wait else None,
        "later": bool(LATER.search(notice.text)),
        "masked_email": contact if contact and "@" in contact else None,
        "masked_mobile": contact if contact and "@" not in contact else None,
        "user_id": user_id[1] if user_id else None,
        "field": Field.CODE if notice.title == OF_A_CODE else words.FIELDS.get(notice.text.partition(" ")[0]),
        "broken_rules": tuple(words.BROKEN_RULES[_RULES.get(point, point)] for point in notice.points),
    }


@cache
def _list_notices() -> list[tuple[str, re.Pattern[str], Reason | None]]:
    """Return every notice of a refusal, those that say more first."""
    return sorted(_iterate_notices(), key=lambda known: -len(known[1].pattern))


def _iterate_notices() -> Iterator[tuple[str, re.Pattern[str], Reason | None]]:
    for branch in branches().values():
        if branch.shown:
            pattern = ".*".join(map(re.escape, branch.shown.text.split(ANSWER)))
            yield branch.shown.title, re.compile(pattern), Reason(branch.reason) if branch.reason else None


_RULES = {sentence: rule for rule, sentence in BROKEN_RULES.items()}
