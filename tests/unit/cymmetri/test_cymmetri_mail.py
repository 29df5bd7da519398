"""The messages that carry an OTP."""

from datetime import UTC, datetime, timedelta

import pytest

from simulators.cymmetri.mail import message, text
from simulators.cymmetri.otp_challenges import issue
from simulators.cymmetri.policies import OtpPolicy


@pytest.mark.parametrize(
    ("channel", "medium", "purpose"), [("EMAIL", "email", "email-otp"), ("MOBILE", "sms", "mobile-otp")]
)
def test_a_message_carries_its_code_and_says_what_it_is_for(channel, medium, purpose):
    now = datetime(2026, 1, 5, tzinfo=UTC)
    challenge = issue("7", 1, registration="r", cif="1", channel=channel, policy=OtpPolicy(), now=now)
    sent = message(challenge, "to", "Asha Rao")
    assert (sent["channel"], sent["purpose"], sent["to"], sent["code"]) == (medium, purpose, "to", challenge.code)
    assert challenge.code in sent["body"]
    assert "Asha Rao" in sent["body"]


@pytest.mark.parametrize(("seconds", "words"), [(60, "1 minute."), (61, "2 minutes."), (300, "5 minutes.")])
def test_a_message_says_how_long_its_code_holds(seconds, words):
    assert words in text("Asha", "123456", timedelta(seconds=seconds))
