"""Steps 8 and 9: the user id that the bank holds, and the one that the customer wants."""

from typing import Literal, NoReturn

from simulators.cymmetri import cbs_client, tables, user_ids
from simulators.cymmetri.models import ExistingUserId, SavedUserId
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.records import Account, Registration, Reservation, Stage
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.staged import move_on, open_registration
from simulators.cymmetri.user_ids import Rule, user_id_key
from simulators.kit.errors import Refusal
from simulators.kit.web.call import Call
from simulators.kit.work import Work

STAGES: tuple[Stage, ...] = ("USER_ID", "VALIDATE_PASSWORD", "SET_PASSWORD")
"""A customer who saved a user id may change their mind until the password is set."""

Holder = Literal["account", "reservation", "bank"]
"""What another customer has a user id by."""


def existing_user_id(call: Call) -> ExistingUserId:
    """Return the user id that the bank holds for the customer, if any."""
    registration = open_registration(call, *STAGES)
    blocks.refuse_blocked(call, registration.cif)
    with cbs_client.required(call, "WR-8.3"):
        user_id = cbs_client.find_user_id(call, registration.cif)
    call.decide("WR-8.1" if user_id else "WR-8.2", "user_id.at_the_bank", cif=registration.cif, held=bool(user_id))
    return ExistingUserId(user_id)


def save_user_id(call: Call, user_id: str) -> SavedUserId:
    """Hold a user id for the customer. The customer's own at the bank need not follow the rules for new ones."""
    registration = open_registration(call, *STAGES)
    blocks.refuse_blocked(call, registration.cif)
    rule = user_ids.broken_rule(user_id, call.world.policies(CymmetriPolicies).user_id)
    with cbs_client.required(call, "WR-9.5"):
        own = is_own(call, registration.cif, user_id)
        if rule is not None and not own:
            _refuse_by_rule(call, rule)
        at_bank = not own and cbs_client.has_user_id(call, user_id)
    registration = open_registration(call, *STAGES)
    blocks.refuse_blocked(call, registration.cif)
    holder: Holder | None = "bank" if at_bank else find_holder(call, registration.cif, user_id)
    if holder is not None:
        call.decide("WR-9.6" if holder == "reservation" else "WR-9.2", "user_id.in_use", at=holder)
        message = "This user id is in use. Choose another."
        raise Refusal("USER_ID_ALREADY_EXISTS", 409, message, field="userId")
    reserve(call, registration.cif, user_id)
    call.decide("WR-9.4" if own else "WR-9.1", "user_id.saved", cif=registration.cif, own_at_the_bank=own)
    if _is_another(registration, user_id):
        call.decide("WR-9.7", "user_id.changed", cif=registration.cif, stage=registration.stage)
    registration.user_id = user_id
    registration.validated = None
    token = move_on(call, registration, "VALIDATE_PASSWORD")
    return SavedUserId(userId=user_id, nextStep="VALIDATE_PASSWORD", token=token)


def is_own(work: Work, cif: str, user_id: str) -> bool:
    """Tell whether the bank holds this user id for the customer, in any letter case. Raises UpstreamFailure."""
    held = cbs_client.find_user_id(work, cif)
    return held is not None and user_id_key(held) == user_id_key(user_id)


def find_holder(work: Work, cif: str, user_id: str) -> Holder | None:
    """Return what another customer has the user id by in Cymmetri: an account, or a reservation."""
    key = user_id_key(user_id)
    account = work.tx.first(tables.account_by_user, Account, value=key)
    if account is not None and account.cif != cif:
        return "account"
    reservation = work.tx.get(tables.reservations, Reservation, key=key)
    return "reservation" if user_ids.is_held_by_another(reservation, cif, work.now) else None


def reserve(work: Work, cif: str, user_id: str) -> None:
    """Hold a user id for a customer, and release any other."""
    release(work, cif)
    until = work.now + work.world.policies(CymmetriPolicies).user_id.hold
    work.tx.upsert(tables.reservations, Reservation(user_id_key(user_id), cif, until))


def release(work: Work, cif: str) -> None:
    """Release the user ids that are held for a customer."""
    for reservation in work.tx.all(tables.reservations_of, Reservation, cif=cif):
        work.tx.delete(tables.reservations, key=reservation.key)


def _is_another(registration: Registration, user_id: str) -> bool:
    """Tell whether the customer had saved a user id already, and this is another."""
    return registration.user_id is not None and user_id_key(registration.user_id) != user_id_key(user_id)


def _refuse_by_rule(call: Call, rule: Rule) -> NoReturn:
    policy = call.world.policies(CymmetriPolicies).user_id
    call.decide("WR-9.3", "user_id.rules", rule=rule)
    message = user_ids.explain_rule(rule, policy)
    raise Refusal("INVALID_USER_ID", 400, message, field="userId", details={"rule": rule})
