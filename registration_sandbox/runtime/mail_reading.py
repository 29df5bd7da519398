"""A mail read, within the limits that keep anybody's from taking minutes: Python's parser knows none."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

LARGEST_HEAD = 32 * 1024
"""How many characters the headers of a mail and of all its parts have together: parsing one takes quadratic time."""

MOST_PARTS = 50
"""How many parts a mail has: each line is compared with the boundaries of all parts that it may be in."""


class TooLarge(Exception):
    """A mail beyond a limit; the message says which."""


class _Limits:
    """Makes the parts of one mail while it is read, and counts them and their headers."""

    def __init__(self) -> None:
        self._parts = 0
        self._head = 0

    def __call__(self, policy: "_LimitedPolicy") -> EmailMessage:
        """Return a new part. Raises TooLarge."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise TooLarge(f"a mail may have {MOST_PARTS} parts")
        return EmailMessage(policy)

    def add_header(self, length: int) -> None:
        """Count a header. Raises TooLarge."""
        self._head += length
        if self._head > LARGEST_HEAD:
            raise TooLarge(f"the headers of a mail, those of its parts included, may have {LARGEST_HEAD} characters")


class _LimitedPolicy(EmailPolicy):
    """The parser's policy for one mail: it makes each part, and takes each header before any is parsed."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, Any]:
        limits: Any = self.message_factory
        limits.add_header(sum(map(len, sourcelines)))
        return super().header_source_parse(sourcelines)


def read_mail(content: bytes) -> EmailMessage:
    """Return a mail, whose parts' headers are parsed when they are asked for. Raises TooLarge."""
    limits: Any = _Limits()
    policy: Any = _LimitedPolicy(message_factory=limits)
    return message_from_bytes(content, policy=policy)
