"""An engine, the image, and a sandbox in containers, for tests that are skipped by name where no engine answers."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Condition, Thread
from typing import Any

import pytest

from orchestrator.runtime.containers import engine, image
from orchestrator.runtime.containers.ownership import name_of
from orchestrator.runtime.containers.stack import STACK, Stack
from orchestrator.runtime.embedded import free_base_port
from orchestrator.runtime.values import BadSetting

PATIENCE = 120.0

thorough = pytest.mark.skipif(
    not os.environ.get("SANDBOX_THOROUGH"),
    reason="thorough: set SANDBOX_THOROUGH=1 to start and break stacks by the dozen",
)


@pytest.fixture(scope="session")
def docker(require: Callable[[str, bool, str], None]) -> Iterator[Any]:
    """A client of the engine."""
    with ExitStack() as stack:
        client, why = None, ""
        try:
            client = stack.enter_context(engine.connected())
        except BadSetting as error:
            why = str(error)
        require("docker", client is not None, why)
        yield client


@pytest.fixture(scope="session")
def made_image(docker: Any, require: Callable[[str, bool, str], None]) -> str:
    """The image as the checkout makes it, and its name."""
    why = ""
    try:
        return image.image(docker, None, lambda told: None)
    except BadSetting as error:
        why = str(error)
    require("docker", False, why)
    raise AssertionError(why)


class Up:
    """A ``sandbox up --docker`` as somebody runs it who reads what it says."""

    def __init__(self, engine: Any, data_dir: Path, base_port: int, *arguments: str, **environment: str) -> None:
        self.base_port = base_port
        self.stack = Stack(engine, name_of(base_port))
        self.lines: list[str] = []
        self._more = Condition()
        self._ended = False
        command = [sys.executable, "-m", "orchestrator", "up", "--docker"]
        command += ["--base-port", str(base_port), "--data-dir", str(data_dir), *arguments]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SANDBOX_")}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**kept, **environment}
        )
        Thread(target=self._listen, daemon=True).start()

    def says(self, words: str) -> str:
        """Wait for a line with these words, and return it."""
        with self._more:
            self._more.wait_for(lambda: self._ended or self._with(words), PATIENCE)
            assert self._with(words), f"it does not say {words!r}: {self.lines}"
            return self._with(words)[0]

    def ends(self) -> int:
        """Wait for its end, and return its exit code."""
        code = self.process.wait(PATIENCE)
        with self._more:
            assert self._more.wait_for(lambda: self._ended, PATIENCE)
        return code

    def told(self, number: int) -> int:
        """Tell it to end by a signal, and return its exit code."""
        self.process.send_signal(number)
        return self.ends()

    def _with(self, words: str) -> list[str]:
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
        each.stack.remove()


def left_of(stack: Stack) -> list[str]:
    """Return the names of all that the engine has of a stack."""
    wanted = {"label": f"{STACK}={stack.name}"}
    containers = stack.engine.containers.list(all=True, filters=wanted, ignore_removed=True)
    others = (*stack.engine.networks.list(filters=wanted), *stack.engine.volumes.list(filters=wanted))
    return [one.name for one in (*containers, *others)]
