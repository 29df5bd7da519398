"""The messages that Cymmetri sends."""

from datetime import UTC, datetime, timedelta

import pytest

from simulators.cymmetri.messages import blocked_text, notice_message, otp_message, otp_text, registered_text
from simulators.cymmetri.otp_challenges import code_of, issue
from simulators.cymmetri.policies import OtpPolicy

NOW = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("channel", "medium", "purpose", "subject"),
    [("EMAIL", "email", "email-otp", "Your code to register"), ("MOBILE", "sms", "mobile-otp", "")],
)
def test_a_message_carries_its_code_and_says_what_it_is_for(channel, medium, purpose, subject):
    challenge = issue("7", 1, registration="r", cif="1", channel=channel, sent_to="to", policy=OtpPolicy(), now=NOW)
    sent, code = otp_message(challenge, "Asha Rao"), code_of(challenge)
    assert sent == {
        "channel": medium, "to": "to", "subject": subject, "body": otp_text("Asha Rao", code, OtpPolicy().lifetime),
        "code": code, "purpose": purpose, "sender": "cymmetri",
    }  # fmt: skip


@pytest.mark.parametrize(("seconds", "words"), [(60, "1 minute."), (61, "2 minutes."), (300, "5 minutes.")])
def test_a_message_says_how_long_its_code_holds(seconds, words):
    assert words in otp_text("Asha", "123456", timedelta(seconds=seconds))


def test_only_an_email_has_a_subject():
    assert notice_message("registered", "email", "a@b.test", "hello") == {
        "channel": "email", "to": "a@b.test", "subject": "You are registered for internet banking", "body": "hello",
        "purpose": "registered", "sender": "cymmetri",
    }  # fmt: skip
    assert notice_message("registered", "sms", "+91", "hello")["subject"] == ""


def test_a_customer_is_told_what_happened_and_until_when():
    assert registered_text("Asha Rao") == (
        "Dear Asha Rao, you are registered for internet banking. If this was not you, call the bank at once."
    )
    assert blocked_text("Asha Rao", NOW) == (
        "Dear Asha Rao, your access to internet banking is blocked after too many wrong attempts. "
        "It ends at 2026-01-05T00:00:00.000Z. If these were not yours, call the bank."
    )
    assert ". Visit a branch of the bank to have it lifted. If" in blocked_text("Asha Rao", None)


def test_a_message_warns_of_who_asks_for_its_code():
    assert otp_text("Asha Rao", "123456", timedelta(minutes=1)) == (
        "Dear Asha Rao, 123456 is your code to register for internet banking. It is valid for 1 minute. "
        "Nobody from the bank will ever ask you for it."
    )
