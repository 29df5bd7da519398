"""Steps 10 and 11: a password is validated, and set; then the user exists."""

from typing import NoReturn

from simulators.cymmetri import cbs_client, tables
from simulators.cymmetri.accounts import new_account
from simulators.cymmetri.models import ActiveUser, ConfirmedPassword, ValidPassword
from simulators.cymmetri.password_policy import Owner, violations
from simulators.cymmetri.passwords import hash_password, is_password
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.records import Account, KnownCard, PastPassword, Registration, Stage
from simulators.cymmetri.stages import is_before
from simulators.cymmetri.steps import blocks, notices
from simulators.cymmetri.steps.choose_user_id import find_holder, is_own, release
from simulators.cymmetri.steps.staged import TokenBranches, move_on, open_registration, save_registration
from simulators.kit.errors import Refusal
from simulators.kit.web.call import Call

STAGE: Stage = "SET_PASSWORD"
TOKEN = TokenBranches(out_of_order=lambda registration: "WR-11.4" if is_before(registration.stage, STAGE) else None)
NOT_THE_VALIDATED_ONE = "NOT_THE_VALIDATED_ONE"
"""A violation of the policy ``must_be_validated_one``, which the vendor's material does not know."""


def validate_password(call: Call, password: str) -> ValidPassword:
    """Tell whether a password follows all the rules."""
    registration = open_registration(call, "VALIDATE_PASSWORD", STAGE)
    blocks.refuse_blocked(call, registration.cif)
    broken = _find_violations(call, registration, password)
    if broken:
        _refuse_by_policy(call, "WR-10.2", broken)
    call.decide("WR-10.1", "password.valid", cif=registration.cif)
    registration.validated = hash_password(password)
    return ValidPassword(valid=True, nextStep=STAGE, token=move_on(call, registration, STAGE))


def set_password(call: Call, given: ConfirmedPassword) -> ActiveUser:
    """Set the password: the user now exists. Whether the user id is still free is asked again."""
    registration = _open_for(call, given)
    user_id = registration.user_id or ""
    with cbs_client.required(call):
        at_bank = cbs_client.has_user_id(call, user_id) and not is_own(call, registration.cif, user_id)
    hashed = hash_password(given.password)
    registration = _open_for(call, given)
    if at_bank or find_holder(call, registration.cif, user_id):
        _refuse_taken(call, registration)
    account = _create_account(call, registration, user_id, hashed)
    call.decide("WR-11.1", "password.set", cif=registration.cif)
    told = notices.schedule_registered(call, notices.Person.of(account))
    call.decide("WR-11.6", "registration.announced", cif=registration.cif, told_by=told)
    return ActiveUser(userId=user_id, status="ACTIVE")


def _create_account(call: Call, registration: Registration, user_id: str, hashed: str) -> Account:
    """Make the customer's account, found by the card that the customer was found by, and end the registration."""
    account = new_account(
        registration.cif, user_id, hashed, registration.legal_name, registration.email, registration.mobile, call.now
    )
    call.tx.insert(tables.accounts, account)
    if registration.card:
        call.tx.upsert(tables.known_cards, KnownCard(registration.card, registration.cif))
    release(call, registration.cif)
    registration.stage = "COMPLETED"
    registration.validated = None
    save_registration(call, registration)
    return account


def _open_for(call: Call, given: ConfirmedPassword) -> Registration:
    """Return the registration whose password may be set to this one: token, confirmation and rules are in order."""
    registration = open_registration(call, STAGE, branches=TOKEN)
    blocks.refuse_blocked(call, registration.cif)
    if given.password != given.confirmPassword:
        call.decide("WR-11.3", "password.confirmation")
        message = "The confirmation is not the same as the password. Type both again."
        raise Refusal("PASSWORD_MISMATCH", 400, message, field="confirmPassword")
    broken = _find_violations(call, registration, given.password)
    if call.world.policies(CymmetriPolicies).password.must_be_validated_one and not is_password(
        given.password, registration.validated or ""
    ):
        broken.append(NOT_THE_VALIDATED_ONE)
    if broken:
        _refuse_by_policy(call, "WR-11.2", broken)
    return registration


def _find_violations(call: Call, registration: Registration, password: str) -> list[str]:
    past = call.tx.all(tables.passwords_of, PastPassword, cif=registration.cif)
    owner = Owner(registration.user_id or "", registration.legal_name, [each.hash for each in past])
    return violations(password, owner, call.world.policies(CymmetriPolicies).password)


def _refuse_by_policy(call: Call, branch: str, broken: list[str]) -> NoReturn:
    call.decide(branch, "password.policy", violations=broken)
    message = f"The password breaks these rules: {', '.join(broken)}. Choose another."
    raise Refusal("PASSWORD_POLICY_VIOLATION", 422, message, field="password", details={"violations": broken})


def _refuse_taken(call: Call, registration: Registration) -> NoReturn:
    """Send the registration back to step 9, with the token for it."""
    call.decide("WR-11.5", "user_id.taken_in_between", cif=registration.cif)
    release(call, registration.cif)
    registration.user_id = None
    registration.validated = None
    token = move_on(call, registration, "USER_ID")
    message = "The user id was taken by someone else meanwhile. Choose another."
    data = {"nextStep": "USER_ID", "token": token}
    raise Refusal("USER_ID_ALREADY_EXISTS", 409, message, field="userId", data=data)
