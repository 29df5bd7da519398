"""A person to be played, and what of them is at hand: their facts, messages, phones and registrations."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from orchestrator import fleet, registrations
from orchestrator.console.pages import service
from orchestrator.registrations import Registration
from orchestrator.worlds.personas import PersonaState
from simulators.kit.errors import SandboxRefusal
from simulators.kit.lazy import lazy

making: Any = lazy("orchestrator.worlds.making")

MESSAGES = 30
"""How many messages of a person are shown, the newest ones."""


class Message(Struct):
    """A message as the mailroom tells it."""

    id: str
    channel: str
    to: str
    subject: str
    body: str
    code: str | None
    purpose: str
    sender: str
    sent_at: str


class Inbox(Struct):
    messages: list[Message]


class Phone(Struct):
    """A phone as the handset service tells it."""

    id: str
    os: str
    model: str
    owner: str
    emCertID: str
    registered: bool
    offline: bool
    last_event: str


class Phones(Struct):
    handsets: list[Phone]


def everyone(world: str) -> list[PersonaState]:
    """Return everyone in a world, with all that is needed to play them."""
    found: list[PersonaState] = making.everyone(service(), world).personas
    return found


def person(world: str, name: str) -> PersonaState:
    """Return one person. Raises SandboxRefusal (``unknown-person``, 404)."""
    for each in everyone(world):
        if each.name == name:
            return each
    raise SandboxRefusal("unknown-person", 404, f"There is nobody called {name!r} in the world {world}.")


def inbox(world: str, who: PersonaState) -> list[Message]:
    """Return a person's newest messages, mail and SMS together, newest first."""
    found: list[Message] = []
    for address in (who.email, who.mobile):
        if address:
            path = f"/worlds/{world}/messages?{urlencode({'to': address, 'limit': MESSAGES})}"
            found += msgspec.convert(fleet.ask(service(), "mailroom", "GET", path).body, Inbox).messages
    return sorted(found, key=lambda message: message.sent_at, reverse=True)[:MESSAGES]


def phones(world: str, who: PersonaState) -> list[Phone]:
    """Return the phones that a person has, oldest first."""
    told = fleet.ask(service(), "handset", "GET", f"/worlds/{world}/people").body
    return [phone for phone in msgspec.convert(told, Phones).handsets if phone.owner == who.name]


def web_registration(world: str, id: str) -> Registration | None:
    """Return the web registration that is on the person's screen, if it is one."""
    found = registrations.one_of(service().store, world, id) if id else None
    return found if found is not None and found.flow == "web" else None


def device_registration(world: str, phone: Phone, username: str) -> Registration | None:
    """Return the newest registration of a phone by a user."""
    for each in registrations.all_of(service().store, world):
        if each.state.get("em_cert_id") == phone.emCertID and (each.owner or "").casefold() == username.casefold():
            return each
    return None
