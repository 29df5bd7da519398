"""The people of the scenarios: who they are in the features' words, and what a tester needs to play them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orchestrator.worlds import library

WEB_USER: dict[str, Any] = {"cymmetri": {}}

KINDS = library.personas_by_description()
"""What distinguishes a person, and the part of a scenario that makes a person so: the personas of the scenarios."""

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
