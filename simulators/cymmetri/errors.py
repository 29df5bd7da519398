"""How Cymmetri tells a refusal: the shape and status of its errors, and on what each of them rests."""

from collections.abc import Mapping

from flask import request

from simulators.cymmetri.envelopes import Envelope
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.wire_profiles import PUBLISHED_ERRORS, PUBLISHED_STATUSES
from simulators.kit.clock import parse
from simulators.kit.errors import Refusal
from simulators.kit.models import Basis
from simulators.kit.web.openapi import Bases
from simulators.kit.wire.instants import write_instant
from simulators.kit.worlds import World

REGISTRATION, AUTHENTICATION = "REGSRVC", "AUTHSRVC"
AUTHENTICATION_PATH = "/ciamauthsrvc/"
SERVER_ERROR = 500

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
    """Return a refusal's status; by policy ciamregsrvc's business errors have 200. An outage is no business error."""
    as_200 = world.policies(CymmetriPolicies).errors_as_200 and _service_at(request.path) == REGISTRATION
    return 200 if as_200 and refusal.status < SERVER_ERROR else refusal.status


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
