"""A customer on the bank's web site, who registers there step by step."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from registration_sandbox.drivers.people import Identity, Person
from registration_sandbox.drivers.protocols import Acting
from registration_sandbox.drivers.seen import Seen
from registration_sandbox.drivers.vocabulary import Field, IdentityKind, Page, Proof, Via
from steps.observers.mailbox import Mailbox
from steps.support.bank import Bank

GOOD_PASSWORD = "Violet-Kite#27"  # noqa: S105
WRONG_PASSWORD = "Nobody-Has#31"  # noqa: S105
RESEND_PAUSE = timedelta(seconds=31)
"""Just longer than the pause that must lie between two codes."""

NEVER_SENT = "246810"
"""The code that is entered where none came."""

OTHER_EXPIRY = "0199"
CARD_FIELDS = {
    Field.LAST_DIGITS: "last4", Field.EXPIRY: "expiry", Field.PIN: "pin", Field.SECURITY_CODE: "cvv",
}  # fmt: skip

WAY = (
    Page.EMAIL_CODE, Page.MOBILE_CODE, Page.PROOF, Page.USER_ID, Page.PASSWORD, Page.CONFIRMATION, Page.REGISTERED,
)  # fmt: skip
"""The pages of a registration that goes well, in their order."""


@dataclass
class Customer:
    """A person on the web site, with the user id and password that they choose."""

    bank: Bank
    person: Person
    user_id: str = ""
    password: str = GOOD_PASSWORD
    begun: bool = False

    @property
    def site(self) -> Acting:
        return self.bank.acts(self.person.name)

    @property
    def mailbox(self) -> Mailbox:
        return self.bank.actor(Mailbox, self.person.name)

    @property
    def page(self) -> Page:
        place = self.site.see_site().place
        assert isinstance(place, Page), f"{self.person.name} is at {place}"
        return place

    def start(self, identity: Identity | None = None) -> Seen:
        """Begin a registration, by the customer number unless another identity is given."""
        seen = self.site.start(identity or self.person.identity(IdentityKind.CUSTOMER_NUMBER))
        self.begun = seen.registration
        return seen

    def enter_code(self) -> Seen:
        """Enter the newest code where the site asks for one."""
        return self.site.enter_code(self.mailbox.code(self._channel))

    def enter_wrong_code(self) -> Seen:
        codes = self.mailbox.codes(self._channel) or [NEVER_SENT]
        return self.site.enter_code(wrong(codes[-1]))

    def wait_and_ask_for_another_code(self) -> Seen:
        self.bank.pass_time(RESEND_PAUSE)
        return self.site.ask_for_another_code()

    def awaits_code(self) -> bool:
        """Tell whether the site asks for a code that never came."""
        return self.page in (Page.EMAIL_CODE, Page.MOBILE_CODE) and not self.mailbox.codes(self._channel)

    def give_wrong_card(self, detail: Field, kind: Proof) -> Seen:
        """Give card details of which one is wrong."""
        card = self.person.card(kind)
        right = getattr(card, CARD_FIELDS[detail])
        return self.type_detail(OTHER_EXPIRY if detail is Field.EXPIRY else wrong(right), detail, kind)

    def type_detail(self, text: str, detail: Field, kind: Proof) -> Seen:
        """Give card details of which one is what was typed, and all others are right."""
        typed: dict[str, Any] = {CARD_FIELDS[detail]: text}
        return self.site.give_card(replace(self.person.card(kind), **typed))

    def choose_user_id(self, user_id: str) -> Seen:
        self.user_id = user_id
        return self.site.choose_user_id(user_id)

    def choose_password(self, password: str) -> Seen:
        self.password = password
        return self.site.choose_password(password)

    def set_password(self, password: str | None = None, confirmation: str | None = None) -> Seen:
        """Set the chosen password, or another one; type it twice alike, unless a confirmation is given."""
        typed = password or self.password
        seen = self.site.set_password(typed, confirmation or typed)
        if seen.went_well:
            self.take_account(typed)
        return seen

    def log_in(self, user_id: str | None = None, password: str | None = None) -> Seen:
        """Log in to the web site, by the own user id and password unless others are given."""
        own_user_id, own_password = self.person.credentials
        entered = self.site.log_in_to_site(user_id or own_user_id, password or own_password)
        return self.bank.note(self.person.name, entered)

    def take_account(self, password: str | None = None) -> None:
        """Use the chosen user id and password from now on."""
        self.person.username, self.person.password = self.user_id, password or self.password

    def go_on(self) -> Seen:
        """Do what the site asks for now, or look at it where that is nothing more."""
        done = self._done
        return self._steps[done]() if done < len(self._steps) else self.site.see_site()

    def reach(self, page: Page) -> None:
        """Go on from wherever the registration is until the site shows a page, doing all that is asked for."""
        for expected, step in list(zip(WAY, self._steps, strict=True))[self._done : WAY.index(page) + 1]:
            seen = step()
            assert seen.went_well, f"{self.person.name} should have been asked {expected}: {seen}"

    @property
    def _channel(self) -> Via:
        return Via.EMAIL if self.page is Page.EMAIL_CODE else Via.TEXT

    @property
    def _done(self) -> int:
        """How many of the steps are done."""
        return WAY.index(self.page) + 1 if self.begun else 0

    @property
    def _steps(self) -> tuple[Callable[[], Seen], ...]:
        usable = Proof.DEBIT_CARD if self.person.has_card(Proof.DEBIT_CARD) else Proof.CREDIT_CARD
        return (
            self.start,
            self.enter_code,
            self.enter_code,
            lambda: self.site.give_card(self.person.card(usable)),
            lambda: self.choose_user_id(self.user_id or user_id_for(self.person)),
            lambda: self.choose_password(self.password),
            self.set_password,
        )


def user_id_for(person: Person) -> str:
    """Return a user id that keeps to the bank's rules, whatever alphabet the person's name is in."""
    letters = "".join(letter for letter in person.name.lower() if letter.isascii() and letter.isalnum())
    return f"{letters or 'somebody'}.at.home"


def wrong(secret: str) -> str:
    """Return digits of the same length that are not the right ones."""
    return secret[:-1] + str((int(secret[-1]) + 1) % 10)
