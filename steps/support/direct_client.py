"""A client that calls Cymmetri directly, without the care that the bank's middleware takes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from registration_sandbox.drivers import login
from registration_sandbox.drivers.channel import card_form
from registration_sandbox.drivers.cymmetri_calls import NO_TOKEN, CymmetriCalls
from registration_sandbox.drivers.people import Person
from registration_sandbox.drivers.reading import facts_of
from registration_sandbox.drivers.seen import NOTHING, Seen
from registration_sandbox.drivers.vocabulary import IdentityKind, Page, Proof, Via
from registration_sandbox.drivers.words import CYMMETRI_REASONS, reason_of
from steps.observers.mailbox import Mailbox
from steps.support.bank import Bank
from steps.support.customer import GOOD_PASSWORD, NEVER_SENT, WAY, WRONG_PASSWORD, user_id_for, wrong

FORGED = "eyJhbGciOiJub25lIn0.e30."
WHO_HAS_LOGGED_IN = "/ciamauthsrvc/userinfo"
LETTERS = "letters"
"""What is neither a code nor a PIN."""

NEXT_TOKEN = "token"  # noqa: S105

NEXT_PAGES = {
    "VERIFY_EMAIL_OTP": Page.EMAIL_CODE,
    "VERIFY_MOBILE_OTP": Page.MOBILE_CODE,
    "AUTHENTICATE_USER": Page.PROOF,
    "USER_ID": Page.USER_ID,
    "VALIDATE_PASSWORD": Page.PASSWORD,
    "SET_PASSWORD": Page.CONFIRMATION,
}
"""What a web site asks for, by the step that Cymmetri names as the next one."""


@dataclass
class DirectClient:
    """What the client does for a person.

    ``seen`` is what came of it last, ``tries`` what came of several tries. ``tokens`` has the newest token for each
    page, ``page`` is the one whose token is at hand, and ``former_token`` is the one for it that this has replaced.
    """

    bank: Bank
    person: Person
    calls: CymmetriCalls = field(init=False)
    seen: Seen = NOTHING
    page: Page | None = None
    user_id: str = ""
    tokens: dict[Page, str] = field(default_factory=dict)
    former_token: str = NO_TOKEN
    tries: dict[str, Seen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.calls = CymmetriCalls(self.bank.wire)

    def start(self) -> Seen:
        return self._note(self.calls.start(self.person.identity(IdentityKind.CUSTOMER_NUMBER)))

    def enter_code(self, channel: Via, *, rightly: bool = True) -> Seen:
        code = (self._mailbox.codes(channel) or [NEVER_SENT])[-1]
        typed = code if rightly else wrong(code)
        return self._note(
            self.calls.verify_email(typed) if channel is Via.EMAIL else self.calls.verify_mobile(typed)
        )  # fmt: skip

    def enter_letters(self, channel: Via) -> Seen:
        """Enter what cannot be a code."""
        calls = self.calls
        return self._note(calls.verify_email(LETTERS) if channel is Via.EMAIL else calls.verify_mobile(LETTERS))

    def enter_code_on(self, operation: str, channel: Via) -> Seen:
        """Enter a code on a page that may be meant for another one."""
        return self._note(self.calls.call("POST", operation, {"otp": self._mailbox.code(channel)}))

    def ask_for_another_code(self, channel: Via) -> Seen:
        return self._note(self.calls.resend_email() if channel is Via.EMAIL else self.calls.resend_mobile())

    def ask_for_proofs(self) -> Seen:
        return self._note(self.calls.list_factors())

    def give_card(self, pin: str = "") -> Seen:
        card = self.person.card(Proof.DEBIT_CARD)
        return self._note(self.calls.authenticate(replace(card, pin=pin) if pin else card))

    def give_card_with_both_secrets(self, kind: Proof) -> Seen:
        """Give the details of a card, and of PIN and security code both, though one of them is not asked for."""
        card = self.person.card(kind)
        return self._note(
            self.calls.call("POST", "authenticateUser", card_form(card) | {"pin": card.pin, "cvv": card.cvv})
        )

    def give_wrong_pin(self) -> Seen:
        return self.give_card(wrong(self.person.card(Proof.DEBIT_CARD).pin))

    def guess_at_once(self, times: int) -> None:
        """Give wrong details of the card several times, each before the others are answered."""
        card = self.person.card(Proof.DEBIT_CARD)
        guess = replace(card, pin=wrong(card.pin))
        with ThreadPoolExecutor(times) as threads:
            list(threads.map(lambda calls: calls.authenticate(guess), [replace(self.calls) for _ in range(times)]))

    def ask_for_user_id(self) -> Seen:
        return self._note(self.calls.existing_user_id())

    def choose_user_id(self, user_id: str = "") -> Seen:
        self.user_id = user_id or user_id_for(self.person)
        return self._note(self.calls.save_user_id(self.user_id))

    def choose_password(self, password: str = GOOD_PASSWORD) -> Seen:
        return self._note(self.calls.validate_password(password))

    def set_password(self, confirmation: str = GOOD_PASSWORD) -> Seen:
        seen = self._note(self.calls.set_password(GOOD_PASSWORD, confirmation))
        if seen.went_well:
            self.person.username, self.person.password = self.user_id, GOOD_PASSWORD
        return seen

    def log_in_token(self, user_id: str, password: str) -> str:
        """Log in to the web site, and return the token of it."""
        calls = CymmetriCalls(self.bank.wire)
        calls.call("POST", login.LOGIN, {"userId": user_id, "password": password})
        return calls.token

    def ask_who_has_logged_in(self) -> Seen:
        """Ask Cymmetri whose the token of the login is that is at hand; the answer has no envelope."""
        token = self.calls.token or None
        reply = self.calls.reply = self.bank.wire.ask_cymmetri("GET", WHO_HAS_LOGGED_IN, token=token)
        return self._note(Seen(reason=reason_of(reply, CYMMETRI_REASONS), **facts_of({}, reply)))

    def show_no_token(self) -> None:
        self.calls.token = NO_TOKEN

    def show_forged_token(self) -> None:
        self.calls.token = FORGED

    def show_tampered_token(self) -> None:
        self.calls.token = with_another_signature(self.calls.token)

    def show_refresh_token(self) -> None:
        """Show the token that outlives the login where that of the login is wanted."""
        credentials = dict(zip(("userId", "password"), self.person.credentials, strict=True))
        self.calls.call("POST", login.LOGIN, credentials)
        self.calls.token = str(self.calls.data["refreshToken"])

    def log_in_wrongly(self) -> Seen:
        credentials = {"userId": self.person.username, "password": WRONG_PASSWORD}
        return self._note(self.calls.call("POST", login.LOGIN, credentials))

    def act(self, perform: "Perform", token: str | None = None) -> Seen:
        """Act with another token than the one at hand; after a refusal that one is at hand again."""
        own = self.calls.token
        self.calls.token = own if token is None else token
        seen = perform(self)
        if seen.refused and NEXT_TOKEN not in self.calls.data:
            self.calls.token = own
        return seen

    def go_on(self) -> Seen:
        """Do what belongs to the page, with the token at hand."""
        assert self.page is not None
        return STEPS[WAY.index(self.page) + 1](self)

    def reach(self, page: Page) -> None:
        """Go on from the beginning until Cymmetri asks what a web site would ask for on that page."""
        for step in STEPS[: WAY.index(page) + 1]:
            seen = step(self)
            assert not seen.refused, f"the client was refused before it was asked {page}: {seen}"

    @property
    def _mailbox(self) -> Mailbox:
        return self.bank.actor(Mailbox, self.person.name)

    def _note(self, seen: Seen) -> Seen:
        self.seen = seen
        if NEXT_TOKEN in self.calls.data:
            self.page = NEXT_PAGES[self.calls.data["nextStep"]]
            self.former_token = self.tokens.get(self.page, NO_TOKEN)
            self.tokens[self.page] = self.calls.token
        return seen


def with_another_signature(token: str) -> str:
    """Return a token whose signature is another one."""
    claims, dot, signature = token.rpartition(".")
    return claims + dot + signature.swapcase()


Perform = Callable[[DirectClient], Seen]

STEPS: tuple[Perform, ...] = (
    DirectClient.start,
    lambda client: client.enter_code(Via.EMAIL),
    lambda client: client.enter_code(Via.TEXT),
    DirectClient.give_card,
    DirectClient.choose_user_id,
    DirectClient.choose_password,
    DirectClient.set_password,
)
"""The steps of a registration that goes well, in their order."""
