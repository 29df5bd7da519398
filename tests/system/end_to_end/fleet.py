"""Seven services, each a process of its own that can be killed and started again."""

from pathlib import Path

from registration_sandbox.client import World
from registration_sandbox.runtime.embedded import RunningSandbox, start
from simulators.kit.services import SERVICES


class Fleet:
    """The services of one sandbox, started one by one on one data directory."""

    def __init__(self, data_dir: Path, base_port: int, environment: dict[str, str] | None = None) -> None:
        self._data_dir = data_dir
        self._base_port = base_port
        self._environment = {"SANDBOX_WORKERS": "1", **(environment or {})}
        self.running: dict[str, RunningSandbox] = {}

    def start(self, *names: str) -> None:
        for name in names or SERVICES:
            self.running[name] = start(self._data_dir, self._base_port, only=[name], environment=self._environment)

    def kill(self, name: str) -> None:
        """End a service as a power cut would."""
        self.running.pop(name).kill()

    def stop(self) -> None:
        while self.running:
            self.running.popitem()[1].kill()

    def client(self, world: str) -> World:
        any_of_them = next(iter(self.running.values()))
        return World(any_of_them.urls, world)
