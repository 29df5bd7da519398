"""The end of step 1 for a customer of the bank: who may register gets a registration and an OTP by email."""

from datetime import date
from typing import NoReturn

from simulators.cymmetri import tables
from simulators.cymmetri.cbs_client import Customer, required
from simulators.cymmetri.eligibility import is_active, is_of_age
from simulators.cymmetri.identities import Identity, card_key
from simulators.cymmetri.lockout import attempts_left
from simulators.cymmetri.models import CheckedIdentity
from simulators.cymmetri.otp_challenges import minutes, whole_seconds
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.records import Registration
from simulators.cymmetri.stages import is_under_way
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.otp_steps import (
    EMAIL,
    count_resends_left,
    find_end_of_limit,
    refuse_not_sent,
    renew_code,
    send_code,
)
from simulators.cymmetri.steps.staged import move_on
from simulators.kit.errors import Refusal
from simulators.kit.masking import mask_email
from simulators.kit.seeds import derive_hex
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.wire.instants import write_instant
from simulators.kit.work import Work


def begin_registration(work: Work, device: str, identity: Identity, customer: Customer) -> CheckedIdentity:
    """Begin a customer's registration and send the OTP to the email; one that is under way is superseded."""
    policies = work.world.policies(CymmetriPolicies)
    _refuse_ineligible(work, customer)
    lockout = blocks.refuse_blocked(work, customer.cif, "WR-1.4")
    email = _email_of(work, customer)
    _refuse_too_many_codes(work, customer.cif)
    superseded = _supersede(work, customer.cif)
    registration = _new_registration(work, device, identity, customer, email)
    work.tx.insert(tables.registrations, registration)
    token = move_on(work, registration, EMAIL.stage)
    challenge = renew_code(work, registration, EMAIL, email)
    sent = send_code(work, registration, challenge)
    data = CheckedIdentity(
        flow="REGISTRATION",
        token=token,
        nextStep=EMAIL.stage,
        maskedEmail=mask_email(email),
        otpLength=challenge.digits,
        expInMinute=minutes(challenge.lifetime),
        attemptsLeft=attempts_left(lockout, EMAIL.attempts, policies.otp.max_attempts),
        resendLeft=count_resends_left(work, registration, EMAIL),
    )
    work.decide("WR-1.2" if sent else "WR-1.8", "identity.in_cbs", cif=customer.cif, otp_sent=sent)
    if superseded:
        work.decide("WR-1.10", "registration.superseded", cif=customer.cif, registrations=superseded)
    if not sent:
        refuse_not_sent(EMAIL, data)
    return data


def _new_registration(work: Work, device: str, identity: Identity, customer: Customer, email: str) -> Registration:
    return Registration(
        id=derive_hex(work.world.seed, "registration", work.tx.next("registration")),
        cif=customer.cif,
        device=device,
        legal_name=customer.legalName,
        email=email,
        mobile=customer.mobile or None,
        card=card_key(work.world.origin, identity.value) if identity.type == "CARD" else None,
        created_at=work.now,
        stage=EMAIL.stage,
        token_number=0,
        token_expires_at=work.now,
    )


def _refuse_ineligible(work: Work, customer: Customer) -> None:
    """Refuse a customer who may not register online, in the same words whatever the reason is."""
    if not is_active(customer.status):
        work.decide("WR-1.9", "customer.not_active", cif=customer.cif, status=customer.status)
        _refuse_online()
    min_age = work.world.policies(CymmetriPolicies).min_age
    if min_age and not is_of_age(_get_date_of_birth(work, customer), min_age, work.now):
        work.decide("WR-1.13", "customer.under_age", cif=customer.cif, min_age=min_age)
        _refuse_online()


def _get_date_of_birth(work: Work, customer: Customer) -> date:
    """Return the customer's date of birth. A bank that does not tell it has given no usable answer."""
    with required(work, "WR-1.5"):
        if customer.dateOfBirth is None:
            raise UpstreamFailure("cbs", "tells no date of birth")
        return customer.dateOfBirth


def _refuse_online() -> NoReturn:
    raise Refusal("CUSTOMER_NOT_ELIGIBLE", 403, "You cannot register online. Visit a branch of the bank.")


def _email_of(work: Work, customer: Customer) -> str:
    if not customer.email:
        work.decide("WR-1.7", "customer.no_email", cif=customer.cif)
        message = "The bank has no email of yours. Update your contact details at a branch, then register."
        raise Refusal("EMAIL_NOT_REGISTERED", 409, message)
    return customer.email


def _refuse_too_many_codes(work: Work, cif: str) -> None:
    """Refuse a customer who has been sent ``otp.max_sent`` OTPs of late, in whichever registrations."""
    end = find_end_of_limit(work, cif)
    if end is None:
        return
    policy = work.world.policies(CymmetriPolicies).otp
    wait = whole_seconds(end - work.now)
    work.decide("WR-1.11", "otp.max_sent", cif=cif, maximum=policy.max_sent, window=policy.max_sent_window, until=end)
    raise Refusal(
        "TOO_MANY_CODES",
        429,
        f"You have been sent too many codes. Try again after {write_instant(end)}.",
        details={"retryAfterSeconds": wait, "retryAt": write_instant(end)},
        headers={"Retry-After": str(wait)},
    )


def _supersede(work: Work, cif: str) -> list[str]:
    """End the customer's registrations that are not completed; return those that were still under way."""
    found = work.tx.all(tables.live_registrations_of, Registration, cif=cif)
    ended = [registration for registration in found if registration.stage != "COMPLETED"]
    alive = [registration.id for registration in ended if is_under_way(registration, work.now)]
    for registration in ended:
        registration.superseded = True
        work.tx.update(tables.registrations, registration)
    return alive
