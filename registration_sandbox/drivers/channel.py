"""The driver ``channel``: the channel API of the contract, of our middleware or of anybody's that has it."""

from collections.abc import Mapping
from typing import Any

from registration_sandbox.drivers import login
from registration_sandbox.drivers.people import Card, Identity, Person
from registration_sandbox.drivers.protocols import BankApp, NoAnswer, Unable
from registration_sandbox.drivers.reading import facts_of
from registration_sandbox.drivers.seen import NOTHING, Seen
from registration_sandbox.drivers.surroundings import Surroundings
from registration_sandbox.drivers.vocabulary import IdentityKind, Page, PhoneStatus, Place, Possibility, Proof, Via
from registration_sandbox.drivers.wire import Reply
from registration_sandbox.drivers.words import CHANNEL_REASONS, meaning, reason_of

PLACES: Mapping[str, Place] = {
    "Login_Required": Page.LOG_IN,
    "Email_Otp_Sent": Page.EMAIL_CODE,
    "Mobile_Otp_Sent": Page.MOBILE_CODE,
    "Mobile_Verified": Page.PROOF,
    "Authenticated": Page.USER_ID,
    "User_Id_Saved": Page.PASSWORD,
    "Password_Validated": Page.CONFIRMATION,
    "Registered": Page.REGISTERED,
    "Blocked": Page.BLOCKED,
    **{status.value: status for status in PhoneStatus},
}

POSSIBILITIES = {
    "verify-email-otp": Possibility.ENTER_CODE,
    "resend-email-otp": Possibility.ANOTHER_CODE,
    "verify-mobile-otp": Possibility.ENTER_CODE,
    "resend-mobile-otp": Possibility.ANOTHER_CODE,
    "list-factors": Possibility.SEE_PROOFS,
    "authenticate": Possibility.GIVE_PROOF,
    "existing-user-id": Possibility.SEE_USER_ID,
    "save-user-id": Possibility.CHOOSE_USER_ID,
    "validate-password": Possibility.CHOOSE_PASSWORD,
    "set-password": Possibility.CONFIRM_PASSWORD,
    "sign-up": Possibility.ADD_PHONE,
    "register": Possibility.REGISTER_PHONE,
    "activate": Possibility.ACTIVATE_PHONE,
    "check": Possibility.CHECK_PHONE,
}

IDENTITIES = {
    IdentityKind.CUSTOMER_NUMBER: "CIF",
    IdentityKind.MOBILE: "MOBILE",
    IdentityKind.EMAIL: "EMAIL",
    IdentityKind.CARD: "CARD",
    IdentityKind.SHOE_SIZE: "SHOE_SIZE",
}
MFA_TYPES = {Proof.DEBIT_CARD: "DEBIT_CARD", Proof.CREDIT_CARD: "CREDIT_CARD"}
VIAS = {Via.EMAIL: "email", Via.TEXT: "sms", Via.QR: "qr"}

GOING_BACK: Mapping[str, dict[str, str]] = {
    "resend-email-otp": {},
    "resend-mobile-otp": {},
    "list-factors": {},
    "existing-user-id": {},
    "validate-password": {"password": "Violet-Kite#27"},
}
"""What can be asked for at each step of the web registration to see whether it still goes on, and the form for it."""

NEVER_BEGUN = "not-begun"


class Channel(Unable):
    """One person on the web site and in the app, over the channel API."""

    def __init__(self, person: Person, surroundings: Surroundings) -> None:
        self.person = person
        self.wire = surroundings.wire
        self.service = surroundings.service("orchestrator")
        self.visits: list[str] = []
        self.visit = ""
        self.phone = ""
        self.token: str | None = None
        self.number: str | None = None

    def start(self, identity: Identity) -> Seen:
        form = {"flow": "web", **identity_form(identity)}
        reply = self._ask("POST", "/registrations", form)
        self.visit = registration_of(reply)
        if self.visit:
            self.visits.append(self.visit)
        return see(reply)

    def see_site(self) -> Seen:
        if not self.visit:
            raise AssertionError(f"no registration of {self.person.name} is under way")
        return see(self._ask("GET", f"/registrations/{self.visit}"))

    def enter_code(self, code: str) -> Seen:
        return self._act(self._at(email="verify-email-otp", mobile="verify-mobile-otp"), otp=code)

    def ask_for_another_code(self) -> Seen:
        return self._act(self._at(email="resend-email-otp", mobile="resend-mobile-otp"))

    def ask_for_proofs(self) -> Seen:
        return self._act("list-factors")

    def give_card(self, card: Card) -> Seen:
        return self._act("authenticate", **card_form(card))

    def ask_for_user_id(self) -> Seen:
        return self._act("existing-user-id")

    def choose_user_id(self, user_id: str) -> Seen:
        return self._act("save-user-id", userId=user_id)

    def choose_password(self, password: str) -> Seen:
        return self._act("validate-password", password=password)

    def set_password(self, password: str, confirmation: str) -> Seen:
        return self._act("set-password", password=password, confirmPassword=confirmation)

    def go_back_to_first_attempt(self) -> Seen:
        first = f"/registrations/{self.visits[0]}"
        allowed = self._ask("GET", first).body["allowed_actions"]
        action = next(action for action in GOING_BACK if action in allowed)
        return see(self._ask("POST", f"{first}/actions/{action}", GOING_BACK[action]))

    def log_in_to_site(self, user_id: str, password: str) -> Seen:
        return login.to_site(self.wire, user_id, password)

    def log_in_to_app(self, user_id: str, password: str) -> Seen:
        entered, token = login.to_app(self.wire, user_id, password)
        self.token = token or self.token
        return entered

    def log_out_of_app(self) -> None:
        self.token = None

    def open_app(self, phone: str, user_id: str | None = None) -> Seen:
        form = {"flow": "device", "emCertID": phone} | ({} if user_id is None else {"username": user_id})
        reply = self._ask("POST", "/registrations", form, self.token)
        self.phone = registration_of(reply) or self.phone
        return see(reply)

    def see_app(self) -> Seen:
        return see(self._ask("GET", f"/registrations/{self.phone or NEVER_BEGUN}", None, self.token))

    def check_phone(self) -> Seen:
        return self._act_on_phone("check")

    def number_requests(self, number: str) -> None:
        self.number = number

    def take_up(self, other: BankApp) -> None:
        assert isinstance(other, Channel)
        self.phone = other.phone

    def see_history(self) -> Seen:
        reply = self._ask("GET", f"/registrations/{self.phone or NEVER_BEGUN}/history", None, self.token)
        return Seen(reason=reason_of(reply, CHANNEL_REASONS), **facts_of({}, reply))

    def add_phone(self, via: Via, contact: str | None) -> Seen:
        form = {"via": VIAS[via], **({"contact": contact} if contact else {})}
        return self._act_on_phone("sign-up", **form)

    def see_qr_code(self) -> bytes:
        path = f"/registrations/{self.phone}/sign-up-qr"
        reply = self._ask("GET", path, None, self.token, headers={"Accept": "image/png"})
        if reply.refused or reply.media_type != "image/png":
            raise NoAnswer(f"no QR image came: {reply}")
        return reply.raw

    def register_phone(self) -> Seen:
        return self._act_on_phone("register")

    def activate_phone(self) -> Seen:
        return self._act_on_phone("activate")

    def _at(self, email: str, mobile: str) -> str:
        """Return the action that belongs to the code which the site waits for."""
        return email if self.see_site().place is Page.EMAIL_CODE else mobile

    def _act(self, action: str, **form: str) -> Seen:
        return see(self._ask("POST", f"/registrations/{self.visit}/actions/{action}", form))

    def _act_on_phone(self, action: str, **form: str) -> Seen:
        path = f"/registrations/{self.phone or NEVER_BEGUN}/actions/{action}"
        return see(self._ask("POST", path, form, self.token))

    def _ask(self, method: str, path: str, form: Any = None, token: str | None = None, **more: Any) -> Reply:
        if method == "POST" and self.number is not None:
            more["headers"] = {"Idempotency-Key": self.number}
        return self.wire.ask(self.service, method, path, form, token=token, **more)


def see(reply: Reply) -> Seen:
    """Return what a person sees of an answer. Raises UnknownWord, and NoAnswer for what no channel API says."""
    if reply.status == 0:
        return NOTHING
    reason = reason_of(reply, CHANNEL_REASONS)
    if reason is not None:
        facts = reply.body.get("details")
        return Seen(reason=reason, **facts_of(facts if isinstance(facts, dict) else {}, reply))
    registration = registration_of(reply)
    if not registration:
        raise NoAnswer(f"this is no registration: {reply}")
    outcome = reply.body.get("last_outcome")
    facts = outcome.get("details") if isinstance(outcome, dict) else None
    return Seen(
        place=meaning(PLACES, reply.body.get("status"), "status"),
        possible=frozenset(
            meaning(POSSIBILITIES, action, "action") for action in reply.body.get("allowed_actions") or ()
        ),
        registration=True,
        **facts_of(facts if isinstance(facts, dict) else {}, reply),
    )


def registration_of(reply: Reply) -> str:
    """Return the id of the registration that an answer shows, empty where it shows none."""
    return "" if reply.refused else str(reply.body.get("id") or "")


def identity_form(identity: Identity) -> dict[str, str]:
    """Return a form of ``checkIdentity``; what the person leaves out is not in it."""
    kind = IDENTITIES[identity.kind]
    asked, spare = ("cardNumber", "id") if identity.kind is IdentityKind.CARD else ("id", "cardNumber")
    form = {"deviceId": identity.browser, "type": kind, asked: identity.value, spare: identity.spare}
    return {name: given for name, given in form.items() if given is not None}


def card_form(card: Card) -> dict[str, str]:
    """Return a form of ``authenticateUser``."""
    secret = {"pin": card.pin} if card.kind is Proof.DEBIT_CARD else {"cvv": card.cvv}
    return {"mfaType": MFA_TYPES[card.kind], "cardLast4": card.last4, "expiry": card.expiry, **secret}
