"""What a tester sees of a world: its journal, the messages to its people, and the time in each system."""

import json
import re
from typing import Any

from steps.support.bank import Bank
from steps.support.vocabulary import in_groups_of_four

SECRET_FIELDS = (
    "password",
    "confirmPassword",
    "otp",
    "pin",
    "cvv",
    "token",
    "refreshToken",
    "signupCode",
    "credential",
    "cardNumber",
)
MASK = "•"

UNMISTAKABLE = 12
"""Characters of a secret that stands nowhere by chance."""

WORD = 6
"""Characters of a secret that stands nowhere alone by chance."""


def find_secrets_shown(bank: Bank, name: str) -> list[str]:
    """Return what a world's journal shows of a person's secrets: by their values, and by the names of fields."""
    journal, _ = bank.evidence()
    text = json.dumps(journal, ensure_ascii=False)
    assert journal["exchanges"], "nothing has happened"
    secrets = _secrets_of(bank, name)
    shown = [what for what, value in secrets.items() if value and _is_in(text, value)]
    return shown + sorted(set(_find_unmasked(journal)))


def messages_of(bank: Bank, name: str) -> list[dict[str, Any]]:
    """Return a person's mail and SMS, newest first."""
    bank.settle_all()
    person = bank.persona(name)
    found: list[dict[str, Any]] = []
    for address in (person["email"], person["mobile"]):
        if address:
            found += bank.wire.ask("mailroom", "GET", "/messages", params={"to": address}).body["messages"]
    return found


def times_told(bank: Bank, services: tuple[str, ...]) -> dict[str, str]:
    """Return the time that each service tells of the world."""
    return {service: shown["now"] for service, shown in clocks_shown(bank, services).items()}


def clocks_shown(bank: Bank, services: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Return what each service tells of the world's clock: the time, and whether it stands still."""
    return {service: bank.wire.control("GET", f"/worlds/{bank.id}/clock", service=service).body for service in services}


def _secrets_of(bank: Bank, name: str) -> dict[str, str | None]:
    person = bank.persona(name)
    cards = {
        f"the {what} of the {card['type'].lower()} card": card[what]
        for card in person["cards"]
        for what in ("number", "pin", "cvv")
    }
    codes = {f"the code in message {each['id']} ({each['purpose']})": each["code"] for each in messages_of(bank, name)}
    numbers = {
        f"the {card['type'].lower()} card's number with {gap!r} in it": in_groups_of_four(card["number"], gap)
        for card in person["cards"]
        for gap in " -"
    }
    return {**cards, **numbers, **codes, "the password": person.get("password")}


def _is_in(text: str, secret: str) -> bool:
    """Tell whether a secret is in the journal: a PIN as a whole value, a code as a word."""
    if len(secret) >= UNMISTAKABLE:
        return secret in text
    if len(secret) >= WORD:
        return re.search(rf"(?<![\w.+-]){re.escape(secret)}(?![\w-])", text) is not None
    return any(f'{before}{secret}"' in text for before in ('"', "/", "="))


def _find_unmasked(value: Any) -> list[str]:
    """Return the names of secret fields that hold anything but a mask."""
    if isinstance(value, list):
        return [name for each in value for name in _find_unmasked(each)]
    if not isinstance(value, dict):
        return []
    own = [name for name in SECRET_FIELDS if value.get(name) and MASK not in str(value[name])]
    return own + [name for each in value.values() for name in _find_unmasked(each)]
