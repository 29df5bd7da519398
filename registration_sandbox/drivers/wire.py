"""HTTP with the services of one world, as the people in it and their phones speak it."""

import json
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from urllib3 import HTTPHeaderDict

from registration_sandbox.drivers.protocols import NoAnswer
from simulators.kit.clock import stamp
from simulators.kit.numbers import read_number
from simulators.kit.wire import pool
from simulators.kit.wire.control import CONTROL_PREFIX
from simulators.kit.wire.pool import Pool
from simulators.kit.wire.translator import Translator
from simulators.kit.world_names import to_baggage

USER_AGENT = "sandbox-person/1"
"""By which the journals of the fakes tell a person, or a phone, from the system under test."""

CONNECT_LIMIT = 5.0
"""Seconds for a connection."""

ANSWER_LIMIT = 35.0
"""Seconds for an answer; longer than the longest wait that a service offers."""

CONTROL_LIMIT = 120.0
"""Seconds for an answer of a control plane, which does hours of due work before it says that a day has passed."""

OUTAGE_LIMIT = 2.0
"""Seconds for which people wait for a system that is down."""

EXCERPT = 300


@dataclass(frozen=True)
class Reply:
    """What a service answered. ``body`` is its JSON object, empty where it sent none; status 0 is no answer."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)
    raw: bytes = b""
    media_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        return self.status >= 400

    @property
    def retry_after(self) -> int | None:
        """Return the seconds that the answer asks to wait (RFC 9110, section 10.2.3)."""
        return read_number(self.headers.get("Retry-After", ""))

    @property
    def text(self) -> str:
        return self.raw.decode("utf-8", "replace")

    def __str__(self) -> str:
        return f"{self.status} {self.media_type}: {self.text[:EXCERPT]}".rstrip(": ")


NO_REPLY = Reply(0)


class Line:
    """Connections to services, which scenarios use one after the other."""

    def __init__(self, urls: Mapping[str, str], admin_token: str | None = None) -> None:
        self.urls = dict(urls)
        self.admin_token = admin_token
        ca_file = os.environ.get("SANDBOX_CA_FILE")
        self.pool = Pool(USER_AGENT, CONNECT_LIMIT, Path(ca_file) if ca_file else None)

    def close(self) -> None:
        self.pool.close()


class Wire:
    """HTTP with every service of one world: the world travels in W3C baggage, where it has a name to travel by.

    Of a service that is ``down`` by a scenario's doing people still see what they looked at before, and no more.
    ``cymmetri`` speaks the wire profile of the world's Cymmetri; ``None`` where that says what the contract says.
    """

    def __init__(self, line: Line, world: str | None, now: Callable[[], datetime | None] = lambda: None) -> None:
        self.down: set[str] = set()
        self.cymmetri: Translator | None = None
        self.urls = line.urls
        self._line = line
        self._now = now
        self._world = {"baggage": to_baggage("", world)} if world else {}
        self._seen: dict[str, Reply] = {}

    def ask(
        self,
        service: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        data: bytes | None = None,
    ) -> Reply:
        """Ask a service; any answer is an answer, a refusal too. ``body`` is sent as JSON, ``data`` as it is.

        ``service`` is a service's name; that of the system under test is what ``Surroundings.service`` returns. Raises
        NoAnswer where none comes of a service that should be there, LookupError where no service has the name.
        """
        if service not in self.urls:
            raise LookupError(f"no service is named {service!r}; yours is named surroundings.service('orchestrator')")
        given = {name: value for name, value in (params or {}).items() if value is not None}
        place = f"{path}?{urlencode(given, doseq=True)}" if given else path
        looked_at = _place(service, path, given) if method == "GET" else ""
        if service in self.down and looked_at in self._seen:
            return self._seen[looked_at]
        try:
            reply = self._send(service, method, place, body, token, headers or {}, data)
        except pool.NoAnswer as error:
            if service not in self.down:
                raise NoAnswer(f"{service} gave no answer to {method} {path}: it {error}") from error
            return NO_REPLY
        if looked_at:
            self._seen[looked_at] = reply
        return reply

    def ask_cymmetri(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        expected: Collection[str] = (),
    ) -> Reply:
        """Ask Cymmetri in the contract's names; the request goes out, and the answer is read, by its wire profile.

        ``expected`` are the reasons that the call may be refused for, and its branches: a code may mean several.
        """
        profile, headers = self.cymmetri, {"tenant": "sandbox"}
        if profile is None:
            return self.ask("cymmetri", method, path, body, token=token, headers=headers)
        there, sent = profile.write_path(path), profile.write_request(body)
        reply = self.ask("cymmetri", method, there, sent, token=token, headers=headers)
        return replace(reply, body=profile.read_answer(reply.body, expected))

    def control(
        self, method: str, path: str, body: Any = None, *, service: str = "control_plane", **more: Any
    ) -> Reply:
        """Ask the control plane, or a service's own control calls, for something that must be possible."""
        reply = self.ask(service, method, f"/_sandbox{path}", body, token=self._line.admin_token, **more)
        if reply.refused:
            raise AssertionError(f"the sandbox would not {method} {path}: {reply}")
        return reply

    def _send(
        self,
        service: str,
        method: str,
        path: str,
        body: Any,
        token: str | None,
        extra: Mapping[str, str],
        data: bytes | None,
    ) -> Reply:
        headers = {"Accept": "*/*", **self._world, **extra}
        if body is not None:
            data = json.dumps(body).encode()
            headers = {"Content-Type": "application/json", **headers}
        if now := self._now():
            headers["Sandbox-Now"] = stamp(now)
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        limit = CONTROL_LIMIT if path.startswith(CONTROL_PREFIX) else ANSWER_LIMIT
        if service in self.down:
            limit = OUTAGE_LIMIT
        url = self.urls[service].rstrip("/") + path
        status, content, received = self._line.pool.send(method, url, data, headers, limit)
        media_type = received.get("content-type", "").partition(";")[0].strip()
        return Reply(status, _object(content, media_type), content, media_type, HTTPHeaderDict(received))


def _object(content: bytes, media_type: str) -> dict[str, Any]:
    """Return the JSON object of a response, empty where it holds none."""
    if not media_type.endswith("json"):
        return {}
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _place(service: str, path: str, params: Mapping[str, Any]) -> str:
    """Return where somebody looks, however long they are ready to wait for something to be there."""
    return f"{service} {path} {sorted((name, value) for name, value in params.items() if name != 'wait')}"
