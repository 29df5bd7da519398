"""The app SDK: what a phone asks of the TSG, signed with its emCert's key."""

from typing import Any
from urllib.parse import urlsplit

import msgspec

from simulators.handset import keys
from simulators.handset.records import Handset, Order
from simulators.kit import seeds
from simulators.kit.errors import Refusal
from simulators.kit.http import Reply, UpstreamFailure
from simulators.kit.phone_signatures import signed
from simulators.kit.work import Work

TSG = "tsg"
CREDENTIAL_TYPE = "emCert"
CREATED, ACCEPTED = 201, 202
REFUSED, SERVER_ERROR = 400, 500


def emcert_for(work: Work, number: int, os: str, model: str) -> str:
    """Have the TSG certify the key of the world's ``number``-th phone; return the emCertID.

    Raises UpstreamFailure when the TSG is down, Refusal when it refuses.
    """
    csr = keys.signing_request(keys.key_of(work.world.seed, number), model)
    work.commit()
    reply = _checked(work.ask(TSG, "POST", "/sdk/emcert", {"csr": csr, "device": {"os": os, "model": model}}), CREATED)
    if not reply.ok:
        raise refusal(reply)
    emcert_id = reply.body.get("emCertID")
    if not isinstance(emcert_id, str):
        raise UpstreamFailure(TSG, "answered without an emCertID")
    return emcert_id


def send_sign_up(work: Work, handset: Handset, order: Order) -> Reply:
    """Send a sign-up with the phone's credential and return the TSG's answer. Raises UpstreamFailure."""
    credential = {"type": CREDENTIAL_TYPE, "subjectId": handset.emcert_id}
    body = msgspec.json.encode(
        {"serviceId": order.service_id, "signupCode": order.code, "credential": credential}, order="sorted"
    )
    headers = _signed(work, handset, "POST", "/sdk/signup", body, stolen=order.misbehave == "wrong_key")
    headers["Content-Type"] = "application/json"
    if order.misbehave == "altered_body":
        body += b" "
    if order.misbehave == "replay":
        _checked(work.ask(TSG, "POST", "/sdk/signup", raw=body, headers=headers), ACCEPTED)
    return _checked(work.ask(TSG, "POST", "/sdk/signup", raw=body, headers=headers), ACCEPTED)


def is_registered(work: Work, handset: Handset) -> bool | None:
    """Ask the TSG whether the phone is registered; None when it does not say. Raises UpstreamFailure."""
    reply = work.ask(TSG, "GET", "/sdk/status", headers=_signed(work, handset, "GET", "/sdk/status", b""))
    registered = reply.body.get("registered")
    return registered if isinstance(registered, bool) else None


def upstream_code(reply: Reply) -> str:
    """Return the TSG's name for why it refused."""
    return str(reply.body.get("error") or reply.body.get("code") or f"HTTP_{reply.status}")


def refusal(reply: Reply) -> Refusal:
    """Return the TSG's refusal as the phone tells it: the same status, the TSG's own code in ``upstream_code``."""
    code = upstream_code(reply)
    words = str(reply.body.get("error_description") or reply.body.get("detail") or f"The TSG answered {reply.status}.")
    details: dict[str, Any] = {"upstream_code": code}
    headers = {"Retry-After": reply.headers["retry-after"]} if "retry-after" in reply.headers else {}
    return Refusal(code, reply.status, words, details=details, headers=headers)


def _checked(reply: Reply, done: int) -> Reply:
    """Return an answer that means something to the SDK: done, or refused. Raises UpstreamFailure for any other."""
    if reply.status >= SERVER_ERROR or (reply.status < REFUSED and reply.status != done):
        raise UpstreamFailure(TSG, f"answered {reply.status}")
    return reply


def _signed(
    work: Work, handset: Handset, method: str, path: str, body: bytes, *, stolen: bool = False
) -> dict[str, str]:
    """Return the signature of a request, and commit: the nonce is not used again."""
    seed = work.world.seed
    nonce = seeds.derive_hex(seed, "nonce", handset.number, work.tx.next("nonce"))
    work.commit()
    key = keys.stolen_key(seed, handset.number) if stolen else keys.key_of(seed, handset.number)
    sent_path = urlsplit(work.settings.url(TSG)).path + path
    return signed(key, handset.emcert_id, method=method, path=sent_path, body=body, now=work.now, nonce=nonce)
