"""A web site that asks Cymmetri by itself, without the care that the bank's middleware takes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from steps.support.bank import Bank
from steps.support.mailbox import EMAIL, TEXT, Mailbox
from steps.support.people import DEBIT, Person
from steps.support.talk import Answer
from steps.support.web_visit import BROWSER, GOOD_PASSWORD, WAY, wrong

BASE = "/ciamregsrvc/webRegistration"
FORGED = "eyJhbGciOiJub25lIn0.e30."
NONE = ""
MADE_UP = "246810"
"""The code that the site enters when none was sent."""


@dataclass
class CarelessSite:
    """What the site does for a person; ``token`` is the proof of the step done last, ``said`` the last answer."""

    bank: Bank
    person: Person
    token: str = NONE
    said: Answer = field(default_factory=lambda: Answer(0))

    @property
    def mailbox(self) -> Mailbox:
        return self.bank.actor(Mailbox, self.person.name)

    def call(self, operation: str, **form: str) -> Answer:
        """Make one call with the token at hand, and keep the token of the next step."""
        token = self.token or None
        path = operation if operation.startswith("/") else f"{BASE}/{operation}"
        self.said = self.bank.talk.ask("cymmetri", "POST", path, form, token=token, headers={"tenant": "sandbox"})
        self.token = (self.said.body.get("data") or {}).get("token") or self.token
        return self.said

    def start(self) -> Answer:
        return self.call("checkIdentity", deviceId=BROWSER, type="CIF", id=self.person.cif)

    def enter_code(self, channel: str, token: str | None = None, *, rightly: bool = True) -> Answer:
        """Enter a code of a channel, with another token than the one at hand if it is given."""
        self.token = self.token if token is None else token
        code = (self.mailbox.codes(channel) or [MADE_UP])[-1]
        operation = {EMAIL: "VerifyEmailOtp", TEXT: "VerifyMobileOtp"}[channel]
        return self.call(operation, otp=code if rightly else wrong(code))

    def enter_code_on(self, operation: str, channel: str) -> Answer:
        """Enter a code on a page that may be meant for another one."""
        return self.call(operation, otp=self.mailbox.code(channel))

    def prove(self) -> Answer:
        card = self.person.card(DEBIT)
        return self.call(
            "authenticateUser", mfaType="DEBIT_CARD", cardLast4=card["last4"], expiry=card["expiry"], pin=card["pin"]
        )

    def save_user_id(self) -> Answer:
        return self.call("saveuserid", userId=f"{self.person.name.lower()}.at.home")

    def set_password(self) -> Answer:
        return self.call("setIbPassword", password=GOOD_PASSWORD, confirmPassword=GOOD_PASSWORD)

    def reach(self, status: str) -> None:
        """Go on from the beginning until Cymmetri asks what a registration of that status asks for."""
        steps: tuple[Callable[[], Answer], ...] = (
            self.start, lambda: self.enter_code(EMAIL), lambda: self.enter_code(TEXT), self.prove, self.save_user_id,
        )  # fmt: skip
        for step in steps[: WAY.index(status) + 1]:
            answer = step()
            assert not answer.refused, f"the careless web site was refused before {status}: {answer.body}"
