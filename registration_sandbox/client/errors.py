"""What a call to the sandbox can end in but its answer."""

from collections.abc import Mapping
from typing import Any

CODES = ("upstream_code", "code", "errorCode", "error")
DETAILS = ("detail", "message", "error_description")
"""Where the services' error bodies say the reason, and tell it in words: problem documents, Cymmetri's, the TSG's."""


class Unexpected(Exception):
    """An answer that is not the one that was hoped for."""


class Unreachable(Unexpected):
    """A service that does not answer."""


class Refused(Unexpected):
    """A request that a service refused.

    ``status`` is the HTTP status, ``code`` the reason in the spelling of the system that gave it, ``detail`` the words,
    ``field`` the field that is wrong (empty where none is named), ``body`` the whole answer, ``asked`` what was asked.
    """

    def __init__(self, asked: str, status: int, body: Mapping[str, Any], text: str) -> None:
        super().__init__(asked, status, body, text)
        self.asked = asked
        self.status = status
        self.body = dict(body)
        self.code = _first(self.body, CODES)
        self.detail = _first(self.body, DETAILS) or text.strip()
        self.field = _first(self.body, ("field",))

    def __str__(self) -> str:
        reason = f" {self.code}" if self.code else ""
        return f"{self.asked} answered {self.status}{reason}: {self.detail}"


def _first(body: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(body[name]) for name in names if body.get(name)), "")
