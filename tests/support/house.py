"""All services and the control plane in this process, which ask each other's control plane without the network."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from registration_sandbox.control_plane import fleet
from registration_sandbox.control_plane.app import create_app
from registration_sandbox.runtime.catalogue import local_answers
from registration_sandbox.worlds import making
from registration_sandbox.worlds.reading import of_data
from simulators.kit.services import SERVICES, spec_of
from simulators.kit.web.app import service_of
from simulators.kit.wire.client import Reply
from simulators.kit.work import Service
from tests.conftest import settings_in

Ask = Callable[..., Reply]


class House:
    """Services on the databases of a directory. Worlds with phones need the network, and so more than this."""

    def __init__(self, directory: Path, **settings: Any) -> None:
        made = settings_in(directory, **settings)
        self.apps: dict[str, Flask] = {name: spec_of(name).load_factory()(made) for name in SERVICES}
        self.services: dict[str, Service] = {name: service_of(app) for name, app in self.apps.items()}
        self.control_plane_app = create_app(made)
        self.control_plane: Service = service_of(self.control_plane_app)
        self.control_plane.client.local = local_answers(self.services.values())

    def make(self, world: str, scenario: dict[str, Any], **more: Any) -> int:
        """Make a world; return the status."""
        return making.make(self.control_plane, world, of_data(scenario), **more).status

    def ask(self, name: str, method: str, path: str, body: Any = None) -> dict[str, Any]:
        return fleet.ask(self.control_plane, name, method, path, body).body

    def rows(self) -> dict[str, dict[str, int]]:
        """Return how many rows each service has of each world."""
        return {name: self._rows_of(service) for name, service in self._all().items()}

    def close(self) -> None:
        for service in self._all().values():
            service.store.close()

    def _all(self) -> dict[str, Service]:
        return {**self.services, "control_plane": self.control_plane}

    @staticmethod
    def _rows_of(service: Service) -> dict[str, int]:
        found: dict[str, int] = {}
        for table in service.store.tables:
            for row in service.store.read(f"SELECT world, count(*) AS number FROM {table.name} GROUP BY world"):
                found[row["world"]] = found.get(row["world"], 0) + row["number"]
        return found


def die_at(number: int, act: Callable[[], object]) -> bool:
    """Do something in a child process that dies at the ``number``-th call to a service; tell whether it died."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == DIED
    code = 1
    try:
        fleet.ask = _deadly(fleet.ask, number)
        act()
        code = 0
    finally:
        os._exit(code)


DIED = 9


def _deadly(ask: Ask, number: int) -> Ask:
    calls = iter(range(1, 10_000))

    def counted(*arguments: Any, **more: Any) -> Reply:
        if next(calls) == number:
            os._exit(DIED)
        return ask(*arguments, **more)

    return counted
