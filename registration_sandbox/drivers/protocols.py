"""What a driver does for a person: the acts on the bank's web site and in the bank's app, and nothing about HTTP.

Each act returns what the person sees then. An act that a driver cannot do raises ``CannotDo`` with the reason: what
needs it is then *not tried*. Words of its system that the driver does not know raise ``UnknownWord``.
"""

from typing import Protocol, runtime_checkable

from registration_sandbox.drivers.people import Card, Identity
from registration_sandbox.drivers.seen import Seen
from registration_sandbox.drivers.vocabulary import Via


class NotTried(Exception):
    """What a system cannot be tried on, with the reason: it is neither proven nor failed."""


class CannotDo(NotTried):
    """Something that a driver cannot do on its system, with the reason."""


class UnknownWord(AssertionError):
    """A word of the system under test that its driver has no meaning for."""


class NoAnswer(AssertionError):
    """A system that does not answer, or answers with what nobody can read."""


@runtime_checkable
class WebSite(Protocol):
    """A person's visit to the bank's web site."""

    def start(self, identity: Identity) -> Seen:
        """Begin to register: say who the person is. Whatever was begun before in this visit is left behind."""

    def see_site(self) -> Seen:
        """Look at the page that the site shows now."""

    def enter_code(self, code: str) -> Seen:
        """Enter a code where the site asks for the mailed or the texted one."""

    def ask_for_another_code(self) -> Seen:
        """Ask for the code again that the site waits for."""

    def ask_for_proofs(self) -> Seen:
        """Ask by which cards the person can show who they are."""

    def give_card(self, card: Card) -> Seen:
        """Show who the person is by the details of a card."""

    def ask_for_user_id(self) -> Seen:
        """Ask which user id the bank holds already."""

    def choose_user_id(self, user_id: str) -> Seen:
        """Choose the user id to log in with."""

    def choose_password(self, password: str) -> Seen:
        """Try a password against the bank's rules."""

    def set_password(self, password: str, confirmation: str) -> Seen:
        """Set the password, typed twice."""

    def go_back_to_first_attempt(self) -> Seen:
        """Go on with the first registration that was left behind, where it was left."""

    def log_in_to_site(self, user_id: str, password: str) -> Seen:
        """Log in as a user of the web site."""


@runtime_checkable
class BankApp(Protocol):
    """The bank's app, as one person uses it. Phones are named by their emCertID."""

    def log_in_to_app(self, user_id: str, password: str) -> Seen:
        """Log in; the acts that follow are the logged-in user's."""

    def log_out_of_app(self) -> None:
        """Forget that somebody was logged in, without a word to the bank."""

    def open_app(self, phone: str, user_id: str | None = None) -> Seen:
        """Open the app on a phone: have the bank determine the phone's status (step 0).

        With ``user_id``, claim to be that user, no matter who is logged in.
        """

    def see_app(self) -> Seen:
        """Look at how far the registration of the phone is that was opened last."""

    def check_phone(self) -> Seen:
        """Ask for the phone's status again (step 0)."""

    def number_requests(self, number: str) -> None:
        """Send what follows under a number, by which the bank knows a request that is repeated."""

    def take_up(self, other: "BankApp") -> None:
        """Go on with the registration of a phone that somebody else has begun, as if it were this phone's own."""

    def see_history(self) -> Seen:
        """Look at what has happened so far in the registration of the phone."""

    def add_phone(self, via: Via, contact: str | None) -> Seen:
        """Ask for a sign-up code (step 1): to a contact, or as a QR code."""

    def see_qr_code(self) -> bytes:
        """Return the sign-up code's QR image as it is shown: a PNG."""

    def register_phone(self) -> Seen:
        """Ask to have the phone registered on TSG (step 3)."""

    def activate_phone(self) -> Seen:
        """Ask to have the phone added to the account (step 4)."""


class Acting(WebSite, BankApp, Protocol):
    """All that a person does: what a driver is for one person."""


class Unable:
    """A driver's base: it can do nothing, and says so. A driver overrides what its system has."""

    def start(self, identity: Identity) -> Seen:
        return self._unable("start a registration")

    def see_site(self) -> Seen:
        return self._unable("look at the web site")

    def enter_code(self, code: str) -> Seen:
        return self._unable("enter a code")

    def ask_for_another_code(self) -> Seen:
        return self._unable("ask for another code")

    def ask_for_proofs(self) -> Seen:
        return self._unable("ask which proofs are possible")

    def give_card(self, card: Card) -> Seen:
        return self._unable("give the details of a card")

    def ask_for_user_id(self) -> Seen:
        return self._unable("ask which user id the bank holds")

    def choose_user_id(self, user_id: str) -> Seen:
        return self._unable("choose a user id")

    def choose_password(self, password: str) -> Seen:
        return self._unable("choose a password")

    def set_password(self, password: str, confirmation: str) -> Seen:
        return self._unable("set a password")

    def go_back_to_first_attempt(self) -> Seen:
        return self._unable("go back to an earlier registration")

    def log_in_to_site(self, user_id: str, password: str) -> Seen:
        return self._unable("log in to the web site")

    def log_in_to_app(self, user_id: str, password: str) -> Seen:
        return self._unable("log in to the app")

    def log_out_of_app(self) -> None:
        self._unable("log out of the app")

    def open_app(self, phone: str, user_id: str | None = None) -> Seen:
        return self._unable("open the app")

    def see_app(self) -> Seen:
        return self._unable("look at the app")

    def check_phone(self) -> Seen:
        return self._unable("ask for the phone's status")

    def number_requests(self, number: str) -> None:
        self._unable("send a request under a number")

    def take_up(self, other: BankApp) -> None:
        self._unable("take up another's registration")

    def see_history(self) -> Seen:
        return self._unable("look at the history of a registration")

    def add_phone(self, via: Via, contact: str | None) -> Seen:
        return self._unable("ask to add a phone")

    def see_qr_code(self) -> bytes:
        self._unable("look at a QR code")
        return b""

    def register_phone(self) -> Seen:
        return self._unable("ask to have the phone registered")

    def activate_phone(self) -> Seen:
        return self._unable("activate the phone")

    def _unable(self, what: str) -> Seen:
        raise CannotDo(f"the driver {type(self).__name__} cannot {what}")
