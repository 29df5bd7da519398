"""The Entersekt TSG, as the middleware uses it (device registration, steps 0 to 3)."""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Meta

from orchestrator.policies import OrchestratorPolicies
from orchestrator.state import check_qr_payload
from simulators.kit.wire.client import Reply, UpstreamFailure
from simulators.kit.work import Work

SERVICE = "tsg"
CREATED, OK, DELETED, NOT_FOUND, CONFLICT = 201, 200, 204, 404, 409

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class SignUpCode:
    """A sign-up code as the TSG gave it; ``completion`` is how it says it will make the code's use known."""

    sign_up_code: Annotated[str, Meta(min_length=1)]
    qr_payload: Annotated[str, Meta(min_length=1)]
    expires_at: Annotated[datetime, Meta(tz=True)]
    completion: str = "push"

    def __post_init__(self) -> None:
        check_qr_payload(self.qr_payload)

    @property
    def must_be_polled(self) -> bool:
        return self.completion in ("poll", "both")


@dataclass(frozen=True)
class PolledSignUp:
    """How a sign-up stands; of one that is CLAIMED, nothing else is checked yet."""

    status: Literal["UNCLAIMED", "CLAIMED", "EXPIRED", "VOID"]
    subject_id: Any = None
    credential: Any = None


class Revoked(Exception):
    """The TSG has revoked this subject for good."""


def is_registered(work: Work, subject_id: str) -> bool:
    """Tell whether the device is registered (Q2, subject_info)."""
    reply = _ask(work, "POST", "/tsg/subject_info", _with_service(work, subject_id=subject_id))
    if reply.status == NOT_FOUND and reply.body.get("error") == "SUBJECT_NOT_FOUND":
        return False
    registered = _usable(reply, OK).body.get("registered")
    if not isinstance(registered, bool):
        raise UpstreamFailure(SERVICE, "did not say whether the subject is registered")
    return registered


def sign_up(work: Work, external_reference: str) -> SignUpCode:
    """Ask for a sign-up code that is linked to our reference (P1.1)."""
    policy = work.world.policies(OrchestratorPolicies).sign_up
    wanted = _with_service(
        work,
        external_reference=external_reference,
        complexity={"length": policy.length, "charset": policy.charset},
        expires_in=int(policy.lifetime.total_seconds()),
    )
    reply = _usable(_ask(work, "POST", "/tsg/sign_up", wanted), CREATED)
    return _convert(reply, SignUpCode, "gave no usable sign-up code")


def poll_sign_up(work: Work, external_reference: str) -> PolledSignUp:
    """Ask how the sign-up with our reference stands."""
    wanted = _with_service(work, external_reference=external_reference)
    reply = _usable(_ask(work, "POST", "/tsg/poll_sign_up", wanted), OK)
    return _convert(reply, PolledSignUp, "did not say how the sign-up stands")


def void(work: Work, code: str) -> None:
    """Void a sign-up code; a code that is gone already needs no voiding."""
    _usable(_ask(work, "DELETE", f"/tsg/sign_up/{quote(code, safe='')}"), DELETED, NOT_FOUND)


def register(work: Work, subject_id: str) -> None:
    """Register the user by subject_id (P3.1). Raises Revoked, or UpstreamFailure when the TSG did not do it."""
    reply = _ask(work, "POST", "/tsg/register", _with_service(work, subject_id=subject_id))
    if reply.status == CONFLICT and reply.body.get("error") == "SUBJECT_REVOKED":
        raise Revoked(subject_id)
    if _usable(reply, OK).body.get("registered") is not True:
        raise UpstreamFailure(SERVICE, "did not say that it registered the subject")


def _with_service(work: Work, **fields: Any) -> dict[str, Any]:
    return {"service_id": work.world.policies(OrchestratorPolicies).service_id, **fields}


def _ask(work: Work, method: str, path: str, body: Any = None) -> Reply:
    """Ask the TSG with the institution's API key, in both ways: installations accept the one or the other."""
    key = work.settings.credentials["tsg_api_key"]
    user = work.world.policies(OrchestratorPolicies).service_id
    basic = base64.b64encode(f"{user}:{key}".encode()).decode()
    return work.ask(SERVICE, method, path, body, headers={"X-API-Key": key, "Authorization": f"Basic {basic}"})


def _usable(reply: Reply, *expected: int) -> Reply:
    """Return an answer with one of the expected statuses. Raises UpstreamFailure for any other."""
    if reply.status not in expected:
        raise UpstreamFailure(SERVICE, f"answered {reply.status} {reply.body.get('error', '')}".strip())
    return reply


def _convert(reply: Reply, kind: type[Answer], complaint: str) -> Answer:
    try:
        return msgspec.convert(reply.body, kind)
    except msgspec.ValidationError as error:
        raise UpstreamFailure(SERVICE, f"{complaint}: {error}") from error
