"""Calls to the services of a sandbox over HTTP, in one world."""

import os
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
import requests

from registration_sandbox.client.errors import Refused, Unexpected, Unreachable
from simulators import __version__
from simulators.kit.services import CONTROL_PLANE
from simulators.kit.wire.control import CONTROL_PREFIX
from simulators.kit.world_names import to_baggage

TIMEOUT = (2.0, 120.0)
"""Connect and read time-outs in seconds; reading outlasts the longest wait that a call can ask for."""

CONTROL = CONTROL_PLANE.name
"""The service that is asked about worlds, by the name that it has among the URLs."""

USER_AGENT = f"sandbox-client/{__version__}"
"""The journal has these exchanges as those of the caller ``client``."""

SUCCESS = range(200, 300)

Kind = TypeVar("Kind", bound=msgspec.Struct)


class Wire:
    """Speaks to a sandbox in one world, which travels in W3C baggage.

    ``urls`` are the services' by name, the control plane's being the middleware's unless given; ``id`` is the world's.
    The control plane is sent ``admin_token`` where there is one; it is ``SANDBOX_ADMIN_TOKEN`` unless given.
    """

    def __init__(self, urls: Mapping[str, str], id: str, admin_token: str | None = None) -> None:
        self.urls = {CONTROL: urls.get("orchestrator", ""), **urls}
        self.id = id
        self._admin_token = os.environ.get("SANDBOX_ADMIN_TOKEN") if admin_token is None else admin_token
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = os.environ.get("SANDBOX_CA_FILE") or True
        self._session.headers.update({"baggage": to_baggage("", id), "User-Agent": USER_AGENT})

    def call(
        self, service: str, method: str, path: str, body: Any = None, *, token: str | None = None
    ) -> dict[str, Any]:
        """Call a service and return its answer's JSON object, empty where there is none.

        Raises Refused when the status is no success, Unreachable when the service does not answer.
        """
        content = self.answer(service, method, path, body, token=token)
        found: dict[str, Any] = msgspec.json.decode(content) if content else {}
        return found

    def ask(
        self, kind: type[Kind], service: str, method: str, path: str, body: Any = None, *, token: str | None = None
    ) -> Kind:
        """Call a service and return its answer, typed. Raises as ``call``; Unexpected when it is of another kind."""
        content = self.answer(service, method, path, body, token=token)
        try:
            return msgspec.json.decode(content, type=kind)
        except msgspec.MsgspecError as error:
            raise Unexpected(f"{method} {path} of {service} answered no {kind.__name__}: {error}") from error

    def control(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """Call the control plane about this world; ``path`` is what follows the world's name."""
        return self.call(CONTROL, method, self.place(path), body)

    def place(self, path: str = "") -> str:
        """Return where the control plane has something of this world."""
        return f"{CONTROL_PREFIX}worlds/{quote(self.id, safe='')}{path}"

    def image(self, path: str, token: str | None = None) -> bytes:
        """Return an image of the orchestrator's, as PNG."""
        return self.answer("orchestrator", "GET", path, token=token)

    def answer(
        self, service: str, method: str, path: str, body: Any = None, *, token: str | None = None, **more: Any
    ) -> bytes:
        """Return the body of a successful answer; ``more`` is what ``requests`` takes. Raises as ``call``."""
        if path.startswith(CONTROL_PREFIX) and token is None:
            token = self._admin_token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
            more["data"] = msgspec.json.encode(body)
        url = self.urls[service].rstrip("/") + path
        try:
            answer = self._session.request(method, url, headers=headers, timeout=TIMEOUT, **more)
        except requests.RequestException as error:
            raise Unreachable(f"{service} does not answer at {url}: {error}") from error
        if answer.status_code not in SUCCESS:
            raise Refused(f"{method} {path} of {service}", answer.status_code, _object(answer.content), answer.text)
        return answer.content

    def close(self) -> None:
        """Close the connections; what is called next opens new ones."""
        self._session.close()


def _object(content: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(content, type=dict[str, Any])
    except msgspec.MsgspecError:
        return {}
