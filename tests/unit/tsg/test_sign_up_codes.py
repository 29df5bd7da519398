"""Sign-up codes and the throttling of guesses at them."""

from datetime import UTC, datetime, timedelta

import pytest

from simulators.kit.errors import Refusal
from simulators.tsg import guessing
from simulators.tsg.policies import SignUpCodePolicy
from simulators.tsg.records import SignUpCode, WrongGuess
from simulators.tsg.sign_up_codes import Form, draw_code, form, is_live, polled_status, qr_payload, verdict

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
WINDOW = timedelta(minutes=15)


def code(**changes):
    given = {"number": 1, "code": "12345678", "service_id": "bank", "external_reference": "asha"}
    return SignUpCode(**(given | {"status": "UNCLAIMED", "expires_at": NOW + SECOND} | changes))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (None, "unknown"),
        (code(), "valid"),
        (code(service_id="other"), "other_service"),
        (code(status="VOID"), "voided"),
        (code(status="CLAIMED"), "used"),
        (code(expires_at=NOW), "expired"),
        (code(status="CLAIMED", expires_at=NOW), "used"),
        (code(status="VOID", expires_at=NOW), "voided"),
    ],
)
def test_a_code_is_judged_by_what_became_of_it(known, expected):
    assert verdict(known, "bank", NOW) == expected


def test_a_form_that_is_not_asked_for_is_the_policys():
    assert form(SignUpCodePolicy(), None, None) == Form(8, "NUMERIC")
    assert form(SignUpCodePolicy(), 32, "ALPHANUMERIC") == Form(32, "ALPHANUMERIC")


@pytest.mark.parametrize("length", [4, 32])
def test_a_length_at_either_bound_is_given(length):
    assert form(SignUpCodePolicy(), length, None) == Form(length, "NUMERIC")


@pytest.mark.parametrize("length", [0, 3, 33])
def test_a_length_out_of_bounds_is_refused(length):
    with pytest.raises(Refusal) as refused:
        form(SignUpCodePolicy(), length, None)
    refusal = refused.value
    assert (refusal.code, refusal.status, refusal.field) == ("VALIDATION_FAILED", 400, "complexity.length")
    assert refusal.message == "complexity.length must be from 4 to 32."


@pytest.mark.parametrize("charset", ["NUMERIC", "ALPHANUMERIC"])
def test_codes_have_the_form_repeat_with_the_seed_and_differ_by_draw(charset):
    wanted = Form(32, charset)
    one = draw_code("7", wanted, 1, 0)
    assert len(one) == 32
    assert one.isdigit() == (charset == "NUMERIC")
    assert one == draw_code("7", wanted, 1, 0)
    others = {draw_code("8", wanted, 1, 0), draw_code("7", wanted, 2, 0), draw_code("7", wanted, 1, 1)}
    assert len(others | {one}) == 4


def test_a_code_is_the_same_in_every_version():
    assert draw_code("7", Form(8, "NUMERIC"), 1, 0) == "22665902"
    assert draw_code("7", Form(8, "ALPHANUMERIC"), 1, 0) == "G8R89TGP"


@pytest.mark.parametrize(
    ("known", "live", "polled"),
    [
        (code(), True, "UNCLAIMED"),
        (code(expires_at=NOW), False, "EXPIRED"),
        (code(status="CLAIMED"), False, "CLAIMED"),
        (code(status="CLAIMED", expires_at=NOW), False, "CLAIMED"),
        (code(status="VOID"), False, "VOID"),
    ],
)
def test_a_code_is_live_until_it_expires_unless_it_was_used_or_voided(known, live, polled):
    assert is_live(known, NOW) is live
    assert polled_status(known, NOW) == polled


def test_a_qr_payload_keeps_any_service_id():
    assert qr_payload("a&b c", "12") == "transakt://sign-up?serviceId=a%26b+c&code=12"


def guesses(*seconds_ago):
    return [WrongGuess(0, "phone", "bank", NOW - timedelta(seconds=seconds)) for seconds in seconds_ago]


def test_fewer_guesses_than_allowed_are_free():
    assert guessing.time_to_wait(guesses(1, 2, 3, 4), 5, WINDOW, NOW) is None


def test_the_wait_ends_when_the_oldest_of_the_allowed_guesses_leaves_the_window():
    assert guessing.time_to_wait(guesses(1, 2, 3, 4, 600, 800), 5, WINDOW, NOW) == timedelta(seconds=300)


def test_a_wait_is_never_shorter_than_a_second():
    assert guessing.time_to_wait(guesses(900), 1, WINDOW, NOW) == SECOND
