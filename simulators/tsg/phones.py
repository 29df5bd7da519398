"""Which phone a request comes from: the one whose emCert's key signed it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy
from simulators.kit.phone_signatures import (
    CONTENT_DIGEST,
    SIGNATURE,
    SIGNATURE_INPUT,
    TOLERANCE,
    BadSignature,
    SignedRequest,
    check,
    claim_of,
)
from simulators.tsg import emcerts
from simulators.tsg.records import Subject, UsedNonce

if TYPE_CHECKING:
    from simulators.tsg import tables
else:
    tables = lazy("simulators.tsg.tables")

LONGEST_NONCE = 128


def signer(call: Call) -> Subject:
    """Return the subject that signed the request.

    Raises Refusal (``INVALID_SIGNATURE``, 401) when the signature is missing, by another key, over something else,
    more than five minutes away, or was used before. Which of these it was stands in the journal only.
    """
    try:
        return _signer(call)
    except BadSignature as bad:
        call.decide(None, "phone.signature", problem=str(bad))
        raise untrusted() from bad


def untrusted() -> Refusal:
    words = (
        "The request must be signed with the emCert's key (RFC 9421), its body unaltered, lately and once. "
        "The journal tells which of these it was not."
    )
    return Refusal("INVALID_SIGNATURE", 401, words)


def _signer(call: Call) -> Subject:
    headers = call.request.headers
    request = SignedRequest(
        call.request.method,
        call.request.root_path + call.request.path,
        call.request.get_data(cache=True),
        headers.get(CONTENT_DIGEST, ""),
        headers.get(SIGNATURE_INPUT, ""),
        headers.get(SIGNATURE, ""),
    )
    claim = claim_of(request)
    subject = call.tx.get(tables.subjects, Subject, subject_id=claim.key_id)
    if subject is None:
        raise BadSignature("its keyid is no emCert of ours")
    check(claim, request, emcerts.public_key_of(subject.chain[0]), call.now)
    if call.now > subject.valid_until:
        raise BadSignature("its emCert has expired")
    _use_nonce(call, subject.subject_id, claim.nonce, datetime.fromtimestamp(claim.created, UTC))
    return subject


def _use_nonce(call: Call, subject_id: str, nonce: str, created: datetime) -> None:
    """Remember a nonce for as long as its signature stays fresh. Raises BadSignature when it was used before."""
    if not 0 < len(nonce) <= LONGEST_NONCE:
        raise BadSignature(f"its nonce is not 1 to {LONGEST_NONCE} characters long")
    call.tx.run(tables.forget_old_nonces, subject_id=subject_id, now=call.now_text)
    if call.tx.get(tables.used_nonces, UsedNonce, subject_id=subject_id, nonce=nonce) is not None:
        raise BadSignature("its nonce was used before")
    call.tx.insert(tables.used_nonces, UsedNonce(subject_id, nonce, created + TOLERANCE))
