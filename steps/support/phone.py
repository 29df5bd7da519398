"""A person's phones, with the app SDK in them, and the bank's app, in which the person is logged in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from steps.support.bank import Bank
from steps.support.mailbox import EMAIL, TEXT, Mailbox
from steps.support.people import Person
from steps.support.talk import Answer

QR = "qr"
NOBODYS_REGISTRATION = "not-begun"


@dataclass
class Phone:
    """A phone as the handset service plays it; ``heard`` is the last thing that its SDK reported."""

    bank: Bank
    id: str
    em_cert_id: str
    heard: Answer = field(default_factory=lambda: Answer(0))

    def type_code(self, code: str) -> Answer:
        self.heard = self.bank.talk.ask("handset", "POST", f"/handsets/{self.id}/sign-up", {"code": code})
        self.bank.stir()
        self.bank.settle()
        return self.heard

    def scan(self, image: bytes) -> Answer:
        path = f"/handsets/{self.id}/sign-up"
        self.heard = self.bank.talk.ask("handset", "POST", path, files={"qr": ("qr.png", image, "image/png")})
        self.bank.stir()
        self.bank.settle()
        return self.heard


@dataclass
class BankApp:
    """The bank's app as one person uses it, on one phone after the other; ``via`` is how the phone is being added."""

    bank: Bank
    person: Person
    phones: list[Phone] = field(init=False)
    registrations: list[str] = field(default_factory=list)
    token: str | None = None
    logged_in_until: timedelta = timedelta()
    via: str = EMAIL

    def __post_init__(self) -> None:
        self.phones = [Phone(self.bank, known["id"], known["emCertID"]) for known in self.person.handsets]

    @property
    def mailbox(self) -> Mailbox:
        return self.bank.actor(Mailbox, self.person.name)

    @property
    def phone(self) -> Phone:
        """The phone in the person's hand."""
        return self.phones[-1]

    @property
    def page(self) -> dict[str, Any]:
        """What the app shows now: the registration as it stands."""
        self.bank.settle()
        return self._about().body

    @property
    def status(self) -> str:
        return str(self.page["status"])

    @property
    def history(self) -> list[str]:
        """The statuses that the registration has been through, oldest first."""
        self.bank.settle()
        return [change["after"] for change in self._about("/history").body["history"]]

    def take_new_phone(self) -> Phone:
        form = {"os": "Android", "model": f"Pixel {9 + len(self.phones)}", "owner": self.person.name}
        made = self.bank.talk.ask("handset", "POST", "/handsets", form)
        assert not made.refused, f"{self.person.name} got no phone: {made}"
        self.phones.append(Phone(self.bank, made.body["id"], made.body["emCertID"]))
        return self.phones[-1]

    def log_in(self) -> None:
        """Log in, unless that was done before and still holds."""
        if self.token is not None and self.bank.time_passed < self.logged_in_until:
            return
        answer = self.ask_to_be_let_in()
        assert self.token, f"{self.person.name} cannot log in: {answer}"

    def ask_to_be_let_in(self) -> Answer:
        form = {"username": self.person.username, "password": self.person.password}
        answer = self.bank.talk.ask("auth_service", "POST", "/auth/login", form)
        if answer.came and not answer.refused:
            self.token = answer.body["token"]
            self.logged_in_until = self.bank.time_passed + timedelta(seconds=answer.body["expiresIn"])
        return answer

    def open(self, phone: Phone | None = None) -> Answer:
        """Have the bank determine a phone's status (step 0)."""
        form = {"flow": "device", "emCertID": (phone or self.phone).em_cert_id}
        answer = self.bank.talk.ask("orchestrator", "POST", "/registrations", form, token=self.token)
        if not answer.refused:
            self.registrations.append(answer.body["id"])
        self.bank.stir()
        return self.bank.tell(self.person, answer)

    def act(self, action: str, **form: Any) -> Answer:
        """Do something on the newest registration, or on one that was never begun."""
        path = f"/registrations/{(self.registrations or [NOBODYS_REGISTRATION])[-1]}/actions/{action}"
        answer = self.bank.talk.ask("orchestrator", "POST", path, form, token=self.token)
        self.bank.stir()
        return self.bank.tell(self.person, answer)

    def sign_up(self, via: str, contact: str | None = None) -> Answer:
        """Add the phone: by the registered contact, unless another is given, or by QR code."""
        self.via = via
        if via == QR:
            return self.act("sign-up", via=via)
        return self.act(
            "sign-up", via=via, contact=contact or {EMAIL: self.person.email, TEXT: self.person.mobile}[via]
        )

    def qr_image(self) -> Answer:
        return self._about("/sign-up-qr", headers={"Accept": "image/png"})

    def complete(self, phone: Phone) -> Answer:
        """Do on a phone what the sign-up asks for: scan the QR code, or type the newest code."""
        return phone.scan(self.qr_image().raw) if self.via == QR else phone.type_code(self.mailbox.code(self.via))

    def register_phone(self, via: str, contact: str | None = None) -> None:
        """Go the whole way with a new phone: add it, sign up, activate it."""
        phone = self.take_new_phone()
        steps: tuple[Callable[[], Answer], ...] = (
            self.open,
            lambda: self.sign_up(via, contact),
            lambda: self.complete(phone),
            lambda: self.act("activate"),
        )
        for step in steps:
            answer = step()
            assert not answer.refused, f"{self.person.name}'s phone should have been registered: {answer}"

    def known_phones(self) -> list[Phone]:
        """Return those of the person's phones that the Auth Service holds as the person's."""
        self.log_in()
        path = f"/users/{self.person.username}/devices"
        listed = self.bank.talk.ask("auth_service", "GET", path, token=self.token).body["devices"]
        known = {device["emCertID"] for device in listed}
        return [phone for phone in self.phones if phone.em_cert_id in known]

    def _about(self, what: str = "", **more: Any) -> Answer:
        path = f"/registrations/{self.registrations[-1]}{what}"
        return self.bank.talk.ask("orchestrator", "GET", path, token=self.token, **more)
