"""A customer who registers with Cymmetri directly, step by step."""

from typing import Any

from tests.support.world import Request, Said, World

BASE = "/ciamregsrvc/webRegistration"
PASSWORD = "Chai4two!now"


class Registrant:
    """Holds the staged token of the step that comes next."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.persona: dict[str, Any] = world.personas[name]
        self.token: str | None = None

    def request(self, operation: str, body: Any = None, *, method: str = "POST", token: str | None = None) -> Request:
        return Request("cymmetri", method, f"{BASE}/{operation}", body, token or self.token)

    def check(self) -> Request:
        body = {"deviceId": "browser", "type": "CIF", "id": self.persona["cif"]}
        return Request("cymmetri", "POST", f"{BASE}/checkIdentity", body)

    def does(self, operation: str, body: Any = None) -> Said:
        """Make a step that must succeed, and keep the next step's token."""
        return self._kept(self.world.send(self.request(operation, body)))

    def at_email(self) -> "Registrant":
        self._kept(self.world.send(self.check()))
        return self

    def at_mobile(self) -> "Registrant":
        self.at_email().does("VerifyEmailOtp", {"otp": self.email_code()})
        return self

    def at_card(self) -> "Registrant":
        self.at_mobile().does("VerifyMobileOtp", {"otp": self.mobile_code()})
        return self

    def at_user_id(self) -> "Registrant":
        self.at_card().does("authenticateUser", self.card_details())
        return self

    def at_set(self, user_id: str, password: str = PASSWORD) -> "Registrant":
        self.at_user_id().does("saveuserid", {"userId": user_id})
        self.does("validatePassword", {"password": password})
        return self

    def email_code(self) -> str:
        return self.world.client.code(self.persona["email"], "email-otp", "email")

    def mobile_code(self) -> str:
        return self.world.client.code(self.persona["mobile"], "mobile-otp", "sms")

    def card_details(self, index: int = 0, **changed: str) -> dict[str, str]:
        card = self.persona["cards"][index]
        proof = "pin" if card["type"] == "DEBIT" else "cvv"
        told = {"mfaType": f"{card['type']}_CARD", "cardLast4": card["last4"], "expiry": card["expiry"]}
        return {**told, proof: card[proof], **changed}

    def _kept(self, said: Said) -> Said:
        assert said.status == 200, said.text
        self.token = said.body["data"].get("token", self.token)
        return said


def other(code: str) -> str:
    """Return a code of the same length that is another one."""
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}}"


def log_in(world: World, user_id: str, password: str) -> Said:
    return world.ask("cymmetri", "POST", "/ciamauthsrvc/login", {"userId": user_id, "password": password})
