"""The people of the scenarios: who they are in the features' words, and what a tester needs to play them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

BOTH_CARDS = [{"type": "DEBIT"}, {"type": "CREDIT"}]
WEB_USER: dict[str, Any] = {"cymmetri": {}}

KINDS: dict[str, dict[str, Any]] = {
    "a customer of the bank who has never used the web site": {"cbs": {"cards": BOTH_CARDS}},
    "a customer of the bank with only a debit card": {"cbs": {"cards": BOTH_CARDS[:1]}},
    "a customer of the bank with only a credit card": {"cbs": {"cards": BOTH_CARDS[1:]}},
    "a customer of the bank without any card": {"cbs": {"cards": []}},
    "a customer of the bank whose only card is hotlisted": {
        "cbs": {"cards": [{"type": "DEBIT", "status": "hotlisted"}]}
    },
    "a customer of the bank who replaced a hotlisted debit card": {
        "cbs": {"cards": [{"type": "DEBIT"}, {"type": "DEBIT", "status": "hotlisted"}]}
    },
    "a customer of the bank who replaced an expired debit card": {
        "cbs": {"cards": [{"type": "DEBIT"}, {"type": "DEBIT", "status": "expired"}]}
    },
    "a customer of the bank without a registered email address": {"cbs": {"email": None}},
    "a customer of the bank without a registered mobile number": {"cbs": {"mobile": None}},
    "a customer of the bank who is dormant": {"cbs": {"status": "dormant"}},
    "a customer of the bank whose account is closed": {"cbs": {"status": "closed"}},
    "a customer of the bank who has died": {"cbs": {"status": "deceased"}},
    "a stranger to the bank": {"cbs": None},
    "who already uses the web site": WEB_USER,
    "who uses the web site but is blocked for 30 minutes": {"cymmetri": {"blocked": "PT30M"}},
    "who uses the web site but is blocked for good": {"cymmetri": {"blocked": "permanent"}},
    "who uses the web site from a phone that only TSG knows": WEB_USER | {"phones": [{"tsg": "registered"}]},
    "who uses the web site from an active phone": WEB_USER | {"phones": [{"tsg": "registered", "auth_service": True}]},
}
"""What distinguishes a person, and the part of a scenario that makes a person so."""

KINDS_WITH: dict[str, Callable[[str], dict[str, Any]]] = {
    "a customer of the bank whose user id there is": lambda user_id: {"cbs": {"user_id": user_id}},
    "a customer of the bank who once used the password": lambda password: {"former_passwords": [password]},
    "who already uses the web site as": lambda user_id: {"cymmetri": {"user_id": user_id}},
}
"""The same for what is followed by a text of the person's own."""

DEBIT, CREDIT = "DEBIT", "CREDIT"


@dataclass
class Person:
    """A person of a world; ``cards`` are as the bank issued them, each a mapping with ``type``, ``number``, ``last4``,
    ``expiry`` (MMYY), ``pin``, ``cvv`` and ``status``."""

    name: str
    cif: str
    email: str | None
    mobile: str | None
    cards: list[dict[str, Any]]
    bank_user_id: str | None
    username: str | None
    password: str | None
    handsets: list[dict[str, Any]]

    @classmethod
    def of(cls, known: dict[str, Any]) -> "Person":
        return cls(
            known["name"], known["cif"], known["email"], known["mobile"], known["cards"],
            known["userId"], known["username"], known["password"], known["handsets"],
        )  # fmt: skip

    def identity(self, type: str) -> dict[str, Any]:
        """Return what the person says to be known by, as a ``checkIdentity`` request has it."""
        if type == "CARD":
            return {"type": type, "cardNumber": self.cards[0]["number"]}
        return {"type": type, "id": {"CIF": self.cif, "MOBILE": self.mobile, "EMAIL": self.email}[type]}

    def card(self, type: str) -> dict[str, Any]:
        """Return the person's first usable card of a type; one that nobody has when there is none."""
        usable = [card for card in self.cards if (card["type"], card["status"]) == (type, "active")]
        return usable[0] if usable else {"type": type, "last4": "0000", "expiry": "1230", "pin": "0000", "cvv": "000"}

    def unusable_card(self) -> dict[str, Any]:
        """Return the person's card that is hotlisted or expired."""
        return next(card for card in self.cards if card["status"] != "active")
