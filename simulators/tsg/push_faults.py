"""What a fault does to a push on its way out (``kit.faults.effects.push``)."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from msgspec import UNSET

from simulators.kit import seeds
from simulators.kit.faults import Effect
from simulators.kit.webhooks import SECRET_PREFIX, TOLERANCE

REORDER = "reorder"
STALE_BY = 2 * TOLERANCE


@dataclass(frozen=True)
class Sending:
    """One try of a push: what is sent, how it is signed, how often, and after how many seconds."""

    message: dict[str, Any]
    secret: str
    signed_at: datetime
    copies: int = 1
    wait: float = 0.0


def struck(sending: Sending, effect: Effect | None, seed: str) -> Sending:
    """Return the try as a fault leaves it."""
    if effect is None or effect.name == REORDER:
        return sending
    return _EFFECTS[effect.name](sending, effect, seed)


def _delay(sending: Sending, effect: Any, seed: str) -> Sending:
    del seed
    return replace(sending, wait=effect.milliseconds() / 1000)


def _duplicate(sending: Sending, effect: Effect, seed: str) -> Sending:
    del seed
    return replace(sending, copies=effect.value)


def _drop(sending: Sending, effect: Effect, seed: str) -> Sending:
    del effect, seed
    return replace(sending, copies=0)


def _tamper(sending: Sending, effect: Effect, seed: str) -> Sending:
    del seed
    data = dict(sending.message["data"])
    if effect.value.remove is UNSET:
        data[effect.value.field] = effect.value.value
    else:
        data.pop(effect.value.field, None)
    return replace(sending, message={**sending.message, "data": data})


def _bad_signature(sending: Sending, effect: Effect, seed: str) -> Sending:
    del effect
    other = base64.b64encode(seeds.derive(seed, "another-push-secret")).decode()
    return replace(sending, secret=SECRET_PREFIX + other)


def _stale_timestamp(sending: Sending, effect: Effect, seed: str) -> Sending:
    del effect, seed
    return replace(sending, signed_at=sending.signed_at - STALE_BY)


_EFFECTS: dict[str, Callable[[Sending, Any, str], Sending]] = {
    "delay": _delay,
    "duplicate": _duplicate,
    "drop": _drop,
    "tamper": _tamper,
    "bad_signature": _bad_signature,
    "stale_timestamp": _stale_timestamp,
}
