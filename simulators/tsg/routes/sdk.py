"""What the phones ask of the TSG through the app SDK (device registration, step 2)."""

from simulators.kit.web.api import Answer, Api
from simulators.kit.web.call import Call
from simulators.kit.web.credentials import PHONE_SIGNATURE
from simulators.kit.web.tags import Tag
from simulators.tsg import emcerts
from simulators.tsg.models import EmCert
from simulators.tsg.sdk_models import NewEmCert, SdkSignUp, SdkSignUpSent, SdkStatus
from simulators.tsg.steps import certify_phone, complete_sign_up
from simulators.tsg.steps.verify_phone import find_signer

PROOF_REJECTED = "DR-2.14"

api = Api(Tag("app SDK", "What the phones ask of the TSG."), (PHONE_SIGNATURE,))


@api.operation(
    "POST", "/sdk/emcert", body=NewEmCert, answer=EmCert, status=201,
    refusals=[(400, "VALIDATION_FAILED"), (400, "INVALID_CSR")], security=(),
)  # fmt: skip
def post_emcert(call: Call, new: NewEmCert) -> EmCert:
    """Issue an emCert over a phone's P-256 key; the request proves that the phone holds it."""
    subject = certify_phone.certify(call, new.csr, new.device.os, new.device.model)
    return EmCert(subject.subject_id, subject.chain, emcerts.chain_in_der(subject.chain))


@api.operation(
    "POST", "/sdk/signup", body=SdkSignUp, answer=SdkSignUpSent, status=202, secrets=["credential"],
    refusals=[
        (400, "VALIDATION_FAILED"), (401, "PROOF_NOT_ACCEPTED"), (404, "SIGN_UP_CODE_INVALID"),
        (409, "SIGN_UP_CODE_USED"), (409, "SUBJECT_REVOKED"), (410, "SIGN_UP_CODE_EXPIRED"),
        (429, "TOO_MANY_ATTEMPTS"),
    ],
)  # fmt: skip
def post_signup(call: Call, new: SdkSignUp) -> Answer:
    """Take in a sign-up code with the app's credential, and tell the institution (step 2, Q2 and R2.1).

    The phone signs the request with its emCert's key by RFC 9421: ``@method``, ``@path`` and ``content-digest``
    (RFC 9530, sha-256), with ``created``, a ``nonce`` used once, ``keyid`` (the emCertID) and
    ``alg="ecdsa-p256-sha256"``. The credential is the app's own, a string or an object, and may be left out.
    """
    complete_sign_up.complete(call, find_signer(call, PROOF_REJECTED), new)
    return Answer(SdkSignUpSent(True, new.serviceId), 202)


@api.operation("GET", "/sdk/status", answer=SdkStatus, refusals=[(401, "PROOF_NOT_ACCEPTED")])
def get_status(call: Call) -> SdkStatus:
    """Tell a phone its state; signed as ``/sdk/signup`` is, over an empty body."""
    subject = find_signer(call)
    return SdkStatus(subject.subject_id, subject.state, subject.state == "registered")
