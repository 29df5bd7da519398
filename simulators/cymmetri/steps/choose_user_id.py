"""Steps 8 and 9: the user id that the bank holds, and the one that the customer wants."""

from typing import TYPE_CHECKING, NoReturn

from simulators.cymmetri import cbs_gateway, user_ids
from simulators.cymmetri.accounts import Account
from simulators.cymmetri.models import ExistingUserId, SavedUserId
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.registration import Stage
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.opening import move_on, opened
from simulators.cymmetri.user_ids import Reservation, Rule, user_id_key
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy
from simulators.kit.work import Work

if TYPE_CHECKING:
    from simulators.cymmetri import tables
else:
    tables = lazy("simulators.cymmetri.tables")

STAGES: tuple[Stage, ...] = ("USER_ID", "VALIDATE_PASSWORD")
"""A customer who saved a user id may think again until a password was validated."""


def existing_user_id(call: Call) -> ExistingUserId:
    """Tell the user id that the bank holds for the customer, if any."""
    registration = opened(call, *STAGES)
    blocks.refuse_blocked(call, registration.cif)
    call.commit()
    with cbs_gateway.needed(call):
        user_id = cbs_gateway.user_id_of(call, registration.cif)
    call.decide("WR-8.1" if user_id else "WR-8.2", "user_id.at_the_bank", cif=registration.cif, held=bool(user_id))
    return ExistingUserId(user_id)


def save_user_id(call: Call, user_id: str) -> SavedUserId:
    """Hold a user id for the customer. The customer's own at the bank need not follow the rules for new ones."""
    registration = opened(call, *STAGES)
    blocks.refuse_blocked(call, registration.cif)
    call.commit()
    rule = user_ids.broken_rule(user_id, call.world.policies(CymmetriPolicies).user_id)
    with cbs_gateway.needed(call):
        own = is_own(call, registration.cif, user_id)
        if rule is not None and not own:
            _against_the_rules(call, rule)
        at_bank = not own and cbs_gateway.has_user_id(call, user_id)
    registration = opened(call, *STAGES)
    blocks.refuse_blocked(call, registration.cif)
    taken_by = "the bank" if at_bank else taken_here(call, registration.cif, user_id)
    if taken_by:
        call.decide("WR-9.2", "user_id.in_use", at=taken_by)
        words = "This user id is in use. Choose another."
        raise Refusal("USER_ID_ALREADY_EXISTS", 409, words, field="userId")
    reserve(call, registration.cif, user_id)
    registration.user_id = user_id
    call.decide("WR-9.4" if own else "WR-9.1", "user_id.saved", cif=registration.cif, own_at_the_bank=own)
    token = move_on(call, registration, "VALIDATE_PASSWORD")
    return SavedUserId(userId=user_id, nextStep="VALIDATE_PASSWORD", token=token)


def is_own(work: Work, cif: str, user_id: str) -> bool:
    """Tell whether the bank holds this user id for the customer, in any letter case. Raises UpstreamFailure."""
    held = cbs_gateway.user_id_of(work, cif)
    return held is not None and user_id_key(held) == user_id_key(user_id)


def taken_here(work: Work, cif: str, user_id: str) -> str | None:
    """Return what another customer has the user id by: an account, or a reservation."""
    key = user_id_key(user_id)
    account = work.tx.first(tables.account_by_user, Account, value=key)
    if account is not None and account.cif != cif:
        return "account"
    reservation = work.tx.get(tables.reservations, Reservation, key=key)
    return "reservation" if user_ids.is_held_by_another(reservation, cif, work.now) else None


def reserve(work: Work, cif: str, user_id: str) -> None:
    """Hold a user id for a customer, who lets go of any other."""
    release(work, cif)
    until = work.now + work.world.policies(CymmetriPolicies).user_id.hold
    work.tx.upsert(tables.reservations, Reservation(user_id_key(user_id), cif, until))


def release(work: Work, cif: str) -> None:
    for reservation in work.tx.all(tables.reservations_of, Reservation, cif=cif):
        work.tx.delete(tables.reservations, key=reservation.key)


def _against_the_rules(call: Call, rule: Rule) -> NoReturn:
    policy = call.world.policies(CymmetriPolicies).user_id
    call.decide("WR-9.3", "user_id.rules", rule=rule)
    words = user_ids.words_for(rule, policy)
    raise Refusal("INVALID_USER_ID", 400, words, field="userId", details={"rule": rule})
