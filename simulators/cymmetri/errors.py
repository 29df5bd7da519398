"""How Cymmetri tells a refusal: the shape and status of its errors, and on what each of them rests."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import request

from simulators.cymmetri.envelopes import Envelope
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.wire_profiles import PUBLISHED_ERRORS, PUBLISHED_STATUSES
from simulators.kit.clock import parse
from simulators.kit.errors import Refusal
from simulators.kit.models import Basis
from simulators.kit.web.openapi import Bases
from simulators.kit.wire.instants import write_instant
from simulators.kit.world import World

REGISTRATION, AUTHENTICATION = "REGSRVC", "AUTHSRVC"
AUTHENTICATION_PATH = "/ciamauthsrvc/"
SERVER_ERROR = 500

UNREAD = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
"""The statuses of requests whose bodies are not read, or not to their end."""

RETRY_LATER: Mapping[str, str] = {"Retry-After": "5"}
"""The header that says when to try again, in seconds (RFC 9110, section 10.2.3)."""


def shape(refusal: Refusal, now: str) -> Envelope:
    """Return a refusal in the envelope; ``errorMeta`` names the field and tells what a program may use."""
    meta = ({"field": refusal.field} if refusal.field else {}) | refusal.details
    return Envelope(
        success=False,
        data=refusal.data,
        message=refusal.message,
        errorCode=f"{_service_at(request.path)}.{refusal.code}",
        errorMeta=meta or None,
        timestamp=write_instant(parse(now)),
    )


def status_of(refusal: Refusal, world: World) -> int:
    """Return a refusal's status; by policy ciamregsrvc's business errors have 200.

    Neither an outage is a business error, nor what is refused before anybody has looked at what it says.
    """
    as_200 = world.policies(CymmetriPolicies).errors_as_200 and _service_at(request.path) == REGISTRATION
    is_business = refusal.status < SERVER_ERROR and refusal.status not in UNREAD
    return 200 if as_200 and is_business else refusal.status


def code_at(path: str, reason: str) -> str:
    """Return the error code for a reason at a path: ``REGSRVC.INVALID_OTP``."""
    return f"{_service_at(path)}.{reason}"


def basis_of_status(status: int) -> Basis:
    """Return on what it rests that an operation answers with a status."""
    return "published" if status in PUBLISHED_STATUSES else "assumed"


def basis_of_code(code: str) -> Basis:
    """Return on what an error code rests. The vendor's own are those of the wire profile ``published``."""
    return "published" if code in PUBLISHED_ERRORS.values() else "assumed"


BASES = Bases(
    basis_of_status,
    basis_of_code,
    code_at,
    headers={"tenant": "assumed", "locLatitude": "published", "locLongitude": "published"},
)


def _service_at(path: str) -> str:
    return AUTHENTICATION if path.startswith(AUTHENTICATION_PATH) else REGISTRATION
