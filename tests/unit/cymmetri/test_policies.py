"""Cymmetri's policies: each says what it is for and between which bounds it lies."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from simulators.cymmetri.policies import CymmetriPolicies, OtpPolicy, PasswordPolicy, UserIdPolicy, block_ends
from simulators.kit.policies import duration_bounds

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def decoded(given, kind=CymmetriPolicies):
    return msgspec.convert(CymmetriPolicies.with_preset(given) if kind is CymmetriPolicies else given, kind)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"otp": {"digits": 3}}, "otp.digits"),
        ({"otp": {"digits": 11}}, "otp.digits"),
        ({"otp": {"lifetime": "PT0.999S"}}, "lifetime must be between PT1S and P3650D"),
        ({"otp": {"lifetime": "P3650DT1S"}}, "lifetime must be between PT1S and P3650D"),
        ({"otp": {"resend_after": "-PT1S"}}, "resend_after must be between"),
        ({"otp": {"max_sent": 0}}, "otp.max_sent"),
        ({"otp": {"max_sent": 2**63}}, "otp.max_sent"),
        ({"otp": {"max_sent_window": "PT0S"}}, "max_sent_window"),
        ({"min_age": -1}, "min_age"),
        ({"min_age": 121}, "min_age"),
        ({"login": {"idle": "PT0S"}}, "idle must be between"),
        ({"user_id": {"min_length": 5, "max_length": 4}}, "min_length is greater than max_length"),
        ({"user_id": {"pattern": "["}}, "no regular expression"),
        ({"user_id": {"pattern": "(a)\\1"}}, "no regular expression"),
        ({"user_id": {"pattern": "x" * 501}}, "pattern"),
        ({"password": {"max_length": 7}}, "min_length is greater than max_length"),
        ({"password": {"min_digits": 40, "min_specials": 24}}, "more characters than max_length allows"),
        ({"password": {"min_upper": 63, "min_lower": 2, "min_digits": 0, "min_specials": 0}}, "more characters"),
        ({"preset": "iso"}, "preset"),
        ({"wire": "theirs"}, "'theirs' is no profile; shipped are ours, published, dotnet-sdk"),
        ({"wire": {"instants": "%H:%M"}}, "must tell day and time to the second"),
    ],
)
def test_what_is_out_of_bounds_is_refused_by_its_name(given, problem):
    with pytest.raises(msgspec.ValidationError) as error:
        decoded(given)
    assert problem in str(error.value)


def test_both_ends_of_a_duration_are_within_its_bounds():
    assert OtpPolicy(lifetime=timedelta(seconds=1)).lifetime == timedelta(seconds=1)
    assert OtpPolicy(lifetime=timedelta(days=3650), resend_after=timedelta()).resend_after == timedelta()
    assert duration_bounds(OtpPolicy)["resend_after"][0] == timedelta()


@pytest.mark.parametrize(
    ("kind", "given", "message"),
    [
        (UserIdPolicy, {"min_length": 5, "max_length": 4}, "min_length is greater than max_length"),
        (PasswordPolicy, {"min_length": 65}, "min_length is greater than max_length"),
        (
            PasswordPolicy,
            {"min_digits": 40, "min_specials": 23},
            "min_digits, min_specials and the letters ask for more characters than max_length allows",
        ),
    ],
)
def test_lengths_that_no_text_can_have_are_refused(kind, given, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        kind(**given)


def test_the_shortest_text_may_be_the_longest():
    assert UserIdPolicy(min_length=4, max_length=4).max_length == 4
    assert PasswordPolicy(min_digits=40, min_specials=22).max_length == 64


@pytest.mark.parametrize(
    ("block", "length"),
    [("PT1S", timedelta(seconds=1)), ("P3650D", timedelta(days=3650)), ("PT30M", timedelta(minutes=30))],
)
def test_the_shortest_and_the_longest_block_are_some(block, length):
    assert block_ends(block, NOW) == NOW + length


@pytest.mark.parametrize("block", ["PT0.999S", "P3650DT0.001S"])
def test_a_block_beyond_its_bounds_is_refused(block):
    with pytest.raises(ValueError, match=f"^{block!r} is neither permanent nor a duration such as PT30M$"):
        block_ends(block, NOW)


@pytest.mark.parametrize("section", [None, "strong", 7])
def test_a_preset_leaves_a_section_that_is_none_to_be_refused(section):
    assert CymmetriPolicies.with_preset({"preset": "nist", "password": section})["password"] == section


def test_a_preset_sets_what_a_world_does_not_set_itself():
    assert decoded({}).password == PasswordPolicy()
    nist = decoded({"preset": "nist"}).password
    assert (nist.min_length, nist.min_digits, nist.min_upper, nist.disallowed_characters) == (15, 0, 0, "")
    assert nist.refuse_common == 3000
    own = decoded({"preset": "nist", "password": {"min_length": 8, "min_digits": 1}}).password
    assert (own.min_length, own.min_digits, own.min_upper) == (8, 1, 0)
    assert decoded({"preset": "nist"}).user_id == UserIdPolicy()


def test_a_block_ends_at_the_millisecond_that_is_told():
    end = block_ends("PT30M", NOW + timedelta(microseconds=1))
    assert end == NOW + timedelta(minutes=30, milliseconds=1)
    assert block_ends("PT30M", NOW) == NOW + timedelta(minutes=30)
