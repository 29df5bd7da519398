"""The Entersekt TSG, as the middleware uses it (device registration, steps 0, 1 and 3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from msgspec import Meta

from orchestrator.policies import OrchestratorPolicies
from simulators.kit.http import Reply, UpstreamFailure
from simulators.kit.work import Work

SERVICE = "tsg"
NOT_FOUND = 404
CONFLICT = 409


@dataclass(frozen=True)
class SignUpCode:
    """A sign-up code as the TSG gave it."""

    sign_up_code: Annotated[str, Meta(min_length=1)]
    qr_payload: Annotated[str, Meta(min_length=1)]
    expires_at: Annotated[datetime, Meta(tz=True)]

    @property
    def code(self) -> str:
        return self.sign_up_code


class Revoked(Exception):
    """The TSG has revoked this subject for good."""


def is_registered(work: Work, subject_id: str) -> bool:
    """Tell whether the device is registered (Q2, subject_info)."""
    reply = _ask(work, "POST", "/tsg/subject_info", _with_service(work, subject_id=subject_id))
    if reply.status == NOT_FOUND and reply.body.get("error") == "SUBJECT_NOT_FOUND":
        return False
    registered = _usable(reply, 200).body.get("registered")
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
    body = _usable(_ask(work, "POST", "/tsg/sign_up", wanted), 201).body
    try:
        return msgspec.convert(body, SignUpCode)
    except msgspec.ValidationError as error:
        raise UpstreamFailure(SERVICE, f"gave no usable sign-up code: {error}") from error


def void(work: Work, code: str) -> None:
    """Void a sign-up code; one that is gone already is fine."""
    _usable(_ask(work, "DELETE", f"/tsg/sign_up/{quote(code, safe='')}"), 204, 404)


def register(work: Work, subject_id: str) -> None:
    """Register the user by subject_id (P3.1). Raises Revoked, or UpstreamFailure when the TSG did not do it."""
    reply = _ask(work, "POST", "/tsg/register", _with_service(work, subject_id=subject_id))
    if reply.status == CONFLICT and reply.body.get("error") == "SUBJECT_REVOKED":
        raise Revoked(subject_id)
    if _usable(reply, 200).body.get("registered") is not True:
        raise UpstreamFailure(SERVICE, "did not say that it registered the subject")


def _with_service(work: Work, **fields: Any) -> dict[str, Any]:
    return {"service_id": work.world.policies(OrchestratorPolicies).service_id, **fields}


def _ask(work: Work, method: str, path: str, body: Any = None) -> Reply:
    return work.ask(SERVICE, method, path, body, headers={"X-API-Key": work.settings.tsg_api_key})


def _usable(reply: Reply, *expected: int) -> Reply:
    if reply.status not in expected:
        raise UpstreamFailure(SERVICE, f"answered {reply.status} {reply.body.get('error', '')}".strip())
    return reply
