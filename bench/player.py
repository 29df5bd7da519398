"""Plays the two flows as a customer, her browser and her phone would: the work that the benchmarks time."""

from collections.abc import Mapping
from typing import Any

from orchestrator.client import Sandbox, Unexpected
from simulators.kit.faults.model import PUSH

SCENARIO = {"scenario": "new-customer"}
PERSONA = "Asha"
USER_ID = "asha.at.the.bank"
PASSWORD = "Chai4two!now"
DUE = "DUE"
"""The journal's method for work that fell due: no exchange."""


class Customer:
    """A customer of the bank in a world of her own, who has never used the web site."""

    def __init__(self, urls: Mapping[str, str], world: str) -> None:
        self._sandbox = Sandbox(urls, world)
        self._sandbox.control("PUT", "", SCENARIO)
        self._person = self._sandbox.persona(PERSONA)
        self._token = ""

    def register_on_the_web(self) -> None:
        """Play web registration to its end, proving who she is by her debit card."""
        person = self._person
        card = next(card for card in person["cards"] if card["type"] == "DEBIT")
        identity = {"flow": "web", "deviceId": "bench-browser", "type": "CIF", "id": person["cif"]}
        id = self._sandbox.call("orchestrator", "POST", "/registrations", identity)["id"]
        act = self._sandbox.act
        act(id, "verify-email-otp", otp=self._sandbox.code(person["email"], "email-otp", "email"))
        act(id, "verify-mobile-otp", otp=self._sandbox.code(person["mobile"], "mobile-otp", "sms"))
        act(id, "list-factors")
        act(id, "authenticate", mfaType="DEBIT_CARD", cardLast4=card["last4"], expiry=card["expiry"], pin=card["pin"])
        act(id, "existing-user-id")
        act(id, "save-user-id", userId=USER_ID)
        act(id, "validate-password", password=PASSWORD)
        _expect(act(id, "set-password", password=PASSWORD, confirmPassword=PASSWORD), "Registered")

    def log_in(self) -> None:
        who = {"username": USER_ID, "password": PASSWORD}
        self._token = self._sandbox.call("auth_service", "POST", "/auth/login", who)["token"]

    def register_a_phone(self) -> None:
        """Play device registration to its end, with a sign-up code by SMS; she must be logged in."""
        call, token = self._sandbox.call, self._token
        phone = call("handset", "POST", "/handsets", {"os": "Android", "model": "Pixel 9", "owner": PERSONA})
        device = {"flow": "device", "emCertID": phone["emCertID"]}
        id = call("orchestrator", "POST", "/registrations", device, token=token)["id"]
        mobile = self._person["mobile"]
        self._sandbox.act(id, "sign-up", token, via="sms", contact=mobile)
        code = self._sandbox.code(mobile, "sign-up-code", "sms")
        call("handset", "POST", f"/handsets/{phone['id']}/sign-up", {"code": code})
        self._sandbox.wait_for(id, "Register_Complete", token)
        _expect(self._sandbox.act(id, "activate", token), "Device_Activate")

    def play_both(self) -> None:
        self.register_on_the_web()
        self.log_in()
        self.register_a_phone()

    def exchanges(self) -> int:
        """Return how many exchanges her world's journal has, each counted where it was answered."""
        found = self._sandbox.control("GET", "/journal?limit=10000")["exchanges"]
        return sum(1 for exchange in found if exchange["method"] != DUE and exchange["path"] != PUSH)

    def leave(self) -> None:
        """Have her world deleted."""
        self._sandbox.control("DELETE", "")


def _expect(registration: Mapping[str, Any], status: str) -> None:
    if registration["status"] != status:
        raise Unexpected(f"The registration is {registration['status']}, not {status}.")
