"""The app SDK: what a phone asks of the TSG, signed with its emCert's key."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec

from simulators.handset import keys
from simulators.handset.records import Handset, Misbehaviour, SignUpOrder
from simulators.kit import seeds
from simulators.kit.errors import Refusal
from simulators.kit.wire.client import Reply, UpstreamFailure
from simulators.kit.wire.phone_signatures import TOLERANCE, sign
from simulators.kit.work import Work

TSG = "tsg"
SIGN_UP, STATUS = "/sdk/signup", "/sdk/status"
CREATED, ACCEPTED = 201, 202
REFUSED, SERVER_ERROR = 400, 500
TOO_FAR = TOLERANCE + timedelta(seconds=1)

_CLOCK_ERRORS: dict[Misbehaviour, timedelta] = {"slow_clock": -TOO_FAR, "fast_clock": TOO_FAR}


def request_emcert(work: Work, number: int, os: str, model: str) -> str:
    """Have the TSG certify the key of the world's ``number``-th phone; return the emCertID.

    Raises UpstreamFailure when the TSG is down, Refusal when it refuses.
    """
    csr = keys.signing_request(keys.key_of(work.world.seed, number), model)
    body = {"csr": csr, "device": {"os": os, "model": model}}
    reply = _check_reply(work.ask(TSG, "POST", "/sdk/emcert", body), CREATED)
    if not reply.ok:
        raise refusal_of(reply)
    emcert_id = reply.body.get("emCertID")
    if not isinstance(emcert_id, str):
        raise UpstreamFailure(TSG, "answered without an emCertID")
    return emcert_id


def send_sign_up(work: Work, handset: Handset, order: SignUpOrder) -> Reply:
    """Send a sign-up and return the TSG's answer. Raises UpstreamFailure."""
    given = {} if order.credential is None else {"credential": order.credential}
    body = msgspec.json.encode({"serviceId": order.service_id, "signupCode": order.code, **given})
    headers = _sign(work, handset, "POST", SIGN_UP, body, order.misbehave)
    headers["Content-Type"] = "application/json"
    if order.misbehave == "altered_body":
        body += b" "
    if order.misbehave == "replay":
        _check_reply(work.ask(TSG, "POST", SIGN_UP, raw=body, headers=headers), ACCEPTED)
    return _check_reply(work.ask(TSG, "POST", SIGN_UP, raw=body, headers=headers), ACCEPTED)


def fetch_registered(work: Work, handset: Handset) -> bool | None:
    """Ask the TSG whether the phone is registered; None when the answer does not say. Raises UpstreamFailure."""
    reply = work.ask(TSG, "GET", STATUS, headers=_sign(work, handset, "GET", STATUS, b""))
    registered = reply.body.get("registered")
    return registered if isinstance(registered, bool) else None


def upstream_code(reply: Reply) -> str:
    """Return the TSG's code for its refusal."""
    return str(reply.body.get("error") or reply.body.get("code") or f"HTTP_{reply.status}")


def refusal_of(reply: Reply) -> Refusal:
    """Return the TSG's refusal as the phone reports it: the same status, the TSG's own code in ``upstream_code``."""
    code = upstream_code(reply)
    told = reply.body.get("error_description") or reply.body.get("detail") or f"The TSG answered {reply.status}."
    headers = {"Retry-After": reply.headers["retry-after"]} if "retry-after" in reply.headers else {}
    details: dict[str, Any] = {"upstream_code": code}
    return Refusal(code, reply.status, str(told), details=details, headers=headers)


def _check_reply(reply: Reply, success: int) -> Reply:
    """Return an answer that the SDK understands: a success or a refusal. Raises UpstreamFailure for any other."""
    if reply.status >= SERVER_ERROR or (reply.status < REFUSED and reply.status != success):
        raise UpstreamFailure(TSG, f"answered {reply.status}")
    return reply


def _sign(
    work: Work, handset: Handset, method: str, path: str, body: bytes, misbehave: Misbehaviour | None = None
) -> dict[str, str]:
    """Return the headers that sign a request, rightly or as ``misbehave`` says; its nonce is used this once."""
    if misbehave == "unsigned":
        return {}
    seed = work.world.seed
    return sign(
        keys.stolen_key(seed, handset.number) if misbehave == "wrong_key" else keys.key_of(seed, handset.number),
        seeds.derive_hex(seed, "foreign-emcert", length=64) if misbehave == "foreign_emcert" else handset.emcert_id,
        method=method,
        path=urlsplit(work.settings.url(TSG)).path + path,
        body=body,
        now=work.now + (_CLOCK_ERRORS.get(misbehave, timedelta()) if misbehave else timedelta()),
        nonce=seeds.derive_hex(seed, "nonce", handset.number, work.tx.next("nonce")),
    )
