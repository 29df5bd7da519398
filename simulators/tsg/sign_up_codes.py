"""Sign-up codes: how they are drawn, and how one that a phone sends is judged (device registration, steps 1 and 2)."""

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


@dataclass(frozen=True)
class Form:
    """What a code looks like."""

    length: int
    charset: Charset


def form(policy: SignUpCodePolicy, length: int | None, charset: Charset | None) -> Form:
    """Return the form of a code that was asked for. Raises Refusal when its length is out of bounds."""
    asked = policy.length if length is None else length
    if not policy.min_length <= asked <= policy.max_length:
        words = f"complexity.length must be from {policy.min_length} to {policy.max_length}."
        raise Refusal("VALIDATION_FAILED", 400, words, field="complexity.length")
    return Form(asked, charset or policy.charset)


def drawn(seed: str, form: Form, number: int, draw: int) -> str:
    """Return the code of the world's ``number``-th sign-up at its ``draw``-th draw."""
    return seeds.pick(seed, ALPHABETS[form.charset], form.length, "sign-up-code", number, draw)


def qr_payload(service_id: str, code: str) -> str:
    """Return what the QR image of a code says to the app."""
    return "transakt://sign-up?" + urlencode({"serviceId": service_id, "code": code})


def is_live(code: SignUpCode, now: datetime) -> bool:
    """Tell whether a phone could still use the code."""
    return code.status == "UNCLAIMED" and now < code.expires_at


def verdict(code: SignUpCode | None, service_id: str, now: datetime) -> Verdict:
    """Judge a code that a phone sent for a service; ``code`` is what the TSG knows under it."""
    if code is None:
        return "unknown"
    if code.service_id != service_id:
        return "other_service"
    if code.status == "VOID":
        return "voided"
    if code.status == "CLAIMED":
        return "used"
    return "valid" if is_live(code, now) else "expired"
