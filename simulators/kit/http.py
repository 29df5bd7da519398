"""Calls from one service to another: one pooled client with time-outs, which carries the world and the trace on."""

from dataclasses import dataclass
from typing import Any

import msgspec
import requests
from requests.adapters import HTTPAdapter

from simulators.kit.settings import Settings


@dataclass(frozen=True)
class Reply:
    """What another service answered; ``body`` is its JSON object, empty where it sent none."""

    service: str
    status: int
    body: dict[str, Any]
    headers: dict[str, str]

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
    """Calls the other services on behalf of one of them."""

    def __init__(self, caller: str, version: str, settings: Settings) -> None:
        self._settings = settings
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["User-Agent"] = f"sandbox-{caller}/{version}"
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_connections=16, pool_maxsize=64))

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
    ) -> Reply:
        """Call ``path`` of a service and return its answer, whatever its status.

        ``body`` is sent as JSON, ``raw`` as it is. Raises UpstreamFailure when there is no answer in time, or one
        that is no JSON object.
        """
        sent = dict(headers or {})
        if raw is None and body is not None:
            raw = msgspec.json.encode(body)
            sent["Content-Type"] = "application/json"
        try:
            answer = self._session.request(
                method,
                self._settings.url(service) + path,
                data=raw,
                headers=sent,
                timeout=(self._settings.connect_timeout, timeout or self._settings.read_timeout),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise UpstreamFailure(service, _reason(error)) from error
        return Reply(service, answer.status_code, _object(service, answer), _lower(answer))


def _object(service: str, answer: requests.Response) -> dict[str, Any]:
    if not answer.content:
        return {}
    try:
        return msgspec.json.decode(answer.content, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        reason = f"answered {answer.status_code} with a body that is no JSON object"
        raise UpstreamFailure(service, reason, Reply(service, answer.status_code, {}, _lower(answer))) from error


def _lower(answer: requests.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}


def _reason(error: requests.RequestException) -> str:
    if isinstance(error, requests.ConnectTimeout | requests.ReadTimeout):
        return "did not answer in time"
    if isinstance(error, requests.ConnectionError):
        return "could not be reached"
    return f"gave no usable answer ({type(error).__name__})"
