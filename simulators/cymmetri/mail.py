"""The messages that carry an OTP, and handing them to the mail and SMS gateway."""

from datetime import timedelta
from typing import Any

from simulators.cymmetri.otp_challenges import Challenge, Channel, minutes
from simulators.cymmetri.outages import TRY_LATER
from simulators.kit.errors import Refusal
from simulators.kit.http import UpstreamFailure
from simulators.kit.work import Work

SENDER = "cymmetri"
_SUBJECT = "Your code to register"
_MEDIUM = {"EMAIL": "email", "MOBILE": "sms"}
_PURPOSE = {"EMAIL": "email-otp", "MOBILE": "mobile-otp"}


def text(name: str, code: str, lifetime: timedelta) -> str:
    until = minutes(lifetime)
    return (
        f"Dear {name}, {code} is your code to register for internet banking. It holds for {until} "
        f"minute{'s' if until > 1 else ''}. Nobody from the bank will ever ask you for it."
    )


def message(challenge: Challenge, to: str, name: str) -> dict[str, Any]:
    """Return the message that carries an OTP, as the gateway takes it."""
    return {
        "channel": _MEDIUM[challenge.channel],
        "to": to,
        "subject": _SUBJECT if challenge.channel == "EMAIL" else "",
        "body": text(name, challenge.code, challenge.lifetime),
        "code": challenge.code,
        "purpose": _PURPOSE[challenge.channel],
        "sender": SENDER,
    }


def hand_over(work: Work, challenge: Challenge, to: str, name: str) -> bool:
    """Hand an OTP to the gateway; return whether it was taken. The same challenge is delivered once."""
    key = {"Idempotency-Key": f"{SENDER}-{challenge.id}"}
    try:
        return work.ask("mailroom", "POST", "/messages", message(challenge, to, name), headers=key).ok
    except UpstreamFailure:
        return False


def not_sent(channel: Channel, data: Any) -> Refusal:
    """Refuse with what the step would have answered, so that the customer can ask for another OTP with its token."""
    resend = "resendOtpEmail" if channel == "EMAIL" else "resendOtpMobile"
    words = f"The code could not be sent just now. Ask for another with {resend}."
    return Refusal("OTP_NOT_SENT", 503, words, data=data, headers=TRY_LATER)
