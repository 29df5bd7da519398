"""A client of a running sandbox, for programs that play people: the demo, and whoever drives a world from Python."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import requests

from simulators.kit.worlds import to_baggage

TIMEOUT = (2.0, 70.0)
"""Connect and read time-outs in seconds; reading outlasts the longest wait that a call can ask for."""


class Unexpected(Exception):
    """An answer that is not the one that was hoped for."""


class Sandbox:
    """A running sandbox, spoken to in one world."""

    def __init__(self, urls: Mapping[str, str], world: str) -> None:
        self.urls = dict(urls)
        self.world = world
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["baggage"] = to_baggage("", world)

    def call(
        self,
        service: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        expect: tuple[int, ...] = (200, 201, 204),
    ) -> dict[str, Any]:
        """Call a service and return its answer's JSON object, empty where there is none.

        Raises Unexpected when the status is not an expected one, or the service does not answer.
        """
        answer = self._answer(service, method, path, body, token, expect)
        found: dict[str, Any] = answer.json() if answer.content else {}
        return found

    def image(self, path: str, token: str | None = None) -> bytes:
        """Return an image of the orchestrator's, as PNG."""
        return self._answer("orchestrator", "GET", path, None, token, (200,)).content

    def control(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """Call the control plane about this world; ``path`` is what follows the world's name."""
        return self.call("orchestrator", method, f"/_sandbox/worlds/{self.world}{path}", body)

    def act(self, registration: str, action: str, token: str | None = None, **fields: Any) -> dict[str, Any]:
        """Perform an action on a registration."""
        return self.call("orchestrator", "POST", f"/registrations/{registration}/actions/{action}", fields, token=token)

    def wait_for(self, registration: str, status: str, token: str | None = None) -> dict[str, Any]:
        """Return a registration once it has a status. Raises Unexpected when it does not come."""
        path = f"/registrations/{registration}?wait_for={status}&timeout=20"
        found = self.call("orchestrator", "GET", path, token=token)
        if found["status"] != status:
            raise Unexpected(f"registration {registration} is {found['status']}, not {status}: {found['last_outcome']}")
        return found

    def code(self, to: str, purpose: str, channel: str) -> str:
        """Return the code in the newest message to someone, waiting for one to come."""
        query = urlencode({"to": to, "purpose": purpose, "channel": channel, "wait": 10, "limit": 1})
        found = self.call("mailroom", "GET", f"/messages?{query}")["messages"]
        if not found:
            raise Unexpected(f"No {purpose} message came to {to}.")
        return str(found[0]["code"])

    def persona(self, name: str) -> dict[str, Any]:
        """Return a person of the world, with all that is needed to play them."""
        for persona in self.control("GET", "/personas")["personas"]:
            if persona["name"] == name:
                return dict(persona)
        raise Unexpected(f"There is no {name} in the world {self.world}.")

    def _answer(
        self, service: str, method: str, path: str, body: Any, token: str | None, expect: tuple[int, ...]
    ) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = self.urls[service] + path
        try:
            answer = self._session.request(method, url, json=body, headers=headers, timeout=TIMEOUT)
        except requests.RequestException as error:
            raise Unexpected(f"{service} does not answer at {url}: {error}") from error
        if answer.status_code not in expect:
            raise Unexpected(f"{method} {path} of {service} answered {answer.status_code}: {answer.text.strip()}")
        return answer
