"""The types of the parameters in the sentences: what text each one takes, and what that text stands for."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from behave import register_type

from registration_sandbox.drivers.vocabulary import BrokenRule, Field, PhoneStatus, Possibility, Reason
from steps.support import (
    bank_rules,
    circumstances,
    client_acts,
    code_desk,
    device_vocabulary,
    homemade_phone,
    outages,
    own_receiver,
    people,
    pictures,
    tester,
    vocabulary,
)

NAME = r"""[^\W\d_a-z][^\s,.;:"]*"""
"""A person's name, in any alphabet: Zoë, O'Brien, Anne-Marie."""

NUMBERS = {
    "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
}  # fmt: skip
SEPARATOR = "(?:, or |, | or )"

UNITS = {"second": "seconds", "minute": "minutes", "hour": "hours", "day": "days"}
A_DURATION = rf"\d+(?:\.\d)? (?:{'|'.join(UNITS)})s?"
JUST_UNDER, THE_REST = "just under ", timedelta(milliseconds=1)
"""What is missing from a duration that is not quite over: the smallest part of it that the bank's systems know."""

DAY, TIME = "%d %B %Y", "%H:%M:%S"


def choice(phrases: Mapping[str, Any]) -> Callable[[str], Any]:
    """Return a parameter type that is one of the phrases and converts to what the phrase stands for."""

    def convert(text: str) -> Any:
        return phrases[text]

    longest_first = sorted(phrases, key=len, reverse=True)
    convert.pattern = "|".join(map(re.escape, longest_first))  # type: ignore[attr-defined]
    return convert


def choices(phrases: Mapping[str, Any]) -> Callable[[str], list[Any]]:
    """Return a parameter type that is some of the phrases: "enter the code, or ask for another code"."""
    one = choice(phrases).pattern  # type: ignore[attr-defined]

    def convert(text: str) -> list[Any]:
        return [phrases[phrase] for phrase in re.split(SEPARATOR, text)]

    convert.pattern = f"(?:{one})(?:{SEPARATOR}(?:{one}))*"  # type: ignore[attr-defined]
    return convert


def member(words: type[StrEnum]) -> Callable[[str], Any]:
    """Return a parameter type that is one of a vocabulary's words."""
    return choice({word.value: word for word in words})


def shape(pattern: str, convert: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a parameter type that has a shape."""

    def read(text: str) -> Any:
        return convert(text)

    read.pattern = pattern  # type: ignore[attr-defined]
    return read


def duration(text: str) -> timedelta:
    """Return ``30 seconds``, ``4 minutes and 59 seconds`` or ``just under 5 minutes`` as a duration."""
    parts = (part.split() for part in text.removeprefix(JUST_UNDER).split(" and "))
    whole = sum((timedelta(**{UNITS[unit.removesuffix("s")]: float(number)}) for number, unit in parts), timedelta())
    return whole - THE_REST if text.startswith(JUST_UNDER) else whole


def clock_error(text: str) -> timedelta:
    """Return ``300 seconds fast`` as a duration, which is negative for a clock that is slow."""
    length, _, direction = text.rpartition(" ")
    return duration(length) if direction == "fast" else -duration(length)


def instant(text: str) -> datetime:
    """Return ``31 January 2026, 23:59:59`` as an instant."""
    return datetime.strptime(text, f"{DAY}, {TIME}").replace(tzinfo=UTC)


def day(text: str) -> date:
    """Return ``5 January 2008``, or ``January 2026`` as its first day, as a date."""
    return datetime.strptime(text if text[0].isdigit() else f"1 {text}", DAY).replace(tzinfo=UTC).date()


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
    durations = f"(?:{JUST_UNDER})?{A_DURATION}(?: and {A_DURATION})*"
    register_type(
        Name=shape(NAME, str),
        Text=shape(r'[^"]*', str),
        Duration=shape(durations, duration),
        Later=shape(rf"(?: {durations} later)?", later),
        Instant=shape(r"\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d:\d\d", instant),
        Day=shape(r"\d{1,2} [A-Z][a-z]+ \d{4}", day),
        Month=shape(r"[A-Z][a-z]+ \d{4}", day),
        Number=shape(r"[1-9]\d*", int),
        BlockEnd=shape(r"for good|until \d\d:\d\d", block_end),
        ShownUserId=shape(r'no user id|the user id "[^"]*"', shown_user_id),
        Codes=shape(rf"(?:{numbers}) (?:sign-up )?codes?", count),
        MoreCodes=shape(rf"(?:{numbers}) more codes?", count),
        Digits=shape(rf"(?:{numbers}) digits", count),
        SomeCodes=shape(rf"(?:{numbers}) sign-up codes", count),
        Attempts=shape(rf"(?:{numbers}) attempts?(?: is| are)?", count),
        ClientMessage=choice(vocabulary.CLIENT_MESSAGES),
        Messages=shape(rf"(?:{numbers}) messages?", count),
        Phones=shape(rf"(?:{numbers}) phones?", count),
        Rules=shape(rf"(?:{numbers}) broken rules?", count),
        Reason=member(Reason),
        BrokenRule=member(BrokenRule),
        Field=member(Field),
        Status=member(PhoneStatus),
        Possibility=member(Possibility),
        Possibilities=choices({each.value: each for each in Possibility}),
        Times=choice(vocabulary.TIMES),
        Channel=choice(vocabulary.CHANNELS),
        Code=choice(vocabulary.CODES),
        MessageKind=choice(vocabulary.MESSAGE_KINDS),
        Bound=choice(vocabulary.BOUNDS),
        Deed=choice(vocabulary.DEEDS),
        PhoneEvent=choice(device_vocabulary.EVENTS),
        Script=choice(vocabulary.SCRIPTS),
        Card=choice(vocabulary.CARDS),
        Unusable=shape("replaced|hotlisted|expired", str),
        Detail=choice(vocabulary.CARD_DETAILS),
        Via=choice(vocabulary.VIAS),
        Contact=choice(vocabulary.CONTACTS),
        HowToStart=choice(vocabulary.HOW_TO_START),
        Point=choice(vocabulary.POINTS),
        Proofs=choice(vocabulary.PROOFS),
        Typing=choice(vocabulary.TYPINGS),
        PasswordWith=choice(vocabulary.PASSWORDS),
        CardSlip=choice(vocabulary.CARD_SLIPS),
        ClientAct=choice(client_acts.CLIENT_ACTS),
        ClientActs=choices({name: name for name in client_acts.ACTS}),
        Token=choice(client_acts.TOKENS),
        LoginToken=choice(client_acts.LOGIN_TOKENS),
        Completion=choice(device_vocabulary.COMPLETIONS),
        PhoneFlaw=choice(device_vocabulary.PHONE_FLAWS),
        ClockError=shape(rf"\d+ (?:{'|'.join(UNITS)})s? (?:slow|fast)", clock_error),
        Credential=choice(device_vocabulary.CREDENTIALS),
        Arrival=choice(device_vocabulary.ARRIVALS),
        Receiver=choice(device_vocabulary.RECEIVERS),
        Spelling=choice(device_vocabulary.SPELLINGS),
        PhoneAct=choice(device_vocabulary.PHONE_ACTS),
        Errand=choice(device_vocabulary.ERRANDS),
        Outcome=choice(vocabulary.OUTCOMES),
        Working=choice(vocabulary.WORKING),
        News=choice(vocabulary.NEWS),
        CodeShape=choice(vocabulary.CODE_SHAPES),
        Page=choice(vocabulary.PAGES),
        Kind=choice(people.KINDS),
        KindWith=choice(people.KINDS_WITH),
        Dealing=choice(circumstances.DEALINGS),
        OutOfUse=choice(circumstances.OUT_OF_USE),
        Demand=choice(circumstances.DEMANDS),
        Desk=choice(code_desk.DESKS),
        CodeForm=choice(code_desk.CODE_FORMS),
        Standing=choice(code_desk.STANDINGS),
        CertificateRequest=choice(homemade_phone.CERTIFICATE_REQUESTS),
        Manner=choice(homemade_phone.MANNERS),
        RetryDate=choice(own_receiver.RETRY_DATES),
        Picture=choice(pictures.PICTURES),
        Request=choice(circumstances.REQUESTS),
        Trouble=choice(circumstances.TROUBLES),
        PushTrouble=choice(circumstances.PUSH_TROUBLES),
        Rule=choice(bank_rules.RULES),
        Chance=choice(tester.CHANCES),
        Seed=choice(tester.SEEDS),
        Naming=choice(tester.NAMINGS),
        NumberSlip=choice(tester.SLIPS),
        PasswordSlip=choice(tester.PASSWORD_SLIPS),
        Address=choice(vocabulary.ADDRESSES),
        System=choice(outages.SYSTEMS),
        Outage=choice(outages.KINDS),
    )
