"""Talk to the services of a sandbox over HTTP, in one world."""

from dataclasses import dataclass, field
from typing import Any

import requests

PATIENCE = 35.0
"""Seconds for an answer; longer than the longest wait that a service offers."""

IMPATIENCE = 2.0
"""Seconds for which people wait for a system that is down."""


@dataclass(frozen=True)
class Answer:
    """What a service answered. Only what a person could come to see is read from it."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)
    raw: bytes = b""
    media_type: str = ""
    retry_after: str | None = None

    @property
    def refused(self) -> bool:
        return self.status >= 400

    @property
    def came(self) -> bool:
        """Whether there was an answer at all."""
        return self.status > 0

    @property
    def reason(self) -> str:
        """The reason of a refusal, in the spelling of the system that gave it, as in ``INVALID_OTP``."""
        named = self.body.get("upstream_code") or self.body.get("code") or self.body.get("error") or ""
        return str(named).rpartition(".")[2].upper().replace("-", "_")

    @property
    def _outcome(self) -> dict[str, Any]:
        found: dict[str, Any] = self.body.get("last_outcome") or {}
        return found

    @property
    def message(self) -> str:
        """The words for the person."""
        return str(self.body.get("detail") or self._outcome.get("message") or self.body.get("message") or "")

    @property
    def details(self) -> dict[str, Any]:
        """What an answer says beside its words: attempts left, factors, a user id."""
        found: dict[str, Any] = self.body.get("details") or self._outcome.get("details") or {}
        return found

    def __str__(self) -> str:
        return f"{self.status} {self.reason or self.body.get('status', '')}: {self.message or self.body}"


NO_ANSWER = Answer(0)


class Line:
    """Connections to the services of a sandbox, which scenarios use one after the other."""

    def __init__(self, urls: dict[str, str], admin_token: str | None = None) -> None:
        self.urls = urls
        self.admin = {"Authorization": f"Bearer {admin_token}"} if admin_token else {}
        self.session = requests.Session()
        self.session.trust_env = False

    def close(self) -> None:
        self.session.close()


class Talk:
    """HTTP with every service of one world: the world travels in W3C baggage.

    Of a service that is ``down`` by a scenario's doing people still see what they looked at before, and no more.
    """

    def __init__(self, line: Line, world: str) -> None:
        self.down: set[str] = set()
        self._seen: dict[str, Answer] = {}
        self._line = line
        self._world = {"baggage": f"sandbox.world={world}"}

    def ask(
        self, service: str, method: str, path: str, body: Any = None, *, token: str | None = None, **more: Any
    ) -> Answer:
        """Ask a service; any answer is an answer, a refusal too."""
        headers = self._world | more.pop("headers", {})
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        looked_at = _place(service, path, more) if method == "GET" else None
        if service in self.down and looked_at in self._seen:
            return self._seen[looked_at]
        url = self._line.urls[service].rstrip("/") + path
        patience = IMPATIENCE if service in self.down else PATIENCE
        try:
            response = self._line.session.request(method, url, json=body, headers=headers, timeout=patience, **more)
        except requests.RequestException:
            if service not in self.down:
                raise
            return NO_ANSWER
        media_type = response.headers.get("Content-Type", "").partition(";")[0]
        found = response.json() if media_type.endswith("json") and response.content else {}
        retry_after = response.headers.get("Retry-After")
        answer = Answer(response.status_code, found, response.content, media_type, retry_after)
        if looked_at:
            self._seen[looked_at] = answer
        return answer

    def control(
        self, method: str, path: str, body: Any = None, *, service: str = "orchestrator", **more: Any
    ) -> Answer:
        """Ask the control plane for something that it must be able to do."""
        answer = self.ask(service, method, f"/_sandbox{path}", body, headers=self._line.admin, **more)
        if answer.refused:
            raise AssertionError(f"the sandbox would not {method} {path}: {answer}")
        return answer


def _place(service: str, path: str, more: dict[str, Any]) -> str:
    """Return where somebody looks, however long they are ready to wait for something to be there."""
    wanted = {name: value for name, value in more.get("params", {}).items() if name != "wait"}
    return f"{service} {path} {sorted(wanted.items())}"
