"""The types of the parameters in the sentences: what text each one takes, and what that text stands for."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from behave import register_type

from steps.support import circumstances, outages, people, vocabulary

NUMBERS = {"no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
UNITS = {"second": "seconds", "minute": "minutes", "hour": "hours"}


def choice(phrases: Mapping[str, Any]) -> Callable[[str], Any]:
    """Return a parameter type that is one of the phrases and converts to what the phrase stands for."""

    def convert(text: str) -> Any:
        return phrases[text]

    longest_first = sorted(phrases, key=len, reverse=True)
    convert.pattern = "|".join(map(re.escape, longest_first))  # type: ignore[attr-defined]
    return convert


def shaped(pattern: str, convert: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a parameter type that has a shape."""

    def converted(text: str) -> Any:
        return convert(text)

    converted.pattern = pattern  # type: ignore[attr-defined]
    return converted


def duration(text: str) -> timedelta:
    """Return ``30 seconds`` or ``1 minute`` as a duration."""
    number, unit = text.split()
    return timedelta(**{UNITS[unit.removesuffix("s")]: int(number)})


def block_end(text: str) -> str | None:
    """Return the time of day at which a block ends; ``None`` for one that does not."""
    return None if text == "for good" else text.removeprefix("until ")


def shown_user_id(text: str) -> str | None:
    return None if text == "no user id" else text.split('"')[1]


def later(text: str) -> timedelta:
    return duration(text.removesuffix(" later").strip()) if text else timedelta()


def count(text: str) -> int:
    return NUMBERS[text.split(maxsplit=1)[0]]


def register() -> None:
    """Register every parameter type under the name that the sentences use."""
    numbers = "|".join(NUMBERS)
    units = "|".join(UNITS)
    register_type(
        Name=shaped(r"[A-Z][a-z]+", str),
        Text=shaped(r'[^"]*', str),
        Duration=shaped(rf"\d+ (?:{units})s?", duration),
        Later=shaped(rf"(?: \d+ (?:{units})s? later)?", later),
        BlockEnd=shaped(r"for good|until \d\d:\d\d", block_end),
        ShownUserId=shaped(r'no user id|the user id "[^"]*"', shown_user_id),
        Codes=shaped(rf"(?:{numbers}) (?:sign-up )?codes?", count),
        Attempts=shaped(rf"(?:{numbers}) attempts?(?: is| are)?", count),
        Phones=shaped(rf"(?:{numbers}) phones?", count),
        Rules=shaped(rf"(?:{numbers}) broken rules?", count),
        Times=choice(vocabulary.TIMES),
        Channel=choice(vocabulary.CHANNELS),
        Code=choice(vocabulary.CODES),
        Card=choice(vocabulary.CARDS),
        Via=choice(vocabulary.VIAS),
        Contact=choice(vocabulary.CONTACTS),
        Kind=choice(people.KINDS),
        KindWith=choice(people.KINDS_WITH),
        HowToStart=choice(vocabulary.HOW_TO_START),
        Point=choice(vocabulary.POINTS),
        Question=choice(vocabulary.QUESTIONS),
        Factors=choice(vocabulary.FACTORS),
        Detail=choice(vocabulary.DETAILS),
        Reason=choice(vocabulary.REASONS),
        PhoneReason=choice(vocabulary.PHONE_REASONS),
        Field=choice(vocabulary.FIELDS),
        Token=choice(vocabulary.TOKENS),
        BrokenRule=choice(vocabulary.BROKEN_RULES),
        Opening=choice(vocabulary.OPENINGS),
        Completion=choice(vocabulary.COMPLETIONS),
        AppAction=choice(vocabulary.APP_ACTIONS),
        Working=choice(vocabulary.WORKING),
        Status=choice(vocabulary.STATUSES),
        Dealing=choice(circumstances.DEALINGS),
        OutOfUse=choice(circumstances.OUT_OF_USE),
        Asker=choice(circumstances.ASKERS),
        Possibility=choice(vocabulary.POSSIBILITIES),
        News=choice(vocabulary.NEWS),
        Request=choice(circumstances.REQUESTS),
        Trouble=choice(circumstances.TROUBLES),
        PushTrouble=choice(circumstances.PUSH_TROUBLES),
        Rule=choice(circumstances.RULES),
        CodeShape=choice(vocabulary.CODE_SHAPES),
        Page=choice(vocabulary.PAGES),
        System=choice(outages.SYSTEMS),
        Outage=choice(outages.OUTAGES),
    )
