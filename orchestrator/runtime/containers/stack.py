"""A stack: the containers of one sandbox, their volumes, and the network between them, known by their labels."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from orchestrator.runtime.containers.inside import environment_of, host_name, port_of, published_on
from orchestrator.runtime.settings import Plan
from simulators.kit.clock import monotonic, pause

STACK, SERVICE = "registration-sandbox.stack", "registration-sandbox.service"
"""Labels of what belongs to a stack, and of the container that runs a service; Compose is told to set them, too."""

CONFINED: Mapping[str, Any] = {
    "read_only": True,
    "tmpfs": {"/tmp": ""},  # noqa: S108  # it is the container's own
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges"],
    "pids_limit": 64,
    "mem_limit": "256m",
    "dns_search": ["."],
    "dns_opt": ["timeout:1", "attempts:1"],
}
"""What a container may not do, as in docker-compose.yml, which says why."""

HEALTH_INTERVAL = 30_000_000_000
"""Nanoseconds between two checks of the engine; whoever starts a stack looks by itself."""

REMOVE_LIMIT = 10.0
LOOK_AGAIN = 0.1


@dataclass(frozen=True)
class Stack:
    """A stack of an engine, by its name, whether it exists yet or not."""

    engine: Any
    name: str

    def make_network(self, labels: Mapping[str, str]) -> None:
        self.engine.networks.create(self.name, labels={**labels, STACK: self.name})

    def start(self, service: str, plan: Plan, image: str, labels: Mapping[str, str]) -> None:
        """Start a service in a container, on a volume of its own. Publishes its port where the plan has it."""
        name = f"{self.name}-{service}"
        labels = {**labels, STACK: self.name, SERVICE: service}
        self.engine.volumes.create(name, labels=labels)
        container = self.engine.containers.create(
            image,
            ["up", "--only", service],
            name=name,
            labels=labels,
            environment=environment_of(service, plan),
            network=self.name,
            networking_config={self.name: self.engine.api.create_endpoint_config(aliases=[host_name(service)])},
            ports={f"{port_of(service)}/tcp": (published_on(plan.host), plan.ports[service])},
            volumes={name: {"bind": "/data"}},
            extra_hosts={"host.docker.internal": "host-gateway"},
            healthcheck={"interval": HEALTH_INTERVAL},
            **CONFINED,
        )
        container.start()

    def containers(self) -> dict[str, Any]:
        """Return the stack's containers by service, those that have ended too."""
        found = self.engine.containers.list(all=True, filters=self._labelled, ignore_removed=True)
        return {container.labels[SERVICE]: container for container in found if SERVICE in container.labels}

    def remove(self) -> None:
        """Remove all that belongs to the stack."""
        if containers := self.engine.containers.list(all=True, filters=self._labelled, ignore_removed=True):
            with ThreadPoolExecutor(len(containers)) as pool:
                list(pool.map(partial(_remove, force=True, v=True), containers))
        for others in (self.engine.volumes, self.engine.networks):  # the network last: by it the rest is found
            for one in others.list(filters=self._labelled):
                _remove(one)

    @property
    def _labelled(self) -> Mapping[str, str]:
        return {"label": f"{STACK}={self.name}"}


def _remove(one: Any, **how: bool) -> None:
    """Remove something, also where another run removes the same left-overs, or what it is joined to, at this moment."""
    from docker.errors import APIError, NotFound

    give_up = monotonic() + REMOVE_LIMIT
    while True:
        try:
            one.remove(**how)
            return
        except NotFound:
            return
        except APIError:
            if monotonic() > give_up:
                raise
        pause(LOOK_AGAIN)
