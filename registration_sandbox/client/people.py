"""The people's end of a world: what comes to a person by mail and SMS, and phones with the app SDK in them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import msgspec

from registration_sandbox.client.errors import Unexpected
from registration_sandbox.client.wire import Wire
from simulators.handset.models import HandsetState, SignUpReport
from simulators.kit.clock import monotonic
from simulators.mailroom.models import Channel, Message, Messages

if TYPE_CHECKING:
    from registration_sandbox.worlds.personas import PersonaState

PATIENCE = 10.0
"""Seconds of real time for which a message is waited for."""

MOST = 1000
"""How many messages are read."""


@dataclass(frozen=True)
class Inbox:
    """The messages to a person's registered email address and mobile number."""

    wire: Wire
    person: "PersonaState"

    def messages(self, purpose: str = "", channel: Channel | None = None, since: str = "") -> list[Message]:
        """Return messages, newest first; ``since`` is the id of one, for those that came after it."""
        return self._select_addressed(
            messages(self.wire, purpose=purpose, since=since, limit=MOST, **self._place(channel))
        )

    def newest(self, purpose: str = "", channel: Channel | None = None, since: str = "") -> Message:
        """Return the newest message, waiting for one to come. Raises Unexpected when none does."""
        place, deadline = self._place(channel), monotonic() + PATIENCE
        while (left := deadline - monotonic()) > 0:
            found = messages(self.wire, purpose=purpose, since=since, wait=left, **place)
            if theirs := self._select_addressed(found):
                return theirs[0]
            since = found[0].id if found else since
        raise Unexpected(f"{f'No {purpose}' if purpose else 'No'} message came to {self.person.name}.")

    def code(self, purpose: str = "", channel: Channel | None = None, since: str = "") -> str:
        """Return the code in the newest message, waiting for one to come. Raises Unexpected when there is none."""
        message = self.newest(purpose, channel, since)
        if not message.code:
            raise Unexpected(f"The {message.purpose} message to {self.person.name} has no code in it.")
        return message.code

    def _place(self, channel: Channel | None) -> dict[str, str]:
        """Return where messages to the person are looked for: everywhere, where no channel is given."""
        if channel is None:
            return {}
        to = self.person.email if channel == "email" else self.person.mobile
        if to is None:
            raise Unexpected(f"{self.person.name} has no {'email address' if channel == 'email' else 'mobile number'}.")
        return {"channel": channel, "to": to}

    def _select_addressed(self, found: list[Message]) -> list[Message]:
        addresses = {to.casefold() for to in (self.person.email, self.person.mobile) if to}
        return [message for message in found if message.to.casefold() in addresses]


@dataclass(frozen=True)
class Phone:
    """A phone with the app SDK in it; ``em_cert_id`` is what the bank knows it by."""

    wire: Wire
    id: str
    em_cert_id: str

    def state(self) -> HandsetState:
        return self.wire.ask(HandsetState, "handset", "GET", self._path())

    def type_code(self, code: str) -> SignUpReport:
        """Type a sign-up code; return what the SDK reports. Raises Refused when the TSG does not take it."""
        return self.wire.ask(SignUpReport, "handset", "POST", self._path("/sign-up"), {"code": code})

    def scan(self, image: bytes) -> SignUpReport:
        """Hold the camera at a QR image, PNG or JPEG; return what the SDK reports."""
        files = {"qr": ("qr.png", image, "image/png")}
        answer = self.wire.answer("handset", "POST", self._path("/sign-up"), files=files)
        return msgspec.json.decode(answer, type=SignUpReport)

    def go_offline(self) -> None:
        """Take the phone off the network; what it is to send waits on it."""
        self._connect(offline=True)

    def go_online(self) -> None:
        self._connect(offline=False)

    def lose(self) -> None:
        """Lose the phone. The TSG is not told."""
        self.wire.call("handset", "DELETE", self._path())

    def _connect(self, *, offline: bool) -> None:
        self.wire.call("handset", "PUT", self._path("/offline"), {"offline": offline})

    def _path(self, rest: str = "") -> str:
        return f"/handsets/{quote(self.id, safe='')}{rest}"


def messages(wire: Wire, **wanted: object) -> list[Message]:
    """Return messages of the world, newest first; ``wanted`` is what ``GET /messages`` takes."""
    query = urlencode({name: value for name, value in wanted.items() if value != ""})
    return wire.ask(Messages, "mailroom", "GET", f"/messages?{query}").messages
