"""What the features' phrases stand for."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from simulators.cymmetri.otp_challenges import code_of, issue
from simulators.cymmetri.policies import OtpPolicy
from steps.support.circumstances import SEED_OF_EQUAL_CODES
from steps.support.masks import mask
from steps.support.parameter_types import choices, day, duration, instant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 seconds", timedelta(seconds=30)),
        ("1 second", timedelta(seconds=1)),
        ("4 minutes and 59 seconds", timedelta(minutes=4, seconds=59)),
        ("28.5 seconds", timedelta(seconds=28, milliseconds=500)),
        ("just under 5 minutes", timedelta(minutes=4, seconds=59, milliseconds=999)),
        ("2 days", timedelta(days=2)),
    ],
)
def test_a_duration_is_the_sum_of_its_parts_or_just_less(text, expected):
    assert duration(text) == expected


def test_days_months_and_instants_are_told_apart():
    assert day("6 January 2008") == date(2008, 1, 6)
    assert day("January 2026") == date(2026, 1, 1)
    assert instant("31 January 2026, 23:59:59") == datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("text", ["a", "a or b", "a, b or c", "a, b, or c"])
def test_several_choices_are_listed_as_one_says_them(text):
    kind = choices({"a": 1, "b": 2, "c": 3})
    assert re.fullmatch(kind.pattern, text)  # type: ignore[attr-defined]
    assert kind(text) == [1, 2, 3][: len(re.findall("[abc]", text))]


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("asha.rao@example.test", "a•••@example.test"),
        ("+919000012345", "+91••••••2345"),
        ("+6591234567", "+65••••4567"),
    ],
)
def test_a_mask_shows_the_beginning_and_the_end(contact, shown):
    assert mask(contact) == shown


def test_by_the_chosen_chance_the_second_code_would_be_the_first_one_again():
    def made(number, earlier=()):
        return issue(
            str(SEED_OF_EQUAL_CODES), number, registration="r", cif="1", channel="EMAIL", sent_to="a@b.test",
            policy=OtpPolicy(), now=datetime(2026, 1, 5, 9, tzinfo=UTC), earlier=earlier,
        )  # fmt: skip

    assert code_of(made(2)) == code_of(made(1))
    assert code_of(made(2, [made(1)])) != code_of(made(1))
