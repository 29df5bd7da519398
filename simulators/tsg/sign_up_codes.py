"""Sign-up codes: how they are drawn, and what a code that a phone sends is worth (device registration, step 2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode

from simulators.kit import seeds
from simulators.kit.errors import Refusal
from simulators.tsg.policies import Charset, SignUpCodePolicy
from simulators.tsg.records import SignUpCode

ALPHABETS: dict[Charset, str] = {"NUMERIC": "0123456789", "ALPHANUMERIC": "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"}
"""ALPHANUMERIC is without 0, O, 1 and I, which people confuse."""

Verdict = Literal["valid", "unknown", "voided", "other_service", "expired", "used"]
PolledStatus = Literal["UNCLAIMED", "CLAIMED", "EXPIRED", "VOID"]


@dataclass(frozen=True)
class Form:
    """The length of a code, and its characters."""

    length: int
    charset: Charset


def form(policy: SignUpCodePolicy, length: int | None, charset: Charset | None) -> Form:
    """Return the form of a code: what was asked for, else the policy's. Raises Refusal (``VALIDATION_FAILED``, 400)."""
    wanted = policy.length if length is None else length
    if not policy.min_length <= wanted <= policy.max_length:
        message = f"complexity.length must be from {policy.min_length} to {policy.max_length}."
        raise Refusal("VALIDATION_FAILED", 400, message, field="complexity.length")
    return Form(wanted, charset or policy.charset)


def draw_code(seed: str, form: Form, number: int, draw: int) -> str:
    """Return the code of the world's ``number``-th sign-up at its ``draw``-th draw."""
    return seeds.pick(seed, ALPHABETS[form.charset], form.length, "sign-up-code", number, draw)


def qr_payload(service_id: str, code: str) -> str:
    """Return the text of a code's QR image, which the app reads."""
    return "transakt://sign-up?" + urlencode({"serviceId": service_id, "code": code})


def is_live(code: SignUpCode, now: datetime) -> bool:
    """Tell whether a phone can use the code: it can until the instant at which it expires."""
    return code.status == "UNCLAIMED" and now < code.expires_at


def polled_status(code: SignUpCode, now: datetime) -> PolledStatus:
    """Return how a sign-up stands, for an institution that polls."""
    return "EXPIRED" if code.status == "UNCLAIMED" and not is_live(code, now) else code.status


def verdict(code: SignUpCode | None, service_id: str, now: datetime) -> Verdict:
    """Return the verdict on a code that a phone sent for a service; ``code`` is the TSG's latest record of it."""
    if code is None:
        return "unknown"
    if code.service_id != service_id:
        return "other_service"
    if code.status == "VOID":
        return "voided"
    if code.status == "CLAIMED":
        return "used"
    return "valid" if is_live(code, now) else "expired"
