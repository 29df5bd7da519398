"""What the institution asks of the TSG (device registration, steps 0 to 3)."""

import msgspec

from simulators.kit.web.api import Answer, Api
from simulators.kit.web.call import Call
from simulators.kit.web.credentials import API_KEY, API_KEY_AS_TOKEN, BASIC
from simulators.kit.web.tags import Tag
from simulators.tsg import emcerts, sign_up_codes
from simulators.tsg.institution import check_institution
from simulators.tsg.models import (
    Device,
    EmCert,
    NewSignUp,
    PolledSignUp,
    Registered,
    Revoked,
    SignUp,
    SignUpQuery,
    SubjectChange,
    SubjectInfo,
    SubjectQuery,
    Unregistered,
)
from simulators.tsg.policies import TsgPolicies
from simulators.tsg.steps import change_subject, issue_sign_up_code

api = Api(Tag("institution", "What the institution asks of the TSG."), (API_KEY, API_KEY_AS_TOKEN, BASIC))


@api.operation(
    "POST", "/tsg/subject_info", body=SubjectQuery, answer=SubjectInfo,
    refusals=[(400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (404, "SUBJECT_NOT_FOUND")],
)  # fmt: skip
def post_subject_info(call: Call, query: SubjectQuery) -> SubjectInfo:
    """Return a registered subject; any other is not found (step 0, Q2)."""
    check_institution(call)
    found = change_subject.find_registered(call, query.service_id, query.subject_id)
    return SubjectInfo(found.subject_id, found.subject_id, True, found.state, Device(found.os, found.model))


@api.operation(
    "POST", "/tsg/sign_up", body=NewSignUp, answer=SignUp, status=201,
    refusals=[(400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (503, "NO_CODE_AVAILABLE")],
)  # fmt: skip
def post_sign_up(call: Call, new: NewSignUp) -> SignUp:
    """Issue a sign-up code that is linked to the institution's external_reference (step 1, P1.1)."""
    check_institution(call)
    code = issue_sign_up_code.issue(call, new)
    return SignUp(
        sign_up_code=code.code,
        qr_payload=sign_up_codes.qr_payload(code.service_id, code.code),
        external_reference=code.external_reference,
        status=code.status,
        expires_at=code.expires_at,
        completion=call.world.policies(TsgPolicies).completion,
    )


@api.operation(
    "DELETE", "/tsg/sign_up/<sign_up_code>", status=204,
    refusals=[(401, "UNAUTHORIZED"), (404, "SIGN_UP_CODE_NOT_FOUND")],
)  # fmt: skip
def delete_sign_up(call: Call, sign_up_code: str) -> Answer:
    """Void a sign-up code, so that no phone can use it any more. A code that a phone has used stays used."""
    check_institution(call)
    issue_sign_up_code.void(call, sign_up_code)
    return Answer(None, 204)


@api.operation(
    "POST", "/tsg/poll_sign_up", body=SignUpQuery, answer=PolledSignUp, secrets=["credential"],
    refusals=[(400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (404, "SIGN_UP_NOT_FOUND")],
)  # fmt: skip
def post_poll_sign_up(call: Call, query: SignUpQuery) -> PolledSignUp:
    """Return how the latest sign-up with an external_reference stands, for an institution that polls (step 2)."""
    check_institution(call)
    code = issue_sign_up_code.find_by_reference(call, query.service_id, query.external_reference)
    credential = msgspec.json.decode(code.credential) if code.credential is not None else None
    return PolledSignUp(sign_up_codes.polled_status(code, call.now), code.claimed_by, credential)


@api.operation(
    "POST", "/tsg/register", body=SubjectQuery, answer=Registered,
    refusals=[(400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (404, "SUBJECT_NOT_FOUND"), (409, "SUBJECT_REVOKED")],
)  # fmt: skip
def post_register(call: Call, query: SubjectQuery) -> Registered:
    """Register a subject that has signed up; the same call again gets the same answer (step 3, P3.1)."""
    check_institution(call)
    subject = change_subject.register(call, query.service_id, query.subject_id)
    return Registered(subject.subject_id, subject.subject_id)


@api.operation(
    "POST", "/tsg/unregister", body=SubjectChange, answer=Unregistered,
    refusals=[(400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (404, "SUBJECT_NOT_FOUND"), (409, "SUBJECT_REVOKED")],
)  # fmt: skip
def post_unregister(call: Call, change: SubjectChange) -> Unregistered:
    """Take a subject's registration away; it stays signed up and can be registered again."""
    check_institution(call)
    return Unregistered(change_subject.unregister(call, change.subject_id, change.reason).subject_id)


@api.operation(
    "POST", "/tsg/revoke", body=SubjectChange, answer=Revoked,
    refusals=[(400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (404, "SUBJECT_NOT_FOUND")],
)  # fmt: skip
def post_revoke(call: Call, change: SubjectChange) -> Revoked:
    """Revoke a subject for good; its phone needs a new emCert and a new sign-up."""
    check_institution(call)
    return Revoked(change_subject.revoke(call, change.subject_id, change.reason).subject_id)


@api.operation(
    "GET", "/tsg/subjects/<subject_id>/emcert", answer=EmCert,
    refusals=[(401, "UNAUTHORIZED"), (404, "SUBJECT_NOT_FOUND")],
)  # fmt: skip
def get_emcert(call: Call, subject_id: str) -> EmCert:
    """Return a subject's emCert and the certificate of the CA that signed it, whatever the subject's state."""
    check_institution(call)
    subject = change_subject.find(call, subject_id)
    return EmCert(subject.subject_id, subject.chain, emcerts.chain_in_der(subject.chain))
