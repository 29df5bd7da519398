"""An engine, the image, a sandbox in a container and a Compose stack, skipped by name where no engine answers."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Condition, Thread
from typing import Any

import pytest
import yaml

from registration_sandbox.runtime import container
from registration_sandbox.runtime.container import CHECKOUT
from registration_sandbox.runtime.embedded import free_base_port
from simulators.kit.services import SERVICES

PATIENCE = 120.0
COMPOSE_PATIENCE = 300
FIRST_PORT = 8800
DECLARED = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text("utf-8"))
TOKEN = DECLARED["x-environment"]["SANDBOX_ADMIN_TOKEN"].removeprefix("${SANDBOX_ADMIN_TOKEN:-").removesuffix("}")


class Up:
    """A ``sandbox up --docker`` as somebody runs it who reads what it says."""

    def __init__(self, engine: Any, data_dir: Path, base_port: int, *arguments: str, **environment: str) -> None:
        self.engine = engine
        self.base_port = base_port
        self.name = f"sandbox-{base_port}"
        self.lines: list[str] = []
        self._more = Condition()
        self._ended = False
        command = [sys.executable, "-m", "registration_sandbox", "up", "--docker"]
        command += ["--base-port", str(base_port), "--data-dir", str(data_dir), *arguments]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SANDBOX_")}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**kept, **environment}
        )
        Thread(target=self._listen, daemon=True).start()

    def wait_for_line(self, words: str) -> str:
        """Wait for a line with these words, and return it."""
        with self._more:
            self._more.wait_for(lambda: self._ended or self._lines_with(words), PATIENCE)
            assert self._lines_with(words), f"it does not say {words!r}: {self.lines}"
            return self._lines_with(words)[0]

    def wait_for_end(self) -> int:
        """Wait for its end, and return its exit code."""
        code = self.process.wait(PATIENCE)
        with self._more:
            assert self._more.wait_for(lambda: self._ended, PATIENCE)
        return code

    def end_by(self, number: int) -> int:
        """Send it a signal, and return its exit code."""
        self.process.send_signal(number)
        return self.wait_for_end()

    def left(self) -> list[str]:
        """Return the names of the containers and volumes that the engine has of it."""
        found = self.engine.containers.list(all=True, filters={"name": self.name}, ignore_removed=True)
        return [one.name for one in found]

    def _lines_with(self, words: str) -> list[str]:
        return [line for line in self.lines if words in line]

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self._more:
                self.lines.append(line.rstrip())
                self._more.notify_all()
        with self._more:
            self._ended = True
            self._more.notify_all()


@pytest.fixture
def up(docker: Any, made_image: str, tmp_path: Path) -> Iterator[Callable[..., Up]]:
    """Begin a ``sandbox up --docker`` with the image that was made; what still runs at the end is killed."""
    begun: list[Up] = []

    def begin(
        *arguments: str,
        data: str = "",
        image: str | None = made_image,
        base_port: int | None = None,
        **environment: str,
    ) -> Up:
        options = [*arguments, *(["--image", image] if image else [])]
        port = base_port or free_base_port()
        begun.append(Up(docker, tmp_path / f"data-{data or len(begun)}", port, *options, **environment))
        return begun[-1]

    yield begin
    for each in begun:
        each.process.kill()
        each.process.wait()
        container.remove(docker, each.name)


class Compose:
    """``docker compose`` on a project of the tests' own, on free ports."""

    def __init__(self, directory: Path) -> None:
        self.base_port = free_base_port()
        moved = directory / "ports.yml"
        ports = "".join(
            f'  {service}: {{ports: !override ["127.0.0.1:{self.base_port + n}:{FIRST_PORT + n}"]}}\n'
            for n, service in enumerate(SERVICES)
        )
        moved.write_text(f"services:\n{ports}")
        files = ["-f", str(CHECKOUT / "docker-compose.yml"), "-f", str(moved)]
        self._project = ["-p", f"sandbox-test-{secrets.token_hex(4)}", *files]
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("SANDBOX_")}

    @property
    def settings(self) -> dict[str, str]:
        """The settings by which a client finds the stack."""
        return {"SANDBOX_URL": self.url, "SANDBOX_ORCHESTRATOR_URL": self.url, "SANDBOX_ADMIN_TOKEN": TOKEN}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.base_port}"

    def __call__(self, *arguments: str, **settings: str) -> str:
        done = subprocess.run(
            ["docker", "compose", *self._project, *arguments], capture_output=True, text=True,
            timeout=COMPOSE_PATIENCE, env={**self._environment, **settings}, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def compose(
    docker: Any,
    made_image: str,
    require: Callable[[str, bool, str], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Compose]:
    """A Compose project that is gone at the end."""
    version = ["docker", "compose", "version"]
    there = shutil.which("docker") and not subprocess.run(version, capture_output=True, check=False).returncode
    require("docker", bool(there), "there is no docker compose")
    run = Compose(tmp_path_factory.mktemp("compose"))
    yield run
    run("down", "--volumes", "--timeout", "1")
