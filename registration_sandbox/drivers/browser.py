"""The driver ``browser``: pages in Chromium, by Playwright (the extra ``registration-sandbox[browser]``).

As it stands it acts on the console's bank web site and phone. For pages of your own make a subclass that gives
``SiteSelectors`` (and, for an app in a browser, ``AppSelectors``); what your pages tell people is read by
``read_notice``. A selector that is ``None`` says that a page has no such thing: what needs it is *not tried*.
"""

from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import quote

from registration_sandbox.drivers import chromium
from registration_sandbox.drivers.one_page import OnePage
from registration_sandbox.drivers.pages import (
    STATUSES,
    TITLES,
    AppSelectors,
    Remembered,
    Selector,
)
from registration_sandbox.drivers.people import BROWSER, Card, Identity, Person
from registration_sandbox.drivers.protocols import CannotDo, NoAnswer, Unable, UnknownWord
from registration_sandbox.drivers.seen import Seen
from registration_sandbox.drivers.surroundings import Surroundings
from registration_sandbox.drivers.vocabulary import (
    IdentityKind,
    Page,
    PhoneStatus,
    Possibility,
    Proof,
    Via,
)

IDENTITIES = {
    IdentityKind.CUSTOMER_NUMBER: "CIF",
    IdentityKind.MOBILE: "MOBILE",
    IdentityKind.EMAIL: "EMAIL",
    IdentityKind.CARD: "CARD",
}
CARDS = {Proof.DEBIT_CARD: "DEBIT_CARD", Proof.CREDIT_CARD: "CREDIT_CARD"}
VIAS = {Via.EMAIL: "email", Via.TEXT: "sms", Via.QR: "qr"}


class Browser(OnePage, Unable):
    """One person at the pages, in a profile of their own."""

    one_at_a_time: ClassVar[bool] = True
    asks_when_looking: ClassVar[bool] = False
    app: ClassVar[AppSelectors] = AppSelectors()
    titles: ClassVar[Mapping[str, Page | None]] = TITLES
    statuses: ClassVar[Mapping[str, PhoneStatus]] = STATUSES

    def __init__(self, person: Person, surroundings: Surroundings) -> None:
        super().__init__()
        self.person = person
        self.surroundings = surroundings
        self.first_visit = ""
        self.credentials: tuple[str, str] | None = None
        self.phone = ""

    @staticmethod
    def end() -> None:
        """End the browser, when nobody needs it any more."""
        chromium.close()

    def address(self, **chosen: str) -> str:
        """Return where the person's page is; ``chosen`` may name the phone in hand."""
        query = "&".join(f"{name}={quote(value)}" for name, value in chosen.items())
        place = f"/console/w/{self.surroundings.world}/play/{quote(self.person.name)}"
        return self.surroundings.url + place + (f"?{query}" if query else "")

    # The web site

    def start(self, identity: Identity) -> Seen:
        if identity.kind not in IDENTITIES:
            raise CannotDo(f"the page offers no {identity.kind}")
        if identity.browser != BROWSER:
            raise CannotDo("the page names the browser by itself")
        if identity.spare is not None:
            raise CannotDo("the page has one field for an identity")
        self.go(self.address())
        self.choose(self.site.identity_kind, IDENTITIES[identity.kind], "kind of identity")
        self.fill(self.site.identity, identity.value or "", "identity")
        self.press(self.site.start, "button to begin")
        self.first_visit = self.first_visit or self.page.url
        return self._site()

    def see_site(self) -> Seen:
        self.go(self.page.url)
        shown = self._site()
        if shown.place is None:
            raise AssertionError(f"no registration of {self.person.name} is under way: {shown}")
        return shown

    def enter_code(self, code: str) -> Seen:
        self.fill(self.site.code, code, "field for a code")
        return self._press_and_read(self.site.confirm_code, "button to confirm a code")

    def ask_for_another_code(self) -> Seen:
        return self._press_and_read(self.site.another_code, "button for another code")

    def give_card(self, card: Card) -> Seen:
        self.choose(self.site.card_kind, CARDS[card.kind], "choice of a card")
        self.fill(self.site.last4, card.last4, "field for the last digits")
        self.fill(self.site.expiry, card.expiry, "field for the expiry date")
        if card.kind is Proof.DEBIT_CARD:
            self.fill(self.site.pin, card.pin, "field for the PIN")
        else:
            self.fill(self.site.cvv, card.cvv, "field for the CVV")
        return self._press_and_read(self.site.give_card, "button to give a card")

    def choose_user_id(self, user_id: str) -> Seen:
        self.fill(self.site.user_id, user_id, "field for a user id")
        return self._press_and_read(self.site.save_user_id, "button to save a user id", user_id=user_id)

    def choose_password(self, password: str) -> Seen:
        self.fill(self.site.password, password, "field for a password")
        return self._press_and_read(self.site.check_password, "button to check a password")

    def set_password(self, password: str, confirmation: str) -> Seen:
        self.fill(self.site.password_once, password, "field for the password")
        self.fill(self.site.password_twice, confirmation, "field for the password again")
        return self._press_and_read(self.site.set_password, "button to set the password")

    def go_back_to_first_attempt(self) -> Seen:
        newest = self.page.url
        self.go(self.first_visit)
        seen = self._press_and_read(self.site.another_code, "button for another code")
        self.go(newest)
        return seen

    def log_in_to_site(self, user_id: str, password: str) -> Seen:
        if not self.first_visit:
            self.go(self.address())
        self.fill(self.site.log_in_user, user_id, "field for the user id to log in with")
        self.fill(self.site.log_in_password, password, "field for the password to log in with")
        return self._press_and_read(self.site.log_in, "button to log in")

    # The app

    def log_in_to_app(self, user_id: str, password: str) -> Seen:
        """Log in on the phone in hand. Without one remember who logs in: the phone asks when the app is opened."""
        self.credentials = user_id, password
        if not self.phone:
            return Remembered()
        self.go(self.address(phone=self.phone))
        return self._log_in(*self.credentials)

    def log_out_of_app(self) -> None:
        if self.phone and self.credentials:
            self.go(self.address(phone=self.phone))
            self.unfold(self.app.more_acts)
            self.press(self.app.log_out, "button to log out of the app")
        self.credentials = None

    def open_app(self, phone: str, user_id: str | None = None) -> Seen:
        if user_id is not None:
            raise CannotDo("the app says who uses it, and nobody else")
        self.phone = self._handset(phone)
        return self._log_in(*self._take_phone_in_hand())

    def see_app(self) -> Seen:
        self._take_phone_in_hand()
        return self._app()

    def add_phone(self, via: Via, contact: str | None) -> Seen:
        self._take_phone_in_hand()
        self.unfold(self.app.more_codes)
        if contact is not None:
            self.fill(self.app.contact, contact, "field for a contact")
        send = self.require(self.app.send, "button for a sign-up code").format(via=VIAS[via])
        self.press(send, "button for a sign-up code")
        return self._app()

    def see_qr_code(self) -> bytes:
        self.go(self.address(phone=self.phone))
        image = self.find(self.app.qr_code, "QR code")
        shown = self.page.request.get(self.page.evaluate("image => image.src", image.element_handle()))
        return bytes(shown.body())

    def check_phone(self) -> Seen:
        self._take_phone_in_hand()
        self.unfold(self.app.more_acts)
        self.press(self.app.check, "button to look up the phone again")
        return self._app()

    def register_phone(self) -> Seen:
        return self._act(self.app.register, "register")

    def activate_phone(self) -> Seen:
        return self._act(self.app.activate, "activate")

    def _press_and_read(self, selector: Selector, what: str, **known: Any) -> Seen:
        """Press a button of the web site; return what it shows then, with what is ``known`` where it went well."""
        self.press(selector, what)
        return self._site(**known)

    def _take_phone_in_hand(self) -> tuple[str, str]:
        """Go to the page of the phone in hand; return who uses it. Raises CannotDo."""
        if not self.phone:
            raise CannotDo("no phone was opened: its page is shown when the app was")
        self.go(self.address(phone=self.phone))
        if self.credentials is None:
            raise CannotDo("the phone shows nothing but its page to log in")
        return self.credentials

    def _log_in(self, user_id: str, password: str) -> Seen:
        """Log in to the app on the phone that the page shows, out of it first where somebody is in it."""
        if self.page.locator(self.require(self.app.log_in_user, "field to log in to the app")).count() == 0:
            self.unfold(self.app.more_acts)
            self.press(self.app.log_out, "button to log out of the app")
        self.fill(self.app.log_in_user, user_id, "field to log in to the app")
        self.fill(self.app.log_in_password, password, "field for the app's password")
        self.press(self.app.log_in, "button to log in to the app")
        return self._app()

    def _act(self, selector: Selector, act: str) -> Seen:
        """Do something in the app, out of turn where the page offers it only there."""
        self._take_phone_in_hand()
        if not self.page.locator(self.require(selector, f"button to {act}")).count():
            self.unfold(self.app.more_acts)
            selector = self.require(self.app.out_of_turn, f"button to {act}").format(act=act)
        self.press(selector, f"button to {act}")
        return self._app()

    def _site(self, **known: Any) -> Seen:
        """Return what the web site shows."""
        title = self.title()
        if title not in self.titles:
            raise UnknownWord(f"{title!r} is no page that the driver knows")
        place = self.titles[title]
        own = self.page.locator(self.site.own_user_id) if self.site.own_user_id else None
        if own is not None and own.count():
            known["user_id"] = own.first.inner_text()
        return self.read(self.site.notice, self.site.text, place, self._possible_on_site(), known)

    def _app(self) -> Seen:
        """Return what the phone shows."""
        place = next((status for mark, status in self.statuses.items() if self.page.locator(mark).count()), None)
        named = self.page.locator(self.app.removable) if self.app.removable else None
        phones = tuple(each.input_value() for each in named.all()) if named else ()
        return self.read(self.app.notice, self.app.text, place, self._possible_in_app(), {}, phones)

    def _possible_on_site(self) -> list[Possibility]:
        offered = {
            Possibility.ENTER_CODE: self.site.confirm_code,
            Possibility.ANOTHER_CODE: self.site.another_code,
            Possibility.GIVE_PROOF: self.site.give_card,
            Possibility.CHOOSE_USER_ID: self.site.save_user_id,
            Possibility.CHOOSE_PASSWORD: self.site.check_password,
            Possibility.CONFIRM_PASSWORD: self.site.set_password,
        }
        return self.find_offered(offered)

    def _possible_in_app(self) -> list[Possibility]:
        offered = {
            Possibility.ADD_PHONE: self.app.send.format(via="email") if self.app.send else None,
            Possibility.REGISTER_PHONE: self.app.register,
            Possibility.ACTIVATE_PHONE: self.app.activate,
        }
        return self.find_offered(offered)

    def _handset(self, em_cert_id: str) -> str:
        """Return the id by which the page knows a phone."""
        listed = self.surroundings.wire.ask("handset", "GET", "/handsets").body.get("handsets", [])
        found = [phone["id"] for phone in listed if phone["emCertID"] == em_cert_id]
        if not found:
            raise NoAnswer(f"the handset service knows no phone {em_cert_id}")
        return str(found[0])
