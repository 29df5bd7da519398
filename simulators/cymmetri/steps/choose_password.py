"""Steps 10 and 11: a password is validated, and set; then the user exists."""

from typing import TYPE_CHECKING, NoReturn

from simulators.cymmetri import cbs_gateway
from simulators.cymmetri.accounts import KnownCard, PastPassword, account
from simulators.cymmetri.models import ActiveUser, ConfirmedPassword, ValidPassword
from simulators.cymmetri.password_policy import Owner, violations
from simulators.cymmetri.passwords import hashed, is_password
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.registration import Registration, Stage, is_before
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.choose_user_id import is_own, release, taken_here
from simulators.cymmetri.steps.opening import move_on, opened
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy

if TYPE_CHECKING:
    from simulators.cymmetri import tables
else:
    tables = lazy("simulators.cymmetri.tables")

STAGE: Stage = "SET_PASSWORD"
NOT_THE_VALIDATED_ONE = "NOT_THE_VALIDATED_ONE"
"""A violation of the policy ``must_be_validated_one``, which the vendor's material does not know."""


def validate_password(call: Call, password: str) -> ValidPassword:
    """Say whether a password follows all the rules."""
    registration = opened(call, "VALIDATE_PASSWORD", STAGE)
    blocks.refuse_blocked(call, registration.cif)
    broken = _violations(call, registration, password)
    if broken:
        _against_the_policy(call, "WR-10.2", broken)
    call.decide("WR-10.1", "password.valid", cif=registration.cif)
    registration.validated = hashed(password)
    return ValidPassword(valid=True, nextStep=STAGE, token=move_on(call, registration, STAGE))


def set_password(call: Call, said: ConfirmedPassword) -> ActiveUser:
    """Set the password: the user now exists. Whether the user id is still free is asked again."""
    registration = _may_set(call, said)
    call.commit()
    user_id = registration.user_id or ""
    with cbs_gateway.needed(call):
        at_bank = cbs_gateway.has_user_id(call, user_id) and not is_own(call, registration.cif, user_id)
    secret = hashed(said.password)
    registration = _may_set(call, said)
    if at_bank or taken_here(call, registration.cif, user_id):
        _user_id_taken(call, registration)
    made = account(
        registration.cif, user_id, secret, registration.legal_name, registration.email, registration.mobile, call.now
    )
    call.tx.insert(tables.accounts, made)
    if registration.card:
        call.tx.upsert(tables.known_cards, KnownCard(registration.card, registration.cif))
    release(call, registration.cif)
    registration.stage = "COMPLETED"
    registration.validated = None
    call.tx.update(tables.registrations, registration)
    call.decide("WR-11.1", "password.set", cif=registration.cif)
    return ActiveUser(userId=user_id, status="ACTIVE")


def _may_set(call: Call, said: ConfirmedPassword) -> Registration:
    """Return the registration whose password may be set to this one: token, confirmation and rules are in order."""
    registration = opened(call, STAGE, branch_of=_too_early)
    blocks.refuse_blocked(call, registration.cif)
    if said.password != said.confirmPassword:
        call.decide("WR-11.3", "password.confirmation")
        words = "The confirmation is not the same as the password. Type both again."
        raise Refusal("PASSWORD_MISMATCH", 400, words, field="confirmPassword")
    broken = _violations(call, registration, said.password)
    if call.world.policies(CymmetriPolicies).password.must_be_validated_one and not is_password(
        said.password, registration.validated or ""
    ):
        broken.append(NOT_THE_VALIDATED_ONE)
    if broken:
        _against_the_policy(call, "WR-11.2", broken)
    return registration


def _too_early(registration: Registration | None) -> str | None:
    return "WR-11.4" if registration and is_before(registration.stage, STAGE) else None


def _violations(call: Call, registration: Registration, password: str) -> list[str]:
    past = call.tx.all(tables.passwords_of, PastPassword, cif=registration.cif)
    owner = Owner(registration.user_id or "", registration.legal_name, [each.hash for each in past])
    return violations(password, owner, call.world.policies(CymmetriPolicies).password)


def _against_the_policy(call: Call, branch: str, broken: list[str]) -> NoReturn:
    call.decide(branch, "password.policy", violations=broken)
    words = f"The password breaks these rules: {', '.join(broken)}. Choose another."
    raise Refusal("PASSWORD_POLICY_VIOLATION", 422, words, field="password", details={"violations": broken})


def _user_id_taken(call: Call, registration: Registration) -> NoReturn:
    """Send the registration back to step 9, with the token for it."""
    call.decide("WR-11.5", "user_id.taken_in_between", cif=registration.cif)
    release(call, registration.cif)
    registration.user_id = None
    registration.validated = None
    token = move_on(call, registration, "USER_ID")
    words = "The user id was taken by someone else meanwhile. Choose another."
    data = {"nextStep": "USER_ID", "token": token}
    raise Refusal("USER_ID_ALREADY_EXISTS", 409, words, field="userId", data=data)
