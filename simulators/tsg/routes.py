"""What the institution asks of the TSG (device registration, steps 0, 1 and 3)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from simulators.kit.api import Answer, Api
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy
from simulators.tsg import sign_up_codes, subjects
from simulators.tsg.errors import subject_not_found
from simulators.tsg.models import (
    Complexity,
    Device,
    EmCert,
    NewSignUp,
    Registered,
    Revoked,
    SignUp,
    SubjectChange,
    SubjectInfo,
    SubjectQuery,
    Unregistered,
)
from simulators.tsg.policies import TsgPolicies
from simulators.tsg.records import SignUpCode, Subject

if TYPE_CHECKING:
    from simulators.tsg import tables
else:
    tables = lazy("simulators.tsg.tables")

api = Api()

MOST_DRAWS = 100
"""How often a code is drawn before the TSG says that it has none left; fewer than one in ten are then free."""


@api.operation(
    "POST", "/tsg/subject_info", body=SubjectQuery, answer=SubjectInfo,
    refusals=[(400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (404, "SUBJECT_NOT_FOUND")],
)  # fmt: skip
def post_subject_info(call: Call, query: SubjectQuery) -> SubjectInfo:
    """Tell whether a subject is registered; any other than a registered one is not found (step 0, Q2)."""
    _institution_only(call)
    subject = _found(call, query.subject_id)
    state = subject.state if subject else "unknown"
    call.decide(None, "subject.lookup", service_id=query.service_id, state=state)
    if subject is None or subject.state != "registered":
        raise subject_not_found()
    return SubjectInfo(
        subject.subject_id, subject.subject_id, True, subject.state, Device(subject.os, subject.model)
    )  # fmt: skip


@api.operation(
    "POST", "/tsg/sign_up", body=NewSignUp, answer=SignUp, status=201,
    refusals=[(400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (503, "NO_CODE_AVAILABLE")],
)  # fmt: skip
def post_sign_up(call: Call, new: NewSignUp) -> SignUp:
    """Issue a sign-up code that is linked to the institution's external_reference (step 1, P1.1)."""
    _institution_only(call)
    policy = call.world.policies(TsgPolicies).sign_up_code
    asked = new.complexity or Complexity()
    form = sign_up_codes.form(policy, asked.length, asked.charset)
    lifetime = policy.lifetime if new.expires_in is None else timedelta(seconds=new.expires_in)
    number = call.tx.next("sign_up")
    code = SignUpCode(
        number=number,
        code=_free_code(call, form, number),
        service_id=new.service_id,
        external_reference=new.external_reference,
        status="UNCLAIMED",
        expires_at=call.now + lifetime,
    )
    call.tx.insert(tables.sign_up_codes, code)
    return SignUp(
        sign_up_code=code.code,
        qr_payload=sign_up_codes.qr_payload(code.service_id, code.code),
        external_reference=code.external_reference,
        status=code.status,
        expires_at=code.expires_at,
    )


@api.operation(
    "DELETE", "/tsg/sign_up/<sign_up_code>", status=204,
    refusals=[(401, "UNAUTHORIZED"), (404, "SIGN_UP_CODE_NOT_FOUND")],
)  # fmt: skip
def delete_sign_up(call: Call, sign_up_code: str) -> Answer:
    """Void a sign-up code, so that no phone can use it from now on. One that a phone has used stays used."""
    _institution_only(call)
    code = call.tx.first(tables.latest_code, SignUpCode, code=sign_up_code)
    if code is None:
        raise Refusal("SIGN_UP_CODE_NOT_FOUND", 404, "There is no such sign-up code.")
    call.decide(None, "sign_up_code.voided", status=code.status)
    if code.status == "UNCLAIMED":
        code.status = "VOID"
        call.tx.update(tables.sign_up_codes, code)
    return Answer(None, 204)


@api.operation(
    "POST", "/tsg/register", body=SubjectQuery, answer=Registered,
    refusals=[(400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (404, "SUBJECT_NOT_FOUND"), (409, "SUBJECT_REVOKED")],
)  # fmt: skip
def post_register(call: Call, query: SubjectQuery) -> Registered:
    """Register a subject that has signed up; again gives the same answer (step 3, P3.1)."""
    _institution_only(call)
    subject = _found(call, query.subject_id)
    before = subject.state if subject else "unknown"
    call.decide(None, "subject.registered", service_id=query.service_id, state=before)
    state = subjects.registered(subject)
    assert subject is not None
    subject.state = state
    call.tx.update(tables.subjects, subject)
    return Registered(subject.subject_id, subject.subject_id)


@api.operation(
    "POST", "/tsg/unregister", body=SubjectChange, answer=Unregistered,
    refusals=[(400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (404, "SUBJECT_NOT_FOUND"), (409, "SUBJECT_REVOKED")],
)  # fmt: skip
def post_unregister(call: Call, change: SubjectChange) -> Unregistered:
    """Take a subject's registration away; it stays signed up and can be registered again."""
    _institution_only(call)
    subject = _found(call, change.subject_id)
    state = subjects.unregistered(subject)
    assert subject is not None
    call.decide(None, "subject.unregistered", reason=change.reason, state=subject.state)
    subject.state = state
    call.tx.update(tables.subjects, subject)
    return Unregistered(subject.subject_id)


@api.operation(
    "POST", "/tsg/revoke", body=SubjectChange, answer=Revoked,
    refusals=[(400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (404, "SUBJECT_NOT_FOUND")],
)  # fmt: skip
def post_revoke(call: Call, change: SubjectChange) -> Revoked:
    """Revoke a subject for good; its phone needs a new emCert and a new sign-up."""
    _institution_only(call)
    subject = _found(call, change.subject_id)
    state = subjects.revoked(subject)
    assert subject is not None
    call.decide(None, "subject.revoked", reason=change.reason, state=subject.state)
    subject.state = state
    call.tx.update(tables.subjects, subject)
    return Revoked(subject.subject_id)


@api.operation(
    "GET", "/tsg/subjects/<subject_id>/emcert", answer=EmCert,
    refusals=[(401, "UNAUTHORIZED"), (404, "SUBJECT_NOT_FOUND")],
)  # fmt: skip
def get_emcert(call: Call, subject_id: str) -> EmCert:
    """Hand out a subject's emCert and the certificate of the CA that signed it, whatever the subject's state."""
    _institution_only(call)
    subject = _found(call, subject_id)
    if subject is None:
        raise subject_not_found()
    return EmCert(subject.subject_id, subject.chain)


def _institution_only(call: Call) -> None:
    if not call.has_key(call.settings.tsg_api_key):
        words = "Send the institution's API key (SANDBOX_TSG_API_KEY) as X-API-Key or as a bearer token."
        raise Refusal("UNAUTHORIZED", 401, words, headers={"WWW-Authenticate": "Bearer"})


def _found(call: Call, subject_id: str) -> Subject | None:
    return call.tx.get(tables.subjects, Subject, subject_id=subject_id)


def _free_code(call: Call, form: sign_up_codes.Form, number: int) -> str:
    """Draw a code that stands for no other sign-up that has not expired, be it used or void: whoever has that code in
    hand must not come to use or to void this one. Raises Refusal (``NO_CODE_AVAILABLE``, 503).
    """
    for draw in range(MOST_DRAWS):
        code = sign_up_codes.drawn(call.world.seed, form, number, draw)
        other = call.tx.first(tables.latest_code, SignUpCode, code=code)
        if other is None or other.expires_at <= call.now:
            return code
    words = "Nearly all codes of this length are in use. Ask for a longer one, or wait until some have expired."
    raise Refusal("NO_CODE_AVAILABLE", 503, words)
