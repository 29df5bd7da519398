"""Cymmetri's calls as a direct client makes them, each with an example of its body."""

import json
from dataclasses import dataclass

from registration_sandbox.console.play.acting import Message
from registration_sandbox.console.play.notices import Notice
from registration_sandbox.worlds.personas import PersonaState

CALLS = {
    "checkIdentity": "POST", "VerifyEmailOtp": "POST", "resendOtpEmail": "POST", "VerifyMobileOtp": "POST",
    "resendOtpMobile": "POST", "mfa/list": "GET", "authenticateUser": "POST", "existingUserId": "GET",
    "saveuserid": "POST", "validatePassword": "POST", "setIbPassword": "POST",
}  # fmt: skip
"""The calls below webRegistration in the document's order, with their methods."""

TOKEN_CHOICES = (
    ("newest", "the newest one"),
    ("former", "the one before"),
    ("forged", "a forged one"),
    ("none", "none"),
)
"""Which staged token a call is made with."""

GOOD_PASSWORD = "Monsoon-42-Umbrella"  # noqa: S105
"""What the helpers fill in: it follows the rules that a bank has unless its world says otherwise."""


@dataclass(frozen=True)
class DirectReply:
    """Cymmetri's answer to a direct call, as the client sees it."""

    call: str
    notice: Notice
    status: int
    body: str


def suggest_user_id(who: PersonaState) -> str:
    return f"user.{who.cif[-4:]}"


def body_examples(who: PersonaState, messages: list[Message]) -> dict[str, str]:
    """Return a body for each call, filled with what the person knows, and with the newest codes that came to them."""
    codes = {channel: _newest_code(messages, channel) for channel in ("email", "sms")}
    bodies = {
        "checkIdentity": {"deviceId": "tester", "type": "CIF", "id": who.cif},
        "VerifyEmailOtp": {"otp": codes["email"]},
        "VerifyMobileOtp": {"otp": codes["sms"]},
        "authenticateUser": _card(who),
        "saveuserid": {"userId": suggest_user_id(who)},
        "validatePassword": {"password": GOOD_PASSWORD},
        "setIbPassword": {"password": GOOD_PASSWORD, "confirmPassword": GOOD_PASSWORD},
    }
    return {call: json.dumps(bodies.get(call, {})) if method == "POST" else "" for call, method in CALLS.items()}


def _card(who: PersonaState) -> dict[str, str]:
    if not who.cards:
        return {"mfaType": "DEBIT_CARD", "cardLast4": "0000", "expiry": "0130", "pin": "0000"}
    card = who.cards[0]
    secret = {"pin": card.pin} if card.type == "DEBIT" else {"cvv": card.cvv}
    return {"mfaType": f"{card.type}_CARD", "cardLast4": card.last4, "expiry": card.expiry, **secret}


def _newest_code(messages: list[Message], channel: str) -> str:
    return next((m.code for m in messages if m.channel == channel and m.code and m.purpose != "sign-up-code"), "000000")
