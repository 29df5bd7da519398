"""Cymmetri's ciamregsrvc, as the middleware uses it (web registration, steps 1 to 11)."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import msgspec

from orchestrator.policies import OrchestratorPolicies
from simulators.cymmetri.wire_profiles import translator
from simulators.kit.numbers import read_number
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work

BASE = "/ciamregsrvc/webRegistration"
PREFIX = "REGSRVC."
SERVER_ERROR = 500

_BEARER = re.compile(r"[\x21-\x7e]+")
"""What can be sent as a bearer token (RFC 6750, section 2.1, generously read)."""

STATUS_OF = {
    "USER_NOT_FOUND": 404, "USER_BLOCKED": 423, "VALIDATION_FAILED": 400, "UPSTREAM_UNAVAILABLE": 503,
    "EMAIL_NOT_REGISTERED": 409, "MOBILE_NOT_REGISTERED": 409, "OTP_NOT_SENT": 503, "CUSTOMER_NOT_ELIGIBLE": 403,
    "IDENTITY_AMBIGUOUS": 409, "TOO_MANY_CODES": 429, "INVALID_OTP": 401, "OTP_EXPIRED": 401, "UNAUTHORIZED": 401,
    "SESSION_EXPIRED": 401, "STEP_OUT_OF_ORDER": 409, "RESEND_TOO_SOON": 429, "RESEND_LIMIT_REACHED": 429,
    "AUTHENTICATION_FAILED": 401, "FACTOR_NOT_AVAILABLE": 400, "USER_ID_ALREADY_EXISTS": 409, "INVALID_USER_ID": 400,
    "PASSWORD_POLICY_VIOLATION": 422, "PASSWORD_MISMATCH": 400,
}  # fmt: skip
"""Every reason in the contract of Cymmetri, with its status; any other answer is undocumented."""


@dataclass(frozen=True)
class CymmetriReply:
    """An answer of Cymmetri in the contract's names; ``code`` is empty on success, ``wire_code`` is as it was sent."""

    code: str
    message: str
    data: dict[str, Any]
    meta: dict[str, Any] = field(default_factory=dict)
    branches: list[str] = field(default_factory=list)
    retry_after: int | None = None
    wire_code: str = ""

    @property
    def ok(self) -> bool:
        return not self.code

    @property
    def reason(self) -> str:
        return self.code.removeprefix(PREFIX)

    @property
    def known(self) -> bool:
        """Whether the reason is one of the contract's."""
        return self.code.startswith(PREFIX) and self.reason in STATUS_OF

    @property
    def token(self) -> str | None:
        """The next step's staged token, where there is one that can be used."""
        token = self.data.get("token")
        return token if isinstance(token, str) and _BEARER.fullmatch(token) else None

    def require(self, name: str, *kinds: type) -> None:
        """Raise UpstreamFailure unless the data has a field, of one of these kinds: what is missing is no "no"."""
        if name not in self.data or not isinstance(self.data[name], kinds):
            raise UpstreamFailure("cymmetri", f"answered a success without a usable {name}")


def call(
    work: Work,
    method: str,
    operation: str,
    body: Any = None,
    token: str | None = None,
    *,
    expected: Collection[str] = (),
) -> CymmetriReply:
    """Make one of the ``webRegistration`` calls, as the installation's wire profile has it.

    ``expected`` are the reasons that the operation may be refused for, and its branches. Raises UpstreamFailure when
    there is no envelope in the answer.
    """
    headers = {"tenant": "sandbox"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    path = f"{BASE}/{operation}"
    profile = translator(work.world.policies(OrchestratorPolicies).cymmetri_wire)
    if profile is None:
        reply = work.ask("cymmetri", method, path, body, headers=headers)
        envelope, wire_code = reply.body, reply.body.get("errorCode")
    else:
        body = profile.write_request(_plain(body))
        reply = work.ask("cymmetri", method, profile.write_path(path), body, headers=headers)
        envelope, wire_code = profile.read_answer(reply.body, expected), profile.code_in(reply.body)
        if isinstance(envelope.get("errorCode"), str) and envelope["errorCode"] in STATUS_OF:
            envelope["errorCode"] = PREFIX + envelope["errorCode"]
    if not isinstance(envelope.get("success"), bool):
        raise UpstreamFailure("cymmetri", f"answered {reply.status} without its envelope", reply)
    succeeded = envelope["success"] and reply.ok
    data, meta = envelope.get("data"), envelope.get("errorMeta")
    if succeeded and not isinstance(data, dict):
        raise UpstreamFailure("cymmetri", "answered a success without data")
    code = "" if succeeded else str(envelope.get("errorCode") or f"HTTP.{reply.status}")
    if reply.status >= SERVER_ERROR and code.removeprefix(PREFIX) not in STATUS_OF:
        raise UpstreamFailure("cymmetri", f"answered {reply.status} {code}", reply)
    return CymmetriReply(
        code=code,
        message=str(envelope.get("message") or ""),
        data=data if isinstance(data, dict) else {},
        meta=meta if isinstance(meta, dict) else {},
        branches=reply.branches,
        retry_after=read_number(reply.headers.get("retry-after", "")),
        wire_code="" if succeeded else str(wire_code or code),
    )


def _plain(body: Any) -> Any:
    return None if body is None else msgspec.to_builtins(body)
