"""The rules of one-time passwords."""

from datetime import UTC, datetime, timedelta

import pytest

from simulators.cymmetri.otp_challenges import issue, judge, minutes, resends, resends_left, seconds_to_wait
from simulators.cymmetri.policies import OtpPolicy

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
POLICY = OtpPolicy()


def code(number=1, policy=POLICY, earlier=(), seed="7", **more):
    return issue(
        seed, number, registration="r", cif="1", channel="EMAIL", policy=policy, now=NOW, earlier=earlier, **more
    )


def test_a_code_comes_from_the_seed_and_its_number():
    assert code().code == code().code
    assert len({code(number).code for number in range(1, 6)} | {code(seed="8").code}) == 6


def test_worlds_of_one_seed_have_the_same_codes_under_different_ids():
    assert code(salt="a").code == code(salt="b").code
    assert code(salt="a").id != code(salt="b").id


def test_a_new_code_is_never_an_earlier_one():
    first = code()
    assert code(earlier=[first]).code != first.code
    earlier = [code(number, OtpPolicy(digits=4)) for number in range(1, 300)]
    assert code(300, OtpPolicy(digits=4), earlier).code not in {challenge.code for challenge in earlier}


@pytest.mark.parametrize("digits", [4, 6, 8, 10])
def test_a_code_has_the_digits_that_the_policy_wants(digits):
    text = code(policy=OtpPolicy(digits=digits)).code
    assert len(text) == digits
    assert text.isdigit()


def test_a_code_is_right_until_it_expires():
    challenge = code()
    end = NOW + POLICY.lifetime
    assert judge(challenge.code, challenge, [], end - timedelta(microseconds=1)) == "correct"
    assert judge(challenge.code, challenge, [], end) == "expired"
    assert judge("wrong", challenge, [], end) == "expired"


def test_a_void_code_is_told_from_a_wrong_one():
    old, current = code(1), code(2)
    assert judge(old.code, current, [old], NOW) == "void"
    assert judge("\u0967" * 6, current, [old], NOW) == "wrong"


def test_what_no_gateway_took_is_no_resend():
    sent, failed = code(1), code(2)
    failed.failed = True
    assert [resends(codes) for codes in ([sent], [failed], [sent, failed], [sent, sent], [failed, sent])] == [
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
    set_back = [seconds_to_wait(challenge, POLICY, NOW - timedelta(seconds=before)) for before in (1, 3600)]
    assert set_back == [31, 0]
    challenge.failed = True
    assert seconds_to_wait(challenge, POLICY, NOW) == 0


def test_minutes_are_rounded_up():
    assert [minutes(timedelta(seconds=seconds)) for seconds in (1, 60, 61)] == [1, 1, 2]
