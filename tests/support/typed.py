"""``sandbox up`` as somebody types it, and what it says."""

import os
import socket
import subprocess
import sys

from registration_sandbox.runtime.embedded import LOG_FILE, RunningSandbox
from simulators.kit.clock import monotonic, pause

PATIENCE = 15.0

Said = tuple[int, str, str]
"""Exit code, standard output, standard error."""


def typed(*arguments: object, **environment: str) -> Said:
    """Run ``sandbox up`` to its end and return exit code, and what it said."""
    command = [sys.executable, "-m", "registration_sandbox", "up", *map(str, arguments)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SANDBOX_")}
    environment = kept | environment
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=environment, check=False)
    return done.returncode, done.stdout, done.stderr


def assert_one_clear_line(said: Said, *words: str) -> None:
    code, out, err = said
    assert code != 0
    assert out == ""
    assert "Traceback" not in err
    (line,) = err.strip().splitlines()
    assert line.startswith("Error: ")
    assert all(word in line for word in words), line


def said_by(sandbox: RunningSandbox, words: str, count: int = 1) -> str:
    """Wait until a sandbox has said something; return all that it said."""
    deadline = monotonic() + PATIENCE
    while True:
        said = (sandbox.data_dir / LOG_FILE).read_text("utf-8")
        if said.count(words) >= count or monotonic() > deadline:
            return said
        pause(0.05)


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
