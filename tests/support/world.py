"""A fresh world of a running sandbox, and calls in it whose answers are handed back whatever their status."""

import http.client
import json
import secrets
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit

from orchestrator.models import RegistrationView
from registration_sandbox import client
from registration_sandbox.client import Unexpected
from registration_sandbox.runtime.embedded import RunningSandbox
from simulators.kit.world_names import to_baggage

TIMEOUT = 60.0


@dataclass(frozen=True)
class Request:
    """A request to a service of the sandbox."""

    service: str
    method: str
    path: str
    body: Any = None
    token: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: str | None = None
    media_type: str = "application/json"

    @property
    def payload(self) -> str | None:
        """The body as it is sent: ``raw``, or ``body`` as JSON."""
        return json.dumps(self.body) if self.raw is None and self.body is not None else self.raw


@dataclass(frozen=True)
class Said:
    """An answer."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text) if self.text else {}

    @property
    def reason(self) -> str | None:
        """Why it was refused, in Cymmetri's words without their prefix; ``None`` for a success."""
        code = self.body.get("errorCode")
        return code.rpartition(".")[2] if code else None

    @property
    def branches(self) -> list[str]:
        return [branch for branch in self.headers.get("sandbox-branch", "").split(",") if branch]


class Client(client.World):
    """The client, with what tests do by ids that they were told."""

    def wait_for(self, registration: str, status: str, token: str | None = None) -> RegistrationView:
        """Return a registration once it has a status. Raises Unexpected when it does not come."""
        return self.registration(registration, token).wait_for(status).state

    def code(self, to: str, purpose: str, channel: str) -> str:
        """Return the code in the newest message to someone, waiting for one to come."""
        found = self.messages(to=to, purpose=purpose, channel=channel, wait=10, limit=1)
        if not found:
            raise Unexpected(f"No {purpose} message came to {to}.")
        return str(found[0].code)


class World:
    """A world of its own, made of a scenario."""

    def __init__(self, sandbox: RunningSandbox, scenario: Mapping[str, Any], name: str = "") -> None:
        self.name = name or f"w-{secrets.token_hex(8)}"
        self.sandbox = sandbox
        self.client = Client(sandbox.urls, self.name)
        self.client.control("PUT", "", dict(scenario))
        self.personas = {each["name"]: each for each in self.client.control("GET", "/personas")["personas"]}

    def ask(self, service: str, method: str, path: str, body: Any = None, token: str | None = None) -> Said:
        return self.send(Request(service, method, path, body, token))

    def send(self, request: Request) -> Said:
        return self._sent(self._connected(request.service), request)

    def at_once(self, requests: Sequence[Request]) -> list[Said]:
        """Send all requests at the same moment, each on a connection of its own that is open by then."""
        start = Barrier(len(requests))

        def one(request: Request) -> Said:
            connection = self._connected(request.service)
            start.wait(TIMEOUT)
            return self._sent(connection, request)

        with ThreadPoolExecutor(len(requests)) as pool:
            return list(pool.map(one, requests))

    def messages(self, to: str = "", purpose: str = "") -> list[dict[str, Any]]:
        """Return messages, newest first."""
        query = f"/messages?to={to.replace('+', '%2B')}&purpose={purpose}&limit=1000"
        return list(self.client.call("mailroom", "GET", query)["messages"])

    def exchanges(self, **query: str) -> list[dict[str, Any]]:
        """Return the merged journal, oldest first."""
        wanted = "".join(f"&{name}={value}" for name, value in query.items())
        return list(self.client.control("GET", f"/journal?limit=10000{wanted}")["exchanges"])

    def advance(self, duration: str) -> None:
        self.client.control("POST", "/clock", {"advance": duration})

    def fault(self, service: str, method: str, path: str, effect: Mapping[str, Any], times: int | None = 1) -> None:
        """Have requests struck by an effect; just the first one unless said otherwise."""
        fault = {"service": service, "method": method, "path": path, "effect": dict(effect), "times": times}
        self.client.control("POST", "/faults", {name: value for name, value in fault.items() if value is not None})

    def mend(self) -> None:
        """Remove every fault."""
        self.client.control("DELETE", "/faults")

    def _connected(self, service: str) -> http.client.HTTPConnection:
        parts = urlsplit(self.sandbox.urls[service])
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)
        connection.connect()
        return connection

    def _sent(self, connection: http.client.HTTPConnection, request: Request) -> Said:
        headers = {"baggage": to_baggage("", self.name), **request.headers}
        if request.token:
            headers["Authorization"] = f"Bearer {request.token}"
        if request.payload is not None:
            headers["Content-Type"] = request.media_type
        try:
            connection.request(request.method, request.path, request.payload, headers)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Said(answer.status, found, answer.read().decode())
        finally:
            connection.close()
