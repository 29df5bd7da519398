"""Step 1, checkIdentity: to log in, to register, or neither."""

from typing import NoReturn, TypeVar

from simulators.cymmetri import cbs_client, tables
from simulators.cymmetri.cbs_client import Customer
from simulators.cymmetri.identities import Identity, card_key, identify
from simulators.cymmetri.models import CheckedIdentity, CheckIdentity
from simulators.cymmetri.records import Account, KnownCard
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.begin_registration import begin_registration
from simulators.kit.errors import Flaw, Refusal
from simulators.kit.masking import mask_name
from simulators.kit.work import Work

MALFORMED = "WR-1.6"
UNAMBIGUOUS = ("CIF", "CARD")
"""The identities that only one customer can have."""

Found = TypeVar("Found", Account, Customer)


def check_identity(work: Work, asked: CheckIdentity) -> CheckedIdentity:
    """Look for a person, first among Cymmetri's own users, then among the bank's customers.

    A customer of the bank gets a registration and an OTP by email; one under way for the customer is superseded.
    """
    identity = identify(asked.type, asked.id, asked.cardNumber)
    if isinstance(identity, Flaw):
        _refuse_malformed(work, identity)
    users = _find_users(work, identity)
    if users:
        return _lead_to_login(work, _only_one(work, identity, users))
    with cbs_client.required(work, "WR-1.5"):
        customers = cbs_client.find_customers(work, identity)
    if not customers:
        work.decide("WR-1.3", "identity.unknown")
        message = "The details are not valid: no such user exists. Check them, or visit a branch of the bank."
        raise Refusal("USER_NOT_FOUND", 404, message)
    customer = _only_one(work, identity, customers)
    account = work.tx.get(tables.accounts, Account, cif=customer.cif)
    if account is not None:
        return _lead_to_login(work, account)
    return begin_registration(work, asked.deviceId, identity, customer)


def _find_users(work: Work, identity: Identity) -> list[Account]:
    """Return Cymmetri's own users who have an identity."""
    if identity.type == "MOBILE":
        return work.tx.all(tables.account_by_mobile, Account, value=identity.value)
    if identity.type == "EMAIL":
        return work.tx.all(tables.account_by_email, Account, value=identity.value)
    cif = identity.value
    if identity.type == "CARD":
        key = card_key(work.world.origin, identity.value)
        card = work.tx.get(tables.known_cards, KnownCard, key=key)
        cif = card.cif if card else ""
    account = work.tx.get(tables.accounts, Account, cif=cif)
    return [account] if account else []


def _lead_to_login(work: Work, account: Account) -> CheckedIdentity:
    blocks.refuse_blocked(work, account.cif, "WR-1.4")
    work.decide("WR-1.1", "identity.in_cymmetri", cif=account.cif)
    return CheckedIdentity(flow="LOGIN", userId=mask_name(account.user_id))


def _only_one(work: Work, identity: Identity, found: list[Found]) -> Found:
    """Return the one who was found. Raises Refusal (IDENTITY_AMBIGUOUS, 409), naming nobody, where several share it."""
    if len(found) > 1:
        work.decide("WR-1.12", "identity.ambiguous", type=identity.type, found=len(found))
        message = (
            "Several customers have given the bank this contact. Identify with the customer number (CIF) or a card "
            "number instead."
        )
        raise Refusal("IDENTITY_AMBIGUOUS", 409, message, field="id", details={"identifyBy": UNAMBIGUOUS})
    return found[0]


def _refuse_malformed(work: Work, flaw: Flaw) -> NoReturn:
    work.decide(MALFORMED, "request.validation", field=flaw.field, problem=flaw.message)
    raise Refusal("VALIDATION_FAILED", 400, f"{flaw.field} {flaw.message}.", field=flaw.field)
