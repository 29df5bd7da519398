"""Commands about a sandbox that listens on ``::1`` alone: an address of IPv6 stands in brackets in every URL."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox, free_base_port, start, urls_beside
from tests.system.cli.conftest import typed

PATIENCE = 60.0
ADDRESS = "::1"
SCENARIO = "features/journeys/a_customer_goes_digital.feature"


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind((ADDRESS, 0))
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def on_ipv6(
    require: Callable[[str, bool, str], None], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningSandbox]:
    require("ipv6", has_ipv6(), "this machine has no ::1")
    base_port = free_base_port()
    running = start(
        tmp_path_factory.mktemp("ipv6"), base_port, environment={"SANDBOX_HOST": ADDRESS},
        urls=urls_beside(f"http://[{ADDRESS}]:{base_port}", environment={}),
    )  # fmt: skip
    yield running
    running.stop()


@pytest.mark.parametrize("command", [("inbox",), ("doctor",), ("worlds", "list"), ("journal",), ("demo",)])
def test_a_command_reaches_a_sandbox_on_ipv6(
    on_ipv6: RunningSandbox, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///none.sock")
    said = typed(*command, SANDBOX_URL=on_ipv6.urls["control_plane"], SANDBOX_DATA_DIR=str(tmp_path / "data"))
    assert said.code == 0, said.out + said.err


def test_a_scenario_is_played_on_a_sandbox_on_ipv6(on_ipv6: RunningSandbox) -> None:
    command = [sys.executable, "-m", "registration_sandbox", "test", SCENARIO, "-j", "1", "--results", os.devnull]
    environment = {**os.environ, "SANDBOX_URL": on_ipv6.urls["control_plane"]}
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=environment, check=False)
    assert (done.returncode, " failed" in done.stdout) == (0, False), done.stdout + done.stderr


def test_doctor_finds_what_listens_on_ipv6(
    on_ipv6: RunningSandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///none.sock")
    url = on_ipv6.urls["control_plane"]
    said = typed("doctor", "--json", SANDBOX_URL=url, SANDBOX_DATA_DIR=str(tmp_path / "data"))
    found = {finding["subject"]: finding for finding in said.json["findings"]}
    assert found["Sandbox"]["verdict"] == found["Clock"]["verdict"] == "ok", found
    ports = next(finding for subject, finding in found.items() if subject.startswith("Ports"))
    assert ports["words"] == "taken by the sandbox that is up"
