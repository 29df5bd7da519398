"""A registration under way, as the bank's web site or app holds it."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote, urlencode

from orchestrator.models import History, Outcome, RegistrationView, StatusChangeView
from registration_sandbox.client.errors import Unexpected
from registration_sandbox.client.wire import Wire

PATIENCE = 20.0
"""Seconds of real time for which a status is waited for."""


@dataclass
class Registration:
    """A registration: acted on, looked at, waited for. ``token`` is the logged-in user's, for the device flow.

    ``state`` is the registration as it was told last.
    """

    wire: Wire
    state: RegistrationView
    token: str | None = None

    @classmethod
    def begin(cls, wire: Wire, body: dict[str, Any], token: str | None = None) -> Self:
        """Begin a registration. Raises Refused."""
        return cls(wire, wire.ask(RegistrationView, "orchestrator", "POST", "/registrations", body, token=token), token)

    @classmethod
    def find(cls, wire: Wire, id: str, token: str | None = None) -> Self:
        """Return a registration that was begun before. Raises Refused."""
        return cls(wire, wire.ask(RegistrationView, "orchestrator", "GET", _path(id), token=token), token)

    @property
    def id(self) -> str:
        return self.state.id

    @property
    def status(self) -> str:
        return self.state.status

    @property
    def allowed_actions(self) -> list[str]:
        return self.state.allowed_actions

    @property
    def last_outcome(self) -> Outcome:
        """What the last action came to: the branch of the documents, the words for the person, and details."""
        return self.state.last_outcome

    def act(self, action: str, **fields: Any) -> Self:
        """Perform an action. Raises Refused with its reason."""
        return self._update("POST", f"/actions/{quote(action, safe='')}", fields)

    def look(self) -> Self:
        """Ask how the registration stands now."""
        return self._update("GET", "")

    def wait_for(self, status: str, patience: float = PATIENCE) -> Self:
        """Wait until the registration has a status. Raises Unexpected when it does not come."""
        self._update("GET", "?" + urlencode({"wait_for": status, "timeout": patience}))
        if self.status != status:
            words = f"registration {self.id} is {self.status}, not {status}: {self.last_outcome.message}"
            raise Unexpected(words)
        return self

    def history(self) -> list[StatusChangeView]:
        """Return what happened to the registration, oldest first."""
        return self.wire.ask(History, "orchestrator", "GET", _path(self.id, "/history"), token=self.token).history

    def sign_up_qr(self) -> bytes:
        """Return the sign-up code as a QR image, PNG. Raises Refused when no sign-up is in progress."""
        return self.wire.image(_path(self.id, "/sign-up-qr"), self.token)

    def _update(self, method: str, path: str, body: Any = None) -> Self:
        self.state = self.wire.ask(
            RegistrationView, "orchestrator", method, _path(self.id, path), body, token=self.token
        )
        return self


def _path(id: str, rest: str = "") -> str:
    return f"/registrations/{quote(id, safe='')}{rest}"
