"""The rules of one-time passwords."""

from datetime import UTC, datetime, timedelta

import pytest

from simulators.cymmetri.otp_challenges import (
    code_of,
    count_resends,
    issue,
    judge,
    minutes,
    read_code,
    resends_left,
    seconds_to_wait,
    sent_limit_ends,
    whole_seconds,
)
from simulators.cymmetri.policies import OtpPolicy
from simulators.cymmetri.records import Challenge

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
POLICY = OtpPolicy()


def code(number=1, policy=POLICY, earlier=(), seed="7", **more):
    return issue(
        seed,
        number,
        registration="r",
        cif="1",
        channel="EMAIL",
        sent_to="a@b.test",
        policy=policy,
        now=NOW,
        earlier=earlier,
        **more,
    )


def test_a_code_comes_from_the_seed_and_its_number():
    assert code_of(code()) == code_of(code())
    assert len({code_of(code(number)) for number in range(1, 6)} | {code_of(code(seed="8"))}) == 6


def test_an_otp_is_the_same_in_every_version():
    made = code()
    assert made == Challenge(
        id="2c89fdecf6a0ae97c525ca4b27fc57cd", number=1, registration="r", cif="1", channel="EMAIL", sent_to="a@b.test",
        secret="3D6MGCVUFCNIO6IYYQWKM72B5UF342KD", digits=6, issued_at=NOW, expires_at=NOW + timedelta(minutes=5),
    )  # fmt: skip
    assert code_of(made) == "175880"


def test_an_otp_has_an_id_of_its_own():
    made = [code(), code(2), code(seed="8"), code(salt="a")]
    assert len({each.id for each in made}) == 4


def test_worlds_of_one_seed_have_the_same_codes_under_different_ids():
    assert code_of(code(salt="a")) == code_of(code(salt="b"))
    assert code(salt="a").id != code(salt="b").id


def test_a_new_code_is_never_an_earlier_one():
    first = code()
    assert code_of(code(earlier=[first])) != code_of(first)
    earlier = [code(number, OtpPolicy(digits=4)) for number in range(1, 300)]
    assert code_of(code(300, OtpPolicy(digits=4), earlier)) not in {code_of(challenge) for challenge in earlier}


@pytest.mark.parametrize("digits", [4, 6, 8, 10])
def test_a_code_has_the_digits_that_the_policy_wants(digits):
    text = code_of(code(policy=OtpPolicy(digits=digits)))
    assert len(text) == digits
    assert text.isdigit()


def test_a_code_is_right_until_it_expires():
    challenge = code()
    end = NOW + POLICY.lifetime
    assert judge(code_of(challenge), challenge, [], end - timedelta(microseconds=1)) == "correct"
    assert judge(code_of(challenge), challenge, [], end) == "expired"
    assert judge("wrong", challenge, [], end) == "expired"


def test_a_void_code_is_told_from_a_wrong_one():
    old, current = code(1), code(2)
    assert judge(code_of(old), current, [old], NOW) == "void"
    assert judge("\u0967" * 6, current, [old], NOW) == "wrong"


def test_what_no_gateway_took_is_no_resend():
    sent, failed = code(1), code(2)
    failed.failed = True
    assert [count_resends(codes) for codes in ([sent], [failed], [sent, failed], [sent, sent], [failed, sent])] == [
        0,
        0,
        0,
        1,
        0,
    ]
    assert resends_left([sent] * 9, POLICY) == 0


def test_another_code_must_be_waited_for_unless_the_last_one_failed():
    challenge = code()
    waits = [seconds_to_wait(challenge, POLICY, NOW + timedelta(seconds=after)) for after in (0, 29.5, 30, 31)]
    assert waits == [30, 1, 0, 0]
    set_back = [seconds_to_wait(challenge, POLICY, NOW - timedelta(seconds=before)) for before in (1, 30, 31)]
    assert set_back == [31, 60, 0]
    challenge.failed = True
    assert seconds_to_wait(challenge, POLICY, NOW) == 0


def test_minutes_are_rounded_up():
    assert [minutes(timedelta(seconds=seconds)) for seconds in (1, 60, 61)] == [1, 1, 2]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("123456", "123456"), ("123 456", "123456"), (" 123-456\n", "123456"), ("000000", "000000"),
        ("1\u00a02\u20133\u22124\u200b56", "123456"),
        ("", None), ("   ", None), ("12345", None), ("1234567", None), ("12345a", None),
        ("\u0967\u0968\u0969\u096a\u096b\u096c", None), ("12.345.6", None), ("+123456", None), ("\u00b2" * 6, None),
    ],
)  # fmt: skip
def test_what_was_typed_is_a_code_or_can_be_none(typed, code):
    assert read_code(typed, 6) == code


def test_a_customer_must_wait_until_fewer_codes_than_the_maximum_are_in_the_window():
    policy = OtpPolicy(max_sent=2, max_sent_window=timedelta(hours=1))
    first, second = code(1), code(2)
    second.issued_at = NOW + timedelta(minutes=10)
    assert sent_limit_ends([], policy) is None
    assert sent_limit_ends([second], policy) is None
    assert sent_limit_ends([second, first], policy) == NOW + timedelta(hours=1)


def test_seconds_are_never_rounded_down():
    assert [whole_seconds(timedelta(microseconds=us)) for us in (-1, 0, 1, 1_000_000, 1_000_001)] == [0, 0, 1, 1, 2]
