"""A user of the bank's app, on one phone after the other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from registration_sandbox.drivers.people import Person
from registration_sandbox.drivers.protocols import Acting, CannotDo
from registration_sandbox.drivers.seen import Seen
from registration_sandbox.drivers.vocabulary import PhoneStatus, Via
from steps.observers.handset import Phone
from steps.observers.mailbox import Mailbox
from steps.support.acting import asks_when_looking
from steps.support.bank import Bank

STEPS_TO = {
    PhoneStatus.NOT_FOUND: 1,
    PhoneStatus.IN_PROGRESS: 2,
    PhoneStatus.SIGNED_UP: 3,
    PhoneStatus.REGISTERED: 3,
    PhoneStatus.ACTIVE: 4,
}
"""How many steps lead to a status: open the app, add the phone, complete the sign-up, activate it."""

SESSION = timedelta(minutes=25)
"""After so long the app logs in again: shorter than any session."""


@dataclass
class PhoneOwner:
    """A person with phones; ``via`` is how the newest is being added."""

    bank: Bank
    person: Person
    phones: list[Phone] = field(init=False)
    via: Via = Via.EMAIL
    opened: bool = False
    sent_credential: str | dict[str, Any] | None = None
    logged_in_at: timedelta | None = None

    def __post_init__(self) -> None:
        self.phones = [Phone(self.bank, known.id, known.emCertID) for known in self.person.handsets]

    @property
    def app(self) -> Acting:
        return self.bank.acts(self.person.name)

    @property
    def mailbox(self) -> Mailbox:
        return self.bank.actor(Mailbox, self.person.name)

    @property
    def phone(self) -> Phone:
        """The phone in the person's hand."""
        return self.phones[-1]

    @property
    def status(self) -> PhoneStatus:
        """How far the app says that the phone is."""
        self.bank.settle()
        place = self.app.see_app().place
        assert isinstance(place, PhoneStatus), f"{self.person.name}'s phone is at {place}"
        return place

    def take_new_phone(self) -> Phone:
        self.phones.append(Phone.buy(self.bank, f"Pixel {9 + len(self.phones)}", self.person.name))
        return self.phones[-1]

    def ensure_logged_in(self) -> None:
        """Log in, unless that was done a short while ago."""
        passed = self.bank.clock.passed
        if self.logged_in_at is None or passed - self.logged_in_at >= SESSION:
            seen = self.log_in()
            assert seen.went_well, f"{self.person.name} cannot log in: {seen}"

    def log_in(self) -> Seen:
        seen = self.app.log_in_to_app(*self.person.credentials)
        if seen.went_well:
            self.logged_in_at = self.bank.clock.passed
        return seen

    def open(self, phone: Phone | None = None, user_id: str | None = None) -> Seen:
        """Have the bank determine a phone's status (step 0), saying to be another user if ``user_id`` is given."""
        seen = self.app.open_app((phone or self.phone).em_cert_id, user_id)
        self.opened = self.opened or seen.registration
        return self._stir_and_show(seen)

    def look(self) -> Seen:
        """Ask for the registration of the phone. Raises CannotDo."""
        if not asks_when_looking(self.app):
            raise CannotDo("the page shows the registration without asking the bank")
        return self.bank.note(self.person.name, self.app.see_app())

    def check_phone(self) -> Seen:
        return self._stir_and_show(self.app.check_phone())

    def reach(self, status: PhoneStatus) -> None:
        """Go on with a new phone until its registration has a status. For Sign_Up_Complete TSG fails to register it."""
        phone = self.take_new_phone()
        if status is PhoneStatus.SIGNED_UP:
            self.bank.harm({"service": "tsg", "path": "/tsg/register", "effect": {"status": 503}, "times": 1})
        steps: tuple[Callable[[], Seen], ...] = (
            self.open,
            lambda: self.add_phone(Via.EMAIL),
            lambda: self.complete(phone),
            self.activate_phone,
        )
        for step in steps[: STEPS_TO[status]]:
            seen = step()
            assert seen.went_well, f"{self.person.name}'s phone should be {status}: {seen}"
        assert self.status is status, f"{self.person.name}'s phone is {self.status}"

    def add_phone(self, via: Via, contact: str | None = None) -> Seen:
        """Ask for a sign-up code: to the registered contact, unless another is given, or as a QR code."""
        self.via = via
        registered = {Via.EMAIL: self.person.email, Via.TEXT: self.person.mobile, Via.QR: None}[via]
        seen = self.app.add_phone(via, registered if contact is None else contact)
        if seen.went_well:
            self.bank.sign_ups.append(self.person.name)
        return self._stir_and_show(seen)

    def register_phone(self) -> Seen:
        return self._stir_and_show(self.app.register_phone())

    def activate_phone(self) -> Seen:
        return self._stir_and_show(self.app.activate_phone())

    def complete(self, phone: Phone) -> Seen:
        """Do on a phone what the sign-up asks for: scan the QR code, or type the newest code."""
        if self.via is Via.QR:
            return phone.scan(self.app.see_qr_code())
        return phone.type_code(self.mailbox.code(self.via))

    def add_and_activate(self, via: Via, contact: str | None = None) -> None:
        """Go the whole way with a new phone: add it, sign up, activate it."""
        phone = self.take_new_phone()
        steps: tuple[Callable[[], Seen], ...] = (
            self.open,
            lambda: self.add_phone(via, contact),
            lambda: self.complete(phone),
            self.activate_phone,
        )
        for step in steps:
            seen = step()
            assert seen.went_well, f"{self.person.name}'s phone should have been added: {seen}"

    def _stir_and_show(self, seen: Seen) -> Seen:
        self.bank.stir()
        return seen
