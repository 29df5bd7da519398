"""An outside client: it knows URLs and HTTP, and hands back whatever it hears."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

NOTHING = object()
TIMEOUT = 30.0


@dataclass(frozen=True)
class Heard:
    """An answer as it came; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def text(self) -> str:
        return self.raw.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def branches(self) -> list[str]:
        return [branch for branch in self.headers.get("sandbox-branch", "").split(",") if branch]


class Wire:
    """Sends requests to the services of a sandbox, each over a connection that is kept open.

    The control plane is sent the admin token, where there is one, in place of any other.
    """

    def __init__(self, urls: Mapping[str, str], admin_token: str | None = None) -> None:
        self.urls = dict(urls)
        self._admin_token = admin_token
        self._open: dict[str, http.client.HTTPConnection] = {}

    def ask(
        self,
        service: str,
        method: str,
        path: str,
        body: Any = NOTHING,
        *,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        token: str | None = None,
        world: str | None = None,
        timeout: float = TIMEOUT,
    ) -> Heard:
        """Send one request; ``body`` goes as JSON, ``raw`` as it is.

        A kept connection that the service has closed in the meantime is opened again. Raises what the socket raises.
        """
        sent = {"baggage": f"sandbox.world={world}"} if world else {}
        if body is not NOTHING:
            raw = json.dumps(body).encode()
        if raw is not None:
            sent["Content-Type"] = "application/json"
        if token:
            sent["Authorization"] = f"Bearer {token}"
        sent.update(headers or {})
        if self._admin_token and path.startswith("/_sandbox/"):
            sent["Authorization"] = f"Bearer {self._admin_token}"
        kept = self._open.pop(service, None)
        if kept is not None and timeout == TIMEOUT:
            try:
                return self._heard(service, kept, method, path, raw, sent)
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                kept.close()
        parts = urlsplit(self.urls[service])
        fresh = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
        return self._heard(service, fresh, method, path, raw, sent)

    def unlabelled(self, service: str, method: str, path: str, raw: bytes | None, headers: Mapping[str, str]) -> Heard:
        """Send a body with no other headers than these: with no Content-Type unless there is one."""
        parts = urlsplit(self.urls[service])
        return self._heard(
            service, http.client.HTTPConnection(parts.hostname or "", parts.port), method, path, raw, headers
        )

    def _heard(
        self,
        service: str,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        raw: bytes | None,
        headers: Mapping[str, str],
    ) -> Heard:
        try:
            connection.request(method, path, raw, dict(headers))
            answer = connection.getresponse()
            heard = Heard(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        except BaseException:
            connection.close()
            raise
        self._open[service] = connection
        return heard
