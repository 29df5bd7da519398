"""Plays the two flows as a customer, her browser and her phone would: the work that the benchmarks time."""

from collections.abc import Mapping

from registration_sandbox.client import Registration, Unexpected, World
from simulators.kit.faults.model import PUSH

SCENARIO = "new-customer"
PERSONA = "Asha"
USER_ID = "asha.at.the.bank"
PASSWORD = "Chai4two!now"
DUE = "DUE"
"""The journal's method for work that fell due: no exchange."""


class Customer:
    """A customer of the bank in a world of her own, who has never used the web site."""

    def __init__(self, urls: Mapping[str, str], world: str) -> None:
        self._world = World(urls, world).make(SCENARIO)
        self._person = self._world.persona(PERSONA)
        self._inbox = self._world.inbox(self._person)
        self._token = ""

    def register_on_the_web(self) -> None:
        """Play web registration to its end, proving who she is by her debit card."""
        card = next(card for card in self._person.cards if card.type == "DEBIT")
        visit = self._world.begin_web(self._person)
        visit.act("verify-email-otp", otp=self._inbox.code("email-otp", "email"))
        visit.act("verify-mobile-otp", otp=self._inbox.code("mobile-otp", "sms"))
        visit.act("list-factors")
        visit.act("authenticate", mfaType="DEBIT_CARD", cardLast4=card.last4, expiry=card.expiry, pin=card.pin)
        visit.act("existing-user-id")
        visit.act("save-user-id", userId=USER_ID)
        visit.act("validate-password", password=PASSWORD)
        _expect(visit.act("set-password", password=PASSWORD, confirmPassword=PASSWORD), "Registered")

    def log_in(self) -> None:
        self._token = self._world.log_in(USER_ID, PASSWORD)

    def register_a_phone(self) -> None:
        """Play device registration to its end, with a sign-up code by SMS; she must be logged in."""
        phone = self._world.new_phone(PERSONA)
        app = self._world.begin_device(phone, self._token)
        app.act("sign-up", via="sms", contact=self._person.mobile)
        phone.type_code(self._inbox.code("sign-up-code", "sms"))
        app.wait_for("Register_Complete")
        _expect(app.act("activate"), "Device_Activate")

    def play_both(self) -> None:
        self.register_on_the_web()
        self.log_in()
        self.register_a_phone()

    def exchanges(self) -> int:
        """Return how many exchanges her world's journal has, each counted where it was answered."""
        found = self._world.journal()
        return sum(1 for exchange in found if exchange.method != DUE and exchange.path != PUSH)

    def leave(self) -> None:
        """Have her world deleted."""
        self._world.delete()
        self._world.close()


def _expect(registration: Registration, status: str) -> None:
    if registration.status != status:
        raise Unexpected(f"The registration is {registration.status}, not {status}.")
