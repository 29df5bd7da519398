"""Both flows as a person of a world goes through them: what ``sandbox demo`` and ``sandbox play`` play."""

import re
import shlex
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from registration_sandbox.client import Persona, Registration, Unexpected, World

Chapter = Callable[[str], None]
Narrate = Callable[[str, Registration | None], None]
SCENARIO = "new-customer"
PERSONA = "Asha"
PASSWORD = "Chai4two!now"  # noqa: S105
"""What everybody chooses here."""


class Story:
    """Plays the flows for a person and has each step told. Raises Unexpected where the sandbox answers otherwise.

    ``who`` is what the person is called in what is told.
    """

    def __init__(self, world: World, chapter: Chapter, narrate: Narrate, name: str = PERSONA, who: str = "She") -> None:
        self._world = world
        self._chapter = chapter
        self._narrate = narrate
        self._name = name
        self._who = who

    def play(self) -> None:
        """Play a customer of the bank who has never used the web site, and gets two phones."""
        self._chapter(f"{self._name}, a customer of the bank who has never used the web site, registers on the web")
        self.register()
        self._chapter(f"{self._name} logs in and registers a phone with a code sent by SMS")
        token = self.log_in()
        self.add_phone(token, "Pixel 9", "Android", "sms")
        self._chapter(f"{self._name} registers a second phone by scanning a QR code")
        self.add_phone(token, "iPhone 17", "iOS", "qr")
        self._chapter("Both phones are active")
        user_id = quote(str(self._person().username), safe="")
        devices = self._world.call("auth_service", "GET", f"/users/{user_id}/devices", token=token)["devices"]
        if len(devices) != 2:
            raise Unexpected(f"{self._name} has {len(devices)} devices at the Auth Service, not two.")
        self._narrate("The Auth Service lists both phones.", None)

    def register(self) -> None:
        """Register the person on the web."""
        person, who = self._person(), self._who
        inbox = self._world.inbox(person)
        visit = self._world.begin_web(person, "demo-browser")
        self._narrate(f"{who} gives the customer number.", visit)
        _expect(visit, "Email_Otp_Sent")
        act = self._acting(visit)
        act("verify-email-otp", f"{who} enters the code from the email.", otp=inbox.code("email-otp", "email"))
        act("verify-mobile-otp", f"{who} enters the code from the SMS.", otp=inbox.code("mobile-otp", "sms"))
        act("list-factors", f"{who} sees which cards prove who they are.")
        factors = visit.last_outcome.details["factors"][:1]
        card = next((each for each in person.cards if f"{each.type}_CARD" in factors and each.status == "active"), None)
        if card is None:
            raise Unexpected(f"{self._name} has no card to go on with: {visit.last_outcome.message}")
        secret = {"pin": card.pin} if card.type == "DEBIT" else {"cvv": card.cvv}
        details = {"mfaType": factors[0], "cardLast4": card.last4, "expiry": card.expiry, **secret}
        act("authenticate", f"{who} gives the details of a {card.type.lower()} card.", **details)
        act("existing-user-id", f"{who} sees whether the bank holds a user id already.")
        user_id = visit.last_outcome.details.get("userId") or _make_user_id(self._name)
        act("save-user-id", f"{who} chooses the user id {user_id}.", userId=user_id)
        act("validate-password", f"{who} tries a password against the rules.", password=PASSWORD)
        act("set-password", f"{who} sets it.", password=PASSWORD, confirmPassword=PASSWORD)
        _expect(visit, "Registered")

    def log_in(self) -> str:
        """Log the person in to the app; return the token."""
        username, password = credentials_of(self._person())
        token = self._world.log_in(username, password)
        self._narrate(f"{self._who} logs in as {username}.", None)
        return token

    def add_phone(self, token: str, model: str, os: str, via: str) -> None:
        """Register a new phone of the person, with a sign-up code by email, sms or qr."""
        person, who = self._person(), self._who
        phone = self._world.new_phone(person.name, model, os)
        self._narrate(f"The new {model} makes a key and gets its emCert from the TSG.", None)
        app = self._world.begin_device(phone, token)
        self._narrate("The bank's app asks for the device's status.", app)
        act = self._acting(app)
        if via == "qr":
            act("sign-up", f"{who} asks for a QR code.", via="qr")
            phone.scan(app.sign_up_qr())
            told = f"{who} scans the QR code with the phone; the TSG pushes, the middleware registers the device."
        else:
            contact = person.mobile if via == "sms" else person.email
            act("sign-up", f"{who} asks for a sign-up code by {via.replace('sms', 'SMS')}.", via=via, contact=contact)
            phone.type_code(self._world.inbox(person).code("sign-up-code", "sms" if via == "sms" else "email"))
            told = f"{who} types the code on the phone; the TSG pushes, the middleware registers the device."
        self._narrate(told, app.wait_for("Register_Complete"))
        act("activate", f"{who} activates the phone for the account.")
        _expect(app, "Device_Activate")

    def _person(self) -> Persona:
        return self._world.persona(self._name)

    def _acting(self, registration: Registration) -> Callable[..., None]:
        def act(action: str, told: str, **fields: Any) -> None:
            self._narrate(told, registration.act(action, **fields))

        return act


def credentials_of(person: Persona) -> tuple[str, str]:
    """Return the user id and the password of a person. Raises Unexpected for one who has no web account."""
    if person.username is None:
        made_by = f"sandbox play web {shlex.quote(person.name)}"
        raise Unexpected(f"{person.name} has no web account. Make one with `{made_by}`.")
    return person.username, person.password or PASSWORD


def _make_user_id(name: str) -> str:
    letters = re.sub("[^a-z0-9]+", ".", name.lower()).strip(".")
    return f"{letters or 'customer'}.at.the.bank"


def _expect(registration: Registration, status: str) -> None:
    if registration.status != status:
        told = registration.last_outcome.message
        raise Unexpected(f"The registration is {registration.status}, not {status}: {told}")
