"""Cymmetri's envelope, which every answer comes in, and the shape and status of its errors."""

from typing import Any, TypeVar

from flask import request

from simulators.cymmetri.answers import Envelope
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.kit.errors import Refusal
from simulators.kit.work import Work
from simulators.kit.worlds import World

REGISTRATION, AUTHENTICATION = "REGSRVC", "AUTHSRVC"
AUTHENTICATION_PATH = "/ciamauthsrvc/"
SERVER_ERROR = 500

Answer = TypeVar("Answer", bound=Envelope)


def answered(work: Work, kind: type[Answer], message: str, data: Any, **more: Any) -> Answer:
    """Return a success in the envelope."""
    return kind(success=True, data=data, message=message, timestamp=work.now_text, **more)


def shape(refusal: Refusal, now: str) -> Envelope:
    """Return a refusal in the envelope; ``errorMeta`` names the field and tells what a program may use."""
    meta = ({"field": refusal.field} if refusal.field else {}) | refusal.details
    return Envelope(
        success=False,
        data=refusal.data,
        message=refusal.message,
        errorCode=f"{_asked_service()}.{refusal.code}",
        errorMeta=meta or None,
        timestamp=now,
    )


def status_of(refusal: Refusal, world: World) -> int:
    """Return a refusal's status; by policy ciamregsrvc's business errors have 200. An outage is no business error."""
    as_200 = world.policies(CymmetriPolicies).errors_as_200 and _asked_service() == REGISTRATION
    return 200 if as_200 and refusal.status < SERVER_ERROR else refusal.status


def _asked_service() -> str:
    return AUTHENTICATION if request.path.startswith(AUTHENTICATION_PATH) else REGISTRATION
