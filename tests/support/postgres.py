"""A PostgreSQL server of the tests' own, made of Debian's programs, on a free port of loopback."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from registration_sandbox.runtime.embedded import free_base_port


def programs() -> Path | None:
    """Return where the newest server's programs are, if any is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


class Server:
    """A server that can be started and stopped; it keeps its databases until it is removed."""

    def __init__(self, bin: Path) -> None:
        self._bin = bin
        self._directory = Path(tempfile.mkdtemp(prefix="sandbox-postgres-"))  # pytest clears its own away too early
        self._as_user: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self._directory, "postgres", "postgres")
            self._as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self._port = free_base_port()
        self._run("initdb", "-U", "sandbox", "--auth=trust", "-E", "UTF8")

    @property
    def url(self) -> str:
        return f"postgresql://sandbox@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        sockets = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories={self._directory}"
        options = f"-p {self._port} {sockets} -c fsync=off"
        self._run("pg_ctl", "-w", "-l", self._directory / "log", "-o", options, "start")

    def stop(self) -> None:
        """End it as a crash would: nobody is waited for."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._directory)

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [*self._as_user, self._bin / program, "-D", self._directory / "data", *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self._directory)
