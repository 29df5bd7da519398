"""Which phone a request comes from: the one whose emCert's key signed it (RFC 9421)."""

from datetime import UTC, datetime

from simulators.kit.errors import Refusal
from simulators.kit.web.call import Call
from simulators.kit.wire.phone_signatures import (
    CONTENT_DIGEST,
    SIGNATURE,
    SIGNATURE_INPUT,
    TOLERANCE,
    BadSignature,
    SignedRequest,
    check,
    claim_of,
)
from simulators.tsg import emcerts, tables
from simulators.tsg.records import Subject, UsedNonce

LONGEST_NONCE = 128


def find_signer(call: Call, branch: str | None = None) -> Subject:
    """Return the subject that signed the request.

    Raises Refusal (``PROOF_NOT_ACCEPTED``, 401) when the signature is missing, by another key, over something else,
    more than five minutes away, or was used before, and when the emCert is unknown or has expired. The answer does not
    say which; the journal does, under ``branch``.
    """
    try:
        return _find_signer(call)
    except BadSignature as bad:
        call.decide(branch, "phone.proof", problem=str(bad))
        message = (
            "The request must be signed with the key of a valid emCert (RFC 9421), within five minutes, unaltered and "
            "only once. The journal says which of these failed."
        )
        raise Refusal("PROOF_NOT_ACCEPTED", 401, message) from bad


def _find_signer(call: Call) -> Subject:
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
        raise BadSignature("its keyid is no emCert of this TSG")
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
