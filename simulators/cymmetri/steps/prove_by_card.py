"""Steps 6 and 7: which factors a customer has, and authentication with one of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from simulators.cymmetri import cbs_gateway
from simulators.cymmetri import lockout as rules
from simulators.cymmetri.cbs_gateway import Verdict
from simulators.cymmetri.lockout import Lockout, attempts_left, without_wrong
from simulators.cymmetri.models import CardDetails, Factors, NextStep
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.registration import Registration, Stage
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.opening import move_on, opened
from simulators.kit import clock
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.http import UpstreamFailure

STAGE: Stage = "AUTHENTICATE_USER"
LOOK_AGAIN = 0.02
"""Seconds between two looks whether CBS has answered the attempts that are under way."""

LOST_AFTER = 3
"""How many times the longest wait for CBS an attempt may be under way; after that its process must have died."""


@dataclass(frozen=True)
class Factor:
    """A factor: the type of card it is, what proves that one holds it, the branch of its success."""

    card_type: str
    proof: str
    branch: str


FACTORS = {"DEBIT_CARD": Factor("DEBIT", "pin", "WR-7.1"), "CREDIT_CARD": Factor("CREDIT", "cvv", "WR-7.2")}


def list_factors(call: Call) -> Factors:
    """List the factors for which the customer has a usable card."""
    registration = opened(call, STAGE)
    blocks.refuse_blocked(call, registration.cif)
    call.commit()
    with cbs_gateway.needed(call):
        usable = {card.type for card in cbs_gateway.cards(call, registration.cif) if card.is_active}
    found = [name for name, factor in FACTORS.items() if factor.card_type in usable]
    call.decide("WR-6.1" if found else "WR-6.2", "factors.listed", cif=registration.cif, factors=found)
    return Factors(found)


def authenticate_user(call: Call, said: CardDetails) -> NextStep:
    """Verify card details with CBS.

    The attempt is booked before CBS is asked, so that attempts side by side are no more guesses than the maximum.
    """
    registration = opened(call, STAGE)
    blocks.refuse_blocked(call, registration.cif)
    call.commit()
    factor, details = _asked(call, registration, said)
    began = _book(call, registration)
    try:
        with cbs_gateway.needed(call, "WR-7.7"):
            verdict = cbs_gateway.verify_card(call, details)
    except Refusal:
        _give_back(call, registration.cif, began)
        raise
    lockout = _give_back(call, registration.cif, began)
    registration = opened(call, STAGE)
    if lockout.blocked:
        blocks.refuse(call, lockout, None, "customer.blocked")
    if verdict != "right":
        _wrong(call, lockout, verdict)
    blocks.save(call, without_wrong(lockout, "card"))
    call.decide(factor.branch, "card.right", cif=registration.cif)
    return NextStep(token=move_on(call, registration, "USER_ID"), nextStep="USER_ID")


def _asked(call: Call, registration: Registration, said: CardDetails) -> tuple[Factor, dict[str, str]]:
    """Return the factor and what CBS is to verify. A card that cannot be used is asked about like any other."""
    factor = FACTORS.get(said.mfaType)
    if factor is not None:
        with cbs_gateway.needed(call, "WR-7.7"):
            types = {card.type for card in cbs_gateway.cards(call, registration.cif)}
    if factor is None or factor.card_type not in types:
        call.decide("WR-7.5", "factor.not_available", cif=registration.cif, factor=said.mfaType)
        raise Refusal("FACTOR_NOT_AVAILABLE", 400, "This factor is not among yours; see mfa/list.", field="mfaType")
    proof = said.pin if factor.proof == "pin" else said.cvv
    if proof is None:
        words = f"{factor.proof} is missing: {said.mfaType} is verified with it."
        call.decide(None, "request.validation", field=factor.proof, problem="is missing")
        raise Refusal("VALIDATION_FAILED", 400, words, field=factor.proof)
    details = {"cif": registration.cif, "type": factor.card_type, "panLast4Digits": said.cardLast4}
    return factor, {**details, "expiryDate": said.expiry, factor.proof: proof}


def _book(call: Call, registration: Registration) -> datetime:
    """Book an attempt and return when it began, having waited while those under way use up what is left; commit."""
    policies = call.world.policies(CymmetriPolicies)
    longest = timedelta(seconds=call.settings.connect_timeout + call.service.client.patience)
    give_up = clock.monotonic() + longest.total_seconds()
    while True:
        opened(call, STAGE)
        blocks.refuse_blocked(call, registration.cif)
        wall = clock.wall_now()
        lockout = blocks.lockout_of(call, registration.cif)
        maximum = policies.card.max_attempts
        lockout = rules.without_lost(lockout, "card", maximum, policies.block, call.now, wall - LOST_AFTER * longest)
        if not lockout.blocked and rules.may_begin(lockout, "card", maximum):
            blocks.save(call, rules.begun(lockout, wall))
            call.commit()
            return wall
        blocks.save(call, lockout)
        call.commit()
        if clock.monotonic() > give_up:
            with cbs_gateway.needed(call, "WR-7.7"):
                raise UpstreamFailure("cbs", "has not answered the attempts before this one")
        clock.pause(LOOK_AGAIN)


def _give_back(call: Call, cif: str, began: datetime) -> Lockout:
    lockout = rules.ended(blocks.lockout_of(call, cif), began)
    blocks.save(call, lockout)
    return lockout


def _wrong(call: Call, lockout: Lockout, verdict: Verdict) -> NoReturn:
    """Count wrong details; details of a card that cannot be used are refused in the same words."""
    maximum = call.world.policies(CymmetriPolicies).card.max_attempts
    counted = blocks.count_wrong(call, lockout, "card", maximum)
    facts = {"attempts": rules.attempts(counted, "card"), "maximum": maximum}
    if verdict == "unusable":
        call.decide("WR-7.6", "card.unusable", **facts)
    if counted.blocked:
        blocks.refuse(call, counted, "WR-7.4", "card.attempts_exhausted")
    if verdict == "wrong":
        call.decide("WR-7.3", "card.wrong", **facts)
    left = attempts_left(counted, "card", maximum)
    raise Refusal("AUTHENTICATION_FAILED", 401, "The card details are not right.", details={"attemptsLeft": left})
