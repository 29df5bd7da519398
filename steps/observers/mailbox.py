"""The mail and text messages that a person gets."""

from dataclasses import dataclass, replace
from typing import Any

import msgspec

from registration_sandbox.drivers.people import Person
from registration_sandbox.drivers.vocabulary import Via
from simulators.mailroom.models import Message, Messages
from steps.support.bank import Bank

CHANNELS = {Via.EMAIL: "email", Via.TEXT: "sms"}
LONGEST_DELIVERY = 5
"""Seconds of real time that a message may take."""


@dataclass(frozen=True)
class Mailbox:
    """A person's mailbox: the messages to the person's registered email address and mobile number."""

    bank: Bank
    person: Person

    def address(self, channel: Via) -> str | None:
        """Return where the messages of a channel go."""
        return self.person.email if channel is Via.EMAIL else self.person.mobile

    def at(self, channel: Via, address: str | None) -> "Mailbox":
        """Return the mailbox of the same person at another address."""
        person = replace(self.person)
        if channel is Via.EMAIL:
            person.email = address
        else:
            person.mobile = address
        return replace(self, person=person)

    def codes(self, channel: Via) -> list[str]:
        """Return every code that came by a channel, oldest first."""
        return [_code_in(message) for message in self._messages(channel) if message.code]

    def code(self, channel: Via, which: int = -1) -> str:
        """Return a code that came by a channel, the newest unless another place is given, waiting for one."""
        codes = [_code_in(message) for message in self._messages(channel, wait=LONGEST_DELIVERY) if message.code]
        assert codes, f"{self.person.name} has been sent no code by {channel}"
        return codes[which]

    def text(self, channel: Via) -> str:
        """Return the newest message that came by a channel."""
        return self._messages(channel)[-1].body

    def texts(self, channel: Via) -> list[str]:
        """Return every message that came by a channel, oldest first."""
        return [message.body for message in self._messages(channel)]

    def text_with_code(self, channel: Via) -> str:
        """Return the newest message by a channel that has a code in it: others may have come with it."""
        return [message.body for message in self._messages(channel) if message.code][-1]

    def notifications(self, purpose: str, *channels: Via) -> int:
        """Return how often the person was notified of something, by whichever channel unless some are given."""
        self.bank.stir()
        return sum(len(self._messages(channel, purpose)) for channel in channels or (Via.EMAIL, Via.TEXT))

    def _messages(self, channel: Via, purpose: str = "", wait: int = 0) -> list[Message]:
        address = self.address(channel)
        if address is None:
            return []
        self.bank.settle()
        found = messages(self.bank, to=address, channel=CHANNELS[channel], purpose=purpose, wait=wait)
        return list(reversed(found))


def _code_in(message: Message) -> str:
    """Return a message's code, which its text must tell: people read nothing else."""
    assert message.code, f"the message has no code: {message.body}"
    assert message.code in message.body, f"the message does not tell its code: {message.body}"
    return message.code


def messages(bank: Bank, **wanted: Any) -> list[Message]:
    """Return messages of the world, newest first; ``wanted`` is what the mailroom's ``GET /messages`` takes."""
    params = {name: str(value) for name, value in wanted.items() if value}
    return msgspec.json.decode(bank.wire.ask("mailroom", "GET", "/messages", params=params).raw, type=Messages).messages
