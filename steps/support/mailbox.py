"""The mail and text messages that a person gets."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from steps.support.bank import Bank
from steps.support.people import Person

EMAIL, TEXT = "email", "sms"
LONGEST_DELIVERY = 5
"""Seconds of real time that a message may take."""


@dataclass(frozen=True)
class Mailbox:
    """A person's mailbox: the messages to the person's registered email address and mobile number."""

    bank: Bank
    person: Person

    def codes(self, channel: str) -> list[str]:
        """Return every code that came by a channel, oldest first."""
        return [message["code"] for message in self._messages(channel) if message["code"]]

    def code(self, channel: str, which: int = -1) -> str:
        """Return a code that came by a channel, the newest unless another place is given, waiting for one."""
        codes = [message["code"] for message in self._messages(channel, wait=LONGEST_DELIVERY) if message["code"]]
        assert codes, f"{self.person.name} has been sent no code by {channel}"
        return str(codes[which])

    def notifications(self, purpose: str) -> int:
        """Return how often the person was notified of something, by whichever channel."""
        return len(self._messages(EMAIL, purpose)) + len(self._messages(TEXT, purpose))

    def _messages(self, channel: str, purpose: str = "", wait: int = 0) -> list[dict[str, Any]]:
        address = self.person.email if channel == EMAIL else self.person.mobile
        if address is None:
            return []
        self.bank.settle()
        wanted = {"to": address, "channel": channel, "purpose": purpose, "wait": wait}
        return list(reversed(messages(self.bank, wanted.items())))


def messages(bank: Bank, wanted: Iterable[tuple[str, object]] = ()) -> list[dict[str, Any]]:
    """Return messages of the world, newest first."""
    parameters = {name: str(value) for name, value in wanted if value}
    found: list[dict[str, Any]] = bank.talk.ask("mailroom", "GET", "/messages", params=parameters).body["messages"]
    return found
