"""Calls from one service to another: one pooled client with time-outs, which carries the world and the trace on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from simulators.kit.settings import Settings
from simulators.kit.wire.control import CONTROL_PREFIX, LocalAnswer
from simulators.kit.wire.pool import NoAnswer, Pool
from simulators.kit.wire.strict_json import read_json

LARGEST_REPLY = 1024 * 1024
"""How many bytes the answer of a simulated system may have, as many as a request to one."""

LARGEST_CONTROL_REPLY = 512 * 1024 * 1024
"""How many that of a service's control plane may have, which is the sandbox's own: the whole state of a world."""


@dataclass(frozen=True)
class Reply:
    """What another service answered; ``body`` is its JSON object, empty where it sent none."""

    service: str
    status: int
    body: dict[str, Any]
    headers: Mapping[str, str]

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def branches(self) -> list[str]:
        return [branch.strip() for branch in self.headers.get("sandbox-branch", "").split(",") if branch.strip()]


class UpstreamFailure(Exception):
    """Another service gave no answer that can be used: it could not be reached, was too slow, or answered garbage.

    ``reply`` is the garbage's status and headers, for a caller that needs no body.
    """

    def __init__(self, service: str, reason: str, reply: Reply | None = None) -> None:
        super().__init__(f"{service}: {reason}")
        self.service = service
        self.reason = reason
        self.reply = reply


class Client:
    """Calls the other services on behalf of one of them.

    ``local`` answers control calls to those that the same process serves.

    ``patience`` is for how many seconds it waits for an answer.
    """

    def __init__(self, caller: str, version: str, settings: Settings) -> None:
        self._caller = caller
        self._settings = settings
        self.patience = settings.patience(caller)
        self._user_agent = f"sandbox-{caller}/{version}"
        self._pool: Pool | None = None
        self.local: Mapping[str, LocalAnswer] = {}

    def send(
        self,
        service: str,
        method: str,
        path: str,
        *,
        body: Any = None,
        raw: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float | None = None,
        url: str | None = None,
    ) -> Reply:
        """Call ``path`` of a service, or ``url`` in its place, and return the answer, whatever its status.

        ``body`` is sent as JSON, ``raw`` as it is. Raises UpstreamFailure when there is no answer in time, or one
        that is no JSON object.
        """
        sent = dict(headers or {})
        if raw is None and body is not None:
            raw = msgspec.json.encode(body)
            sent["Content-Type"] = "application/json"
        is_own = service in self.local and path.startswith(CONTROL_PREFIX)
        if is_own:
            status, content, received = self.local[service](method, path, raw)
        else:
            status, content, received = self._send_over_network(
                service, method, url or self._settings.url(service) + path, raw, sent, timeout,
                LARGEST_CONTROL_REPLY if path.startswith(CONTROL_PREFIX) else LARGEST_REPLY,
            )  # fmt: skip
        try:
            read = msgspec.json.decode if is_own else read_json  # what this process wrote needs no second look
            found = msgspec.convert(read(content), dict[str, Any]) if content else {}
        except msgspec.MsgspecError as error:
            reason = f"answered {status} with a body that is no JSON object"
            raise UpstreamFailure(service, reason, Reply(service, status, {}, received)) from error
        return Reply(service, status, found, received)

    def _send_over_network(
        self,
        service: str,
        method: str,
        url: str,
        raw: bytes | None,
        headers: dict[str, str],
        timeout: float | None,
        largest: int,
    ) -> tuple[int, bytes, Mapping[str, str]]:
        if self._pool is None:
            certificate = self._settings.client_certificate(self._caller)
            self._pool = Pool(self._user_agent, self._settings.connect_timeout, self._settings.ca_file, certificate)
        try:
            return self._pool.send(method, url, raw, headers, timeout or self.patience, largest)
        except NoAnswer as error:
            raise UpstreamFailure(service, str(error)) from error
