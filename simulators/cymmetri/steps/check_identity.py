"""Step 1, checkIdentity: to log in, to register, or neither."""

from typing import TYPE_CHECKING, NoReturn, TypeVar

from simulators.cymmetri import cbs_gateway, mail
from simulators.cymmetri.accounts import Account, KnownCard
from simulators.cymmetri.cbs_gateway import Customer
from simulators.cymmetri.identities import Identity, card_key, identify
from simulators.cymmetri.lockout import attempts_left
from simulators.cymmetri.models import CheckedIdentity, CheckIdentity
from simulators.cymmetri.otp_challenges import minutes
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.registration import Registration, under_way
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.opening import move_on
from simulators.cymmetri.steps.otp_steps import EMAIL, renew, send
from simulators.kit.errors import Flaw, Refusal
from simulators.kit.lazy import lazy
from simulators.kit.masking import masked_email, masked_name
from simulators.kit.seeds import derive_hex
from simulators.kit.work import Work

if TYPE_CHECKING:
    from simulators.cymmetri import tables
else:
    tables = lazy("simulators.cymmetri.tables")

INVALID = "WR-1.6"

Person = TypeVar("Person", Account, Customer)


def check_identity(work: Work, asked: CheckIdentity) -> CheckedIdentity:
    """Find who asks: first among Cymmetri's own users, then among the bank's customers.

    A customer of the bank gets a registration and an OTP by email; one under way for the customer is superseded.
    """
    identity = identify(asked.type, asked.id, asked.cardNumber)
    if isinstance(identity, Flaw):
        _malformed(work, identity)
    users = _users(work, identity)
    if users:
        return _to_login(work, _the_only(work, users))
    work.commit()
    with cbs_gateway.needed(work, "WR-1.5"):
        customers = cbs_gateway.customers(work, identity)
    if not customers:
        work.decide("WR-1.3", "identity.unknown")
        words = "The details are not valid: no such user exists. Check them, or visit a branch of the bank."
        raise Refusal("USER_NOT_FOUND", 404, words)
    customer = _the_only(work, customers)
    account = work.tx.get(tables.accounts, Account, cif=customer.cif)
    if account is not None:
        return _to_login(work, account)
    return _to_registration(work, asked.deviceId, identity, customer)


def _users(work: Work, identity: Identity) -> list[Account]:
    """Return Cymmetri's own users whom an identity belongs to."""
    if identity.type == "MOBILE":
        return work.tx.all(tables.account_by_mobile, Account, value=identity.value)
    if identity.type == "EMAIL":
        return work.tx.all(tables.account_by_email, Account, value=identity.value)
    cif = identity.value
    if identity.type == "CARD":
        key = card_key(work.settings.signing_key, identity.value)
        card = work.tx.get(tables.known_cards, KnownCard, key=key)
        cif = card.cif if card else ""
    account = work.tx.get(tables.accounts, Account, cif=cif)
    return [account] if account else []


def _to_login(work: Work, account: Account) -> CheckedIdentity:
    blocks.refuse_blocked(work, account.cif, "WR-1.4")
    work.decide("WR-1.1", "identity.in_cymmetri", cif=account.cif)
    return CheckedIdentity(flow="LOGIN", userId=masked_name(account.user_id))


def _the_only(work: Work, found: list[Person]) -> Person:
    """Return the one who was found; several may share a mobile or an email."""
    if len(found) > 1:
        words = "belongs to several customers; identify with the customer number (CIF) or a card number"
        _malformed(work, Flaw("id", words))
    return found[0]


def _to_registration(work: Work, device: str, identity: Identity, customer: Customer) -> CheckedIdentity:
    policies = work.world.policies(CymmetriPolicies)
    _refuse_inactive(work, customer)
    lockout = blocks.refuse_blocked(work, customer.cif, "WR-1.4")
    email = _email_of(work, customer)
    superseded = _supersede(work, customer.cif)
    number = work.tx.next("registration")
    registration = Registration(
        id=derive_hex(work.world.seed, "registration", number),
        cif=customer.cif,
        device=device,
        legal_name=customer.legalName,
        email=email,
        mobile=customer.mobile or None,
        card=card_key(work.settings.signing_key, identity.value) if identity.type == "CARD" else None,
        created_at=work.now,
        stage=EMAIL.stage,
        token_number=0,
        token_expires_at=work.now,
    )
    work.tx.insert(tables.registrations, registration)
    token = move_on(work, registration, EMAIL.stage)
    challenge = renew(work, registration, EMAIL)
    sent = send(work, registration, challenge)
    data = CheckedIdentity(
        flow="REGISTRATION",
        token=token,
        nextStep=EMAIL.stage,
        maskedEmail=masked_email(email),
        otpLength=challenge.digits,
        expInMinute=minutes(challenge.lifetime),
        attemptsLeft=attempts_left(lockout, EMAIL.attempts, policies.otp.max_attempts),
        resendLeft=policies.otp.max_resends,
    )
    work.decide("WR-1.2" if sent else "WR-1.8", "identity.in_cbs", cif=customer.cif, otp_sent=sent)
    if superseded:
        work.decide("WR-1.10", "registration.superseded", cif=customer.cif, registrations=superseded)
    if not sent:
        raise mail.not_sent(EMAIL.channel, data)
    return data


def _refuse_inactive(work: Work, customer: Customer) -> None:
    if not customer.is_active:
        work.decide("WR-1.9", "customer.not_active", cif=customer.cif, status=customer.status)
        words = "You cannot register online. Visit a branch of the bank."
        raise Refusal("CUSTOMER_NOT_ELIGIBLE", 403, words)


def _email_of(work: Work, customer: Customer) -> str:
    if not customer.email:
        work.decide("WR-1.7", "customer.no_email", cif=customer.cif)
        words = "The bank has no email of yours. Update your contact details at a branch, then register."
        raise Refusal("EMAIL_NOT_REGISTERED", 409, words)
    return customer.email


def _supersede(work: Work, cif: str) -> list[str]:
    """End the customer's registrations that are not completed; return those that were still under way."""
    found = work.tx.all(tables.live_registrations_of, Registration, cif=cif)
    ended = [registration for registration in found if registration.stage != "COMPLETED"]
    alive = [registration.id for registration in ended if under_way(registration, work.now)]
    for registration in ended:
        registration.superseded = True
        work.tx.update(tables.registrations, registration)
    return alive


def _malformed(work: Work, flaw: Flaw) -> NoReturn:
    work.decide(INVALID, "request.validation", field=flaw.field, problem=flaw.words)
    raise Refusal("VALIDATION_FAILED", 400, f"{flaw.field} {flaw.words}.", field=flaw.field)
