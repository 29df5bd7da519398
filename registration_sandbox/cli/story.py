"""The story that ``sandbox demo`` plays: a customer of the bank who has never used the web site gets two phones."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from registration_sandbox.client import Persona, Registration, Unexpected, World

Chapter = Callable[[str], None]
Narrate = Callable[[str, Registration | None], None]
SCENARIO = "new-customer"
PERSONA = "Asha"


class Story:
    """Plays both flows end to end and has each step told. Raises Unexpected where the sandbox answers otherwise."""

    def __init__(self, world: World, chapter: Chapter, narrate: Narrate) -> None:
        self._world = world
        self._chapter = chapter
        self._narrate = narrate

    def play(self) -> None:
        person = self._world.persona(PERSONA)
        user_id, password = f"{person.name.lower()}.at.the.bank", "Chai4two!now"
        self._chapter(f"{PERSONA}, a customer of the bank who has never used the web site, registers on the web")
        self._register(person, user_id, password)
        self._chapter(f"{PERSONA} logs in and registers a phone with a code sent by SMS")
        token = self._world.log_in(user_id, password)
        self._narrate("She logs in with her new user id.", None)
        self._add_phone(person, token, "Pixel 9", "Android", "sms")
        self._chapter(f"{PERSONA} registers a second phone by scanning a QR code")
        self._add_phone(person, token, "iPhone 17", "iOS", "qr")
        self._chapter("Both phones are active")
        devices = self._world.call("auth_service", "GET", f"/users/{quote(user_id, safe='')}/devices", token=token)[
            "devices"
        ]
        if len(devices) != 2:
            raise Unexpected(f"{PERSONA} has {len(devices)} devices at the Auth Service, not two.")
        self._narrate("The Auth Service lists both phones.", None)

    def _register(self, person: Persona, user_id: str, password: str) -> None:
        inbox = self._world.inbox(person)
        visit = self._world.begin_web(person, "demo-browser")
        self._narrate("She gives her customer number; a code goes to her registered email.", visit)
        act = self._acting(visit)
        act("verify-email-otp", "She enters the code from the email.", otp=inbox.code("email-otp", "email"))
        act("verify-mobile-otp", "She enters the code from the SMS.", otp=inbox.code("mobile-otp", "sms"))
        act("list-factors", "She sees how she can prove who she is.")
        factors = visit.last_outcome.details["factors"]
        if "DEBIT_CARD" not in factors:
            raise Unexpected(f"{PERSONA} should be able to use her debit card, not only {factors}.")
        card = next(card for card in person.cards if card.type == "DEBIT")
        details = {"mfaType": "DEBIT_CARD", "cardLast4": card.last4, "expiry": card.expiry, "pin": card.pin}
        act("authenticate", "She gives the details of her debit card.", **details)
        act("existing-user-id", "The bank has no user id for her yet.")
        act("save-user-id", f"She chooses the user id {user_id}.", userId=user_id)
        act("validate-password", "She tries a password against the rules.", password=password)
        act("set-password", "She sets it.", password=password, confirmPassword=password)
        _expect(visit, "Registered")

    def _add_phone(self, person: Persona, token: str, model: str, os: str, via: str) -> None:
        phone = self._world.new_phone(person.name, model, os)
        self._narrate(f"Her new {model} makes a key and gets its emCert from the TSG.", None)
        app = self._world.begin_device(phone, token)
        self._narrate("The bank's app asks for the device's status.", app)
        act = self._acting(app)
        if via == "sms":
            act("sign-up", "She asks for a sign-up code by SMS.", via="sms", contact=person.mobile)
            phone.type_code(self._world.inbox(person).code("sign-up-code", "sms"))
            told = "She types the code on the phone; the TSG pushes, the middleware registers the device."
        else:
            act("sign-up", "She asks for a QR code.", via="qr")
            phone.scan(app.sign_up_qr())
            told = "She scans the QR code with the phone; the TSG pushes, the middleware registers the device."
        self._narrate(told, app.wait_for("Register_Complete"))
        act("activate", "She activates the phone for her account.")
        _expect(app, "Device_Activate")

    def _acting(self, registration: Registration) -> Callable[..., None]:
        def act(action: str, told: str, **fields: Any) -> None:
            self._narrate(told, registration.act(action, **fields))

        return act


def _expect(registration: Registration, status: str) -> None:
    if registration.status != status:
        raise Unexpected(f"The registration is {registration.status}, not {status}.")
