"""What tests share: settings in a directory of their own, a service's HTTP client, and what they may require."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulators.kit.settings import SERVICES, Settings

PUSH_SECRET = "whsec_c2FuZGJveC10ZXN0cy1wdXNoLXNlY3JldA=="


THOROUGH = ("end_to_end/test_kill.py", "device/test_kills.py", "property/test_kill_model.py")
"""Tests that start and kill processes by the dozen: one of the first kind is always run, all where asked for."""

ALWAYS = "[orchestrator]"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the thorough tests, by name, to runs that set ``SANDBOX_THOROUGH``, as the acceptance run does."""
    if os.environ.get("SANDBOX_THOROUGH"):
        return
    left_out = pytest.mark.skip(reason="thorough: set SANDBOX_THOROUGH=1 to kill every service at every step")
    for item in items:
        if item.path.as_posix().endswith(THOROUGH) and not item.name.endswith(ALWAYS):
            item.add_marker(left_out)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose services all listen where nobody answers."""
    return settings_in(tmp_path)


def settings_in(data_dir: Path, **changed: object) -> Settings:
    return Settings(
        **{
            "urls": {name: f"http://127.0.0.1:{9 + number}" for number, name in enumerate(SERVICES)},
            "data_dir": data_dir,
            "tsg_api_key": "tsg-key",
            "tsg_push_secret": PUSH_SECRET,
            "auth_service_api_key": "auth-key",
            "signing_key": "signing-key",
            **changed,
        }  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def require() -> Callable[[str, bool, str], None]:
    """Skip a test by the name of what it needs; where ``SANDBOX_REQUIRE`` names that, fail instead."""

    def needs(name: str, there: bool, why: str) -> None:
        if there:
            return
        if name in os.environ.get("SANDBOX_REQUIRE", "").split(","):
            pytest.fail(f"{name} is required, but {why}")
        pytest.skip(f"{name}: {why}")

    return needs


@pytest.fixture(scope="session")
def postgres_url(require: Callable[[str, bool, str], None]) -> Iterator[str]:
    """A PostgreSQL server of the tests' own, on a free port of loopback, gone at the end."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    require("postgres", bool(found), "no initdb was found below /usr/lib/postgresql")
    bin = found[-1].parent
    directory = Path(tempfile.mkdtemp(prefix="sandbox-postgres-"))  # pytest clears its own away too early
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(directory, "postgres", "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data = directory / "data"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    subprocess.run(
        [*as_user, bin / "initdb", "-D", data, "-U", "sandbox", "--auth=trust", "-E", "UTF8"],
        check=True, capture_output=True, cwd=directory,
    )  # fmt: skip
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={directory} -c fsync=off"
    control = [*as_user, bin / "pg_ctl", "-D", data, "-w", "-l", directory / "log", "-o", options]
    subprocess.run([*control, "start"], check=True, capture_output=True, cwd=directory)
    try:
        yield f"postgresql://sandbox@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True, cwd=directory)
        shutil.rmtree(directory)
