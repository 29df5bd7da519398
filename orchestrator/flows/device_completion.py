"""Step 2 of device registration: a sign-up is completed once, whether the TSG pushes it or is polled (R2.2, P2.1)."""

from dataclasses import dataclass
from typing import Any

from orchestrator import registrations, tables
from orchestrator.flows import device_attempts, device_register
from orchestrator.flows.device_statuses import IN_PROGRESS, NOT_FOUND, SIGNED_UP
from orchestrator.policies import OrchestratorPolicies
from orchestrator.records import LastOutcome, Registration, SignUpRow
from simulators.kit.errors import Refusal
from simulators.kit.work import Work


@dataclass(frozen=True)
class CompletedSignUp:
    """A sign-up that the TSG says is complete, of which nothing is checked yet."""

    external_reference: Any
    subject_id: Any
    credential: Any


def check(work: Work, told: CompletedSignUp) -> Registration | None:
    """Return the registration whose sign-up this is, or None when its completion was taken in before (DR-2.10).

    Raises Refusal when it must not move anything. DR-2.6: the external_reference is empty (422). DR-2.8: subject_id or
    credential is missing (422). DR-2.7: the reference is unknown, or of another sign-up (404, 409). DR-2.16: another
    phone has used the code (409).
    """
    _check_fields(work, told)
    row = work.tx.get(tables.sign_ups, SignUpRow, external_reference=told.external_reference)
    if row is None:
        work.decide("DR-2.7", "sign_up.external_reference", known=False)
        raise Refusal("unknown-external-reference", 404, "The external_reference is not one of ours.")
    registration = registrations.find(work, row.registration)
    if _is_completed_by(registration, told):
        work.decide("DR-2.10", "sign_up.once", external_reference=told.external_reference)
        return None
    _check_device(work, registration, told)
    return registration


def complete(work: Work, registration: Registration, subject_id: str, action: str, branch: str) -> None:
    """Keep the subject_id (P2.1) and have step 3 done.

    A completion that precedes the answer to sign-up, or comes after the sign-up has lapsed, skips no status.
    """
    if registration.status == NOT_FOUND:
        begun = LastOutcome(None, "The sign-up was under way: its code has been used.")
        registrations.move(work, registration, "sign-up", begun, IN_PROGRESS)
    work.decide(branch, "sign_up.complete", external_reference="valid", subject_id=subject_id)
    done = LastOutcome(branch, "The sign-up is complete; the device is being registered.")
    changes = {"subject_id": subject_id, "codes": {}, "register_tried": False}
    registrations.move(work, registration, action, done, SIGNED_UP, changes)
    device_attempts.cancel_lapse(work, registration.id)
    device_register.schedule(work, registration)


def _check_fields(work: Work, told: CompletedSignUp) -> None:
    if not _is_text(told.external_reference):
        work.decide("DR-2.6", "sign_up.external_reference", external_reference=told.external_reference)
        message = "There is no external_reference: nobody can tell whose sign-up this is."
        raise Refusal("empty-external-reference", 422, message, field="data.external_reference")
    missing = [] if _is_text(told.subject_id) else ["subject_id"]
    wanted = work.world.policies(OrchestratorPolicies).credential
    if wanted == "required" and not _is_credential(told.credential):
        missing.append("credential")
    if missing:
        work.decide("DR-2.8", "sign_up.fields", missing=missing)
        message = f"The completed sign-up lacks {' and '.join(missing)}."
        raise Refusal("incomplete-push", 422, message, field=f"data.{missing[0]}")


def _check_device(work: Work, registration: Registration, told: CompletedSignUp) -> None:
    current = device_attempts.can_complete(registration, told.external_reference)
    asked_for = registration.device.em_cert_id
    if current and asked_for == told.subject_id:
        return
    if current and not _has_sign_up_of_its_own(work, told.subject_id):
        work.decide("DR-2.16", "sign_up.device", asked_for=asked_for, completed_by=told.subject_id)
        message = "The sign-up code was used by another phone than the one that it was asked for."
    else:
        work.decide(
            "DR-2.7", "sign_up.external_reference", known=True, current=current,
            same_device=asked_for == told.subject_id, status=registration.status,
        )  # fmt: skip
        message = "The external_reference belongs to another sign-up."
    raise Refusal("external-reference-of-another-sign-up", 409, message)


def _is_completed_by(registration: Registration, told: CompletedSignUp) -> bool:
    attempt, subject_id = registration.device.sign_up, registration.device.subject_id
    is_latest = attempt is not None and attempt.external_reference == told.external_reference
    return is_latest and registration.status not in (NOT_FOUND, IN_PROGRESS) and subject_id == told.subject_id


def _has_sign_up_of_its_own(work: Work, em_cert_id: str) -> bool:
    """Tell whether a device is itself being signed up: its push has then got the reference of another sign-up."""
    rows = work.tx.all(tables.sign_ups_of_device, SignUpRow, em_cert_id=em_cert_id)
    return any(
        device_attempts.can_complete(registrations.find(work, row.registration), row.external_reference)
        for row in rows
    )  # fmt: skip


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_credential(value: Any) -> bool:
    """Tell whether a credential is there: the app's own text or object, which means nothing here."""
    return _is_text(value) or (isinstance(value, dict) and bool(value))
