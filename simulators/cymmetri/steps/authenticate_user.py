"""Step 7, authenticateUser: a customer proves their identity by a card that CBS verifies."""

from typing import NoReturn

from simulators.cymmetri import cbs_client
from simulators.cymmetri.card_details import find_flaw
from simulators.cymmetri.cbs_client import Verdict
from simulators.cymmetri.lockout import attempts_left, count_attempts, forget_attempts
from simulators.cymmetri.models import CardDetails, NextStep
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.records import Lockout, Registration
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.card_attempts import BLOCKED, OUTAGE, book_attempt, give_back_attempt
from simulators.cymmetri.steps.list_factors import FACTORS, STAGE, Factor
from simulators.cymmetri.steps.notices import Person
from simulators.cymmetri.steps.staged import move_on, open_registration
from simulators.kit.errors import Refusal
from simulators.kit.web.call import Call


def authenticate_user(call: Call, details: CardDetails) -> NextStep:
    """Verify card details with CBS.

    The attempt is booked before CBS is asked, so that attempts side by side are no more guesses than the maximum.
    """
    registration = open_registration(call, STAGE)
    blocks.refuse_blocked(call, registration.cif, BLOCKED)
    factor = _find_factor(call, registration, details)
    began = book_attempt(call, registration)
    try:
        with cbs_client.required(call, OUTAGE):
            verdict = cbs_client.verify_card(call, _question(registration, factor, details))
    except Refusal:
        give_back_attempt(call, registration.cif, began)
        raise
    lockout = give_back_attempt(call, registration.cif, began)
    registration = open_registration(call, STAGE)
    if lockout.blocked:
        blocks.refuse(call, lockout, BLOCKED, "customer.blocked")
    if verdict != "right":
        _refuse_wrong(call, registration, lockout, verdict)
    blocks.save(call, forget_attempts(lockout, "card"))
    call.decide(factor.branch, "card.right", cif=registration.cif)
    return NextStep(token=move_on(call, registration, "USER_ID"), nextStep="USER_ID")


def _find_factor(call: Call, registration: Registration, details: CardDetails) -> Factor:
    """Return the factor that is meant. A card that the customer has but cannot use is asked about like any other."""
    factor = FACTORS.get(details.mfaType)
    if factor is not None:
        flaw = find_flaw(details, factor.proof)
        if flaw is not None:
            call.decide("WR-7.9", "card.malformed", field=flaw.field)
            raise Refusal("VALIDATION_FAILED", 400, f"{flaw.field} {flaw.message}.", field=flaw.field)
        with cbs_client.required(call, OUTAGE):
            types = {card.type for card in cbs_client.list_cards(call, registration.cif)}
    if factor is None or factor.card_type not in types:
        call.decide("WR-7.5", "factor.not_available", cif=registration.cif, factor=details.mfaType)
        raise Refusal("FACTOR_NOT_AVAILABLE", 400, "This factor is not among yours; see mfa/list.", field="mfaType")
    return factor


def _question(registration: Registration, factor: Factor, details: CardDetails) -> dict[str, str]:
    """Return what CBS is to verify."""
    return {
        "cif": registration.cif,
        "type": factor.card_type,
        "panLast4Digits": details.cardLast4,
        "expiryDate": details.expiry,
        factor.proof: (details.pin if factor.proof == "pin" else details.cvv) or "",
    }


def _refuse_wrong(call: Call, registration: Registration, lockout: Lockout, verdict: Verdict) -> NoReturn:
    """Count wrong details; details of a card that cannot be used are refused in the same words."""
    maximum = call.world.policies(CymmetriPolicies).card.max_attempts
    counted = blocks.count_wrong(call, lockout, "card", maximum, Person.of(registration))
    facts = {"attempts": count_attempts(counted, "card"), "maximum": maximum}
    if verdict == "unusable":
        call.decide("WR-7.6", "card.unusable", **facts)
    if counted.blocked:
        blocks.refuse(call, counted, "WR-7.4", "card.attempts_exhausted")
    if verdict == "wrong":
        call.decide("WR-7.3", "card.wrong", **facts)
    left = attempts_left(counted, "card", maximum)
    raise Refusal("AUTHENTICATION_FAILED", 401, "The card details are not right.", details={"attemptsLeft": left})
