"""The messages that Cymmetri sends: OTPs, and what a customer is told of a registration or a block."""

from datetime import datetime, timedelta
from typing import Any, Literal

from msgspec import Struct

from simulators.cymmetri.otp_challenges import code_of, minutes
from simulators.cymmetri.records import Challenge
from simulators.kit.wire.instants import write_instant

SENDER = "cymmetri"
Medium = Literal["email", "sms"]
Notice = Literal["registered", "user-blocked"]
"""The purpose of a message that carries no code."""


class NoticeMessage(Struct):
    """A message that carries no code, as the gateway takes it."""

    channel: Medium
    to: str
    subject: str
    body: str
    purpose: Notice
    sender: str


_MEDIUM: dict[str, Medium] = {"EMAIL": "email", "MOBILE": "sms"}
_PURPOSE = {"EMAIL": "email-otp", "MOBILE": "mobile-otp"}
_OTP_SUBJECT = "Your code to register"
_NOTICE_SUBJECT: dict[Notice, str] = {
    "registered": "You are registered for internet banking",
    "user-blocked": "Your access to internet banking is blocked",
}


def otp_message(challenge: Challenge, name: str) -> dict[str, Any]:
    """Return the message that carries an OTP, as the gateway takes it."""
    code = code_of(challenge)
    return {
        "channel": _MEDIUM[challenge.channel],
        "to": challenge.sent_to,
        "subject": _OTP_SUBJECT if challenge.channel == "EMAIL" else "",
        "body": otp_text(name, code, challenge.lifetime),
        "code": code,
        "purpose": _PURPOSE[challenge.channel],
        "sender": SENDER,
    }


def otp_text(name: str, code: str, lifetime: timedelta) -> str:
    """Return the text of a message that carries an OTP."""
    until = minutes(lifetime)
    return (
        f"Dear {name}, {code} is your code to register for internet banking. It is valid for {until} "
        f"minute{'s' if until > 1 else ''}. Nobody from the bank will ever ask you for it."
    )


def notice_message(notice: Notice, medium: Medium, to: str, text: str) -> dict[str, Any]:
    """Return a message that carries no code, as the gateway takes it."""
    return {
        "channel": medium,
        "to": to,
        "subject": _NOTICE_SUBJECT[notice] if medium == "email" else "",
        "body": text,
        "purpose": notice,
        "sender": SENDER,
    }


def registered_text(name: str) -> str:
    """Return what a customer is told who has just registered."""
    return f"Dear {name}, you are registered for internet banking. If this was not you, call the bank at once."


def blocked_text(name: str, until: datetime | None) -> str:
    """Return what a customer is told who has just been blocked; ``until`` is ``None`` for a block without an end."""
    end = f"It ends at {write_instant(until)}." if until else "Visit a branch of the bank to have it lifted."
    return (
        f"Dear {name}, your access to internet banking is blocked after too many wrong attempts. {end} "
        "If these were not yours, call the bank."
    )
