"""The containers of a Compose stack, found by the labels that docker-compose.yml gives them."""

from contextlib import suppress
from http.client import HTTPException
from typing import Any

from registration_sandbox.runtime.tls import loopback_opener
from simulators.kit.clock import monotonic, pause

STACK, SERVICE = "registration-sandbox.stack", "registration-sandbox.service"
START_LIMIT, POLL_INTERVAL = 60.0, 0.05


class Stack:
    """The stack whose middleware is published on a port of this machine."""

    def __init__(self, engine: Any, port: int) -> None:
        """Find the stack. Raises AssertionError where no container serves the port."""
        self.engine = engine
        self.name = _name_of(engine, port)

    def containers(self) -> dict[str, Any]:
        """Return the containers by the service in each, those that have ended too."""
        found = self.engine.containers.list(all=True, filters={"label": f"{STACK}={self.name}"}, ignore_removed=True)
        return {container.labels[SERVICE]: container for container in found if SERVICE in container.labels}


def wait_until_up(url: str) -> None:
    """Return once a service answers. Raises AssertionError after a while."""
    deadline = monotonic() + START_LIMIT
    while monotonic() < deadline:
        with suppress(OSError, HTTPException), loopback_opener().open(f"{url}/_sandbox/health", timeout=1):
            return
        pause(POLL_INTERVAL)
    raise AssertionError(f"nothing answers at {url}")


def _name_of(engine: Any, port: int) -> str:
    for container in engine.containers.list(filters={"label": f"{SERVICE}=orchestrator"}):
        published = [each for ports in container.ports.values() for each in ports or ()]
        if any(int(each["HostPort"]) == port for each in published):
            return str(container.labels[STACK])
    raise AssertionError(f"no container serves port {port}; start the sandbox with docker compose up --wait")
