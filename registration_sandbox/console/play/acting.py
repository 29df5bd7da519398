"""A person to be played, and what of them is at hand: their facts, messages, phones and registrations."""

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from orchestrator.models import RegistrationView
from registration_sandbox.console import owners
from registration_sandbox.console.pages import service
from registration_sandbox.console.play import former
from registration_sandbox.control_plane import fleet, registrations
from registration_sandbox.worlds import making
from registration_sandbox.worlds.personas import PersonaState
from simulators.kit.errors import SandboxRefusal

STATUSES_THAT_GO_ON = (
    "Email_Otp_Sent", "Mobile_Otp_Sent", "Mobile_Verified", "Authenticated", "User_Id_Saved", "Password_Validated",
)  # fmt: skip
"""The statuses of a web registration in which the person can take it up again."""

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
    return find_person(everyone(world), world, name)


def find_person(people: Sequence[PersonaState], world: str, name: str) -> PersonaState:
    """Return the person of that name. Raises SandboxRefusal (``unknown-person``, 404)."""
    for each in people:
        if each.name == name:
            return each
    raise SandboxRefusal("unknown-person", 404, f"There is nobody called {name!r} in the world {world}.")


def inbox(world: str, who: PersonaState) -> list[Message]:
    """Return a person's newest messages, mail and SMS together, newest first; those to former contacts too."""
    found: list[Message] = []
    for address in {who.email, who.mobile, *former.contacts(world, who.name)}:
        if address:
            path = f"{fleet.place(world, 'messages')}?{urlencode({'to': address, 'limit': MESSAGES})}"
            found += msgspec.convert(fleet.ask(service(), "mailroom", "GET", path).body, Inbox).messages
    return sorted(found, key=lambda message: message.sent_at, reverse=True)[:MESSAGES]


def phones(world: str, who: PersonaState) -> list[Phone]:
    """Return the phones that a person has, oldest first."""
    body = fleet.ask(service(), "handset", "GET", fleet.place(world, "people")).body
    return [phone for phone in msgspec.convert(body, Phones).handsets if phone.owner == who.name]


def web_registration(world: str, id: str) -> RegistrationView | None:
    """Return the web registration that is on the person's screen, if it is one."""
    found = registrations.find_registration(service(), world, id) if id else None
    return found.registration if found is not None and found.registration.flow == "web" else None


def open_web_registrations(world: str, people: Sequence[PersonaState]) -> dict[str, list[RegistrationView]]:
    """Return the web registrations that can go on by the name of the person, newest first."""
    begun_by = owners.web_owners(world, people)
    found: dict[str, list[RegistrationView]] = {}
    for each in registrations.list_registrations(service(), world):
        owner = begun_by.get(each.registration.id)
        if owner and each.registration.status in STATUSES_THAT_GO_ON:
            found.setdefault(owner, []).append(each.registration)
    return found


def device_registration(world: str, phone: Phone, username: str) -> RegistrationView | None:
    """Return the newest registration of a phone by a user."""
    for each in registrations.list_registrations(service(), world):
        if each.emCertID == phone.emCertID and (each.owner or "").casefold() == username.casefold():
            return each.registration
    return None
