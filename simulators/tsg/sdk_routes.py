"""What the phones ask of the TSG through the app SDK (device registration, step 2)."""

from typing import TYPE_CHECKING

from simulators.kit.api import Answer, Api
from simulators.kit.call import Call
from simulators.kit.lazy import lazy
from simulators.tsg import emcerts, phones, sign_up
from simulators.tsg.models import EmCert
from simulators.tsg.policies import TsgPolicies
from simulators.tsg.records import Subject
from simulators.tsg.sdk_models import NewEmCert, SdkSignUp, SdkSignUpSent, SdkStatus

if TYPE_CHECKING:
    from simulators.tsg import tables
else:
    tables = lazy("simulators.tsg.tables")

api = Api()


@api.operation(
    "POST", "/sdk/emcert", body=NewEmCert, answer=EmCert, status=201,
    refusals=[(400, "VALIDATION_FAILED"), (400, "INVALID_CSR")],
)  # fmt: skip
def post_emcert(call: Call, new: NewEmCert) -> EmCert:
    """Issue an emCert over a phone's P-256 key, which the request proves to hold."""
    key = emcerts.public_key_of_csr(new.csr)
    number = call.tx.next("emcert")
    lifetime = call.world.policies(TsgPolicies).emcert.lifetime
    device = f"{new.device.os} {new.device.model}"
    issued = emcerts.issue(call.world.seed, number, key, device=device, now=call.now, lifetime=lifetime)
    subject = Subject(
        subject_id=issued.emcert_id,
        number=number,
        state="certified",
        os=new.device.os,
        model=new.device.model,
        chain=issued.chain,
        valid_until=issued.valid_until,
    )
    call.tx.insert(tables.subjects, subject)
    return EmCert(issued.emcert_id, issued.chain)


@api.operation(
    "POST", "/sdk/signup", body=SdkSignUp, answer=SdkSignUpSent, status=202,
    refusals=[
        (400, "VALIDATION_FAILED"), (401, "INVALID_SIGNATURE"), (404, "SIGN_UP_CODE_INVALID"),
        (409, "SIGN_UP_CODE_USED"), (409, "SUBJECT_REVOKED"), (410, "SIGN_UP_CODE_EXPIRED"),
        (429, "TOO_MANY_ATTEMPTS"),
    ],
)  # fmt: skip
def post_signup(call: Call, new: SdkSignUp) -> Answer:
    """Take in a sign-up code with the phone's credential, and tell the institution (step 2, Q2 and R2.1).

    The phone signs the request with its emCert's key by RFC 9421: ``@method``, ``@path`` and ``content-digest``
    (RFC 9530, sha-256), with ``created``, a ``nonce`` used once, ``keyid`` (the emCertID) and
    ``alg="ecdsa-p256-sha256"``.
    """
    subject = phones.signer(call)
    if new.credential.get("subjectId", subject.subject_id) != subject.subject_id:
        call.decide(None, "phone.signature", problem="its credential is another subject's")
        raise phones.untrusted()
    sign_up.complete(call, subject, new.serviceId, new.signupCode)
    return Answer(SdkSignUpSent(True, new.serviceId), 202)


@api.operation("GET", "/sdk/status", answer=SdkStatus, refusals=[(401, "INVALID_SIGNATURE")])
def get_status(call: Call) -> SdkStatus:
    """Tell a phone what the TSG knows of it; signed as ``/sdk/signup`` is, over an empty body."""
    subject = phones.signer(call)
    return SdkStatus(subject.subject_id, subject.state, subject.state == "registered")
