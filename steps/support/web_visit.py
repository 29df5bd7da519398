"""A person's visit to the bank's web site, to register there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from steps.support.bank import Bank
from steps.support.mailbox import EMAIL, TEXT, Mailbox
from steps.support.people import CREDIT, DEBIT, Person
from steps.support.talk import Answer

BROWSER = "browser-1"
GOOD_PASSWORD = "Violet-Tram#27"  # noqa: S105
RESEND_PAUSE = timedelta(seconds=31)
"""Just longer than the pause that must lie between two codes."""

FOR_THE_ASKING = ("resend-email-otp", "resend-mobile-otp", "list-factors", "existing-user-id")
"""What can be asked for at a step of the registration without filling anything in."""

NO_CHANGES: Mapping[str, str | None] = {}
OTHER_EXPIRY = "0199"

WAY = (
    "Email_Otp_Sent", "Mobile_Otp_Sent", "Mobile_Verified", "Authenticated", "User_Id_Saved", "Password_Validated",
    "Registered",
)  # fmt: skip
"""The statuses of a registration that goes well, in their order."""


@dataclass
class WebVisit:
    """What a person does on the web site; ``earlier`` are registrations that the person has begun anew."""

    bank: Bank
    person: Person
    registration: str | None = None
    earlier: list[str] = field(default_factory=list)
    user_id: str = ""
    password: str = GOOD_PASSWORD

    @property
    def mailbox(self) -> Mailbox:
        return self.bank.actor(Mailbox, self.person.name)

    @property
    def status(self) -> str:
        return str(self.page["status"])

    @property
    def page(self) -> dict[str, Any]:
        """What the site shows now: the registration as it stands."""
        assert self.registration, (
            f"no registration of {self.person.name} is under way: {self.bank.told.get(self.person.name)}"
        )
        return self.bank.talk.ask("orchestrator", "GET", f"/registrations/{self.registration}").body

    def start(self, identity: str = "CIF", changes: Mapping[str, str | None] = NO_CHANGES) -> Answer:
        """Begin a registration; the form says who the person is, with changes, of which ``None`` leaves a field out."""
        filled = {"deviceId": BROWSER, **self.person.identity(identity), **changes}
        form = {field: value for field, value in filled.items() if value is not None}
        if self.registration:
            self.earlier.append(self.registration)
        answer = self.bank.talk.ask("orchestrator", "POST", "/registrations", {"flow": "web", **form})
        self.registration = answer.body.get("id")
        return self.bank.tell(self.person, answer)

    def go_on_with_first_attempt(self) -> Answer:
        """Ask for something on the first of the earlier registrations, where it was left."""
        left = self.bank.talk.ask("orchestrator", "GET", f"/registrations/{self.earlier[0]}").body
        return self.act(next(action for action in left["allowed_actions"] if action in FOR_THE_ASKING), self.earlier[0])

    def act(self, action: str, _on: str | None = None, **form: Any) -> Answer:
        """Do something on a registration: the current one, unless another is named."""
        path = f"/registrations/{_on or self.registration}/actions/{action}"
        return self.bank.tell(self.person, self.bank.talk.ask("orchestrator", "POST", path, form))

    def enter_code(self, code: str | None = None) -> Answer:
        """Enter a code where the site asks for one: the newest of that channel, unless another is given."""
        channel = self.asked_channel
        action = "verify-email-otp" if channel == EMAIL else "verify-mobile-otp"
        return self.act(action, otp=code or self.mailbox.code(channel))

    def enter_wrong_code(self) -> Answer:
        return self.enter_code(wrong(self.mailbox.code(self.asked_channel)))

    @property
    def asked_channel(self) -> str:
        """The channel whose code the site asks for."""
        return EMAIL if self.status == "Email_Otp_Sent" else TEXT

    def ask_for_another_code(self) -> Answer:
        return self.act("resend-email-otp" if self.asked_channel == EMAIL else "resend-mobile-otp")

    def wait_and_ask_for_another_code(self) -> Answer:
        self.bank.pass_time(RESEND_PAUSE)
        return self.ask_for_another_code()

    def ask_for_factors(self) -> Answer:
        return self.act("list-factors")

    def ask_for_user_id(self) -> Answer:
        return self.act("existing-user-id")

    def give_card(self, type: str, **changed: str) -> Answer:
        """Give the details of the person's card of a type, some of them changed."""
        return self.give(self.person.card(type), **changed)

    def give(self, card: dict[str, Any], **changed: str) -> Answer:
        secret = "pin" if card["type"] == DEBIT else "cvv"
        form = {"cardLast4": card["last4"], "expiry": card["expiry"], secret: card[secret], **changed}
        return self.act("authenticate", mfaType=f"{card['type']}_CARD", **form)

    def give_wrong_card(self, detail: str, type: str = DEBIT) -> Answer:
        """Give card details of which one is wrong."""
        card = self.person.card(type)
        shown = "last4" if detail == "cardLast4" else detail
        other = OTHER_EXPIRY if detail == "expiry" else wrong(card[shown])
        return self.give_card(type, **{detail: other})

    def choose_user_id(self, user_id: str) -> Answer:
        self.user_id = user_id
        return self.act("save-user-id", userId=user_id)

    def choose_password(self, password: str) -> Answer:
        self.password = password
        return self.act("validate-password", password=password)

    def set_password(self, password: str | None = None, confirmation: str | None = None) -> Answer:
        """Set the chosen password, or another one; type it twice alike, unless a confirmation is given."""
        typed = password or self.password
        answer = self.act("set-password", password=typed, confirmPassword=confirmation or typed)
        if not answer.refused:
            self.person.username, self.person.password = self.user_id, typed
        return answer

    def go_on(self) -> Answer:
        """Do what the site asks for now."""
        return self._steps[self._done]()

    def reach(self, status: str) -> None:
        """Go on from wherever the registration is until it has a status, doing all that is asked for."""
        for expected, step in list(zip(WAY, self._steps, strict=True))[self._done : WAY.index(status) + 1]:
            answer = step()
            assert not answer.refused, f"{self.person.name} should have come to {expected}: {answer}"

    @property
    def _done(self) -> int:
        """How many of the steps are done."""
        return WAY.index(self.status) + 1 if self.registration else 0

    @property
    def _steps(self) -> tuple[Callable[[], Answer], ...]:
        return (
            self.start,
            self.enter_code,
            self.enter_code,
            lambda: self.give_card(DEBIT if self.person.card(DEBIT)["last4"] != "0000" else CREDIT),
            lambda: self.choose_user_id(self.user_id or f"{self.person.name.lower()}.at.home"),
            lambda: self.choose_password(self.password),
            self.set_password,
        )


def lets_in(bank: Bank, user_id: str, password: str) -> bool:
    """Tell whether the web site lets somebody in."""
    form = {"userId": user_id, "password": password}
    return not bank.talk.ask("cymmetri", "POST", "/ciamauthsrvc/login", form).refused


def wrong(secret: str) -> str:
    """Return digits of the same length that are not the right ones."""
    return secret[:-1] + str((int(secret[-1]) + 1) % 10)
