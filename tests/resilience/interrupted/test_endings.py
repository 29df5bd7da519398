"""The sandbox ends quickly when it is told to, no matter who still waits for an answer, and at once when told again."""

import http.client
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

from registration_sandbox.runtime.embedded import LOG_FILE, RunningSandbox, free_base_port
from registration_sandbox.runtime.supervisor import ENDED_AT_ONCE, STOP_TIMEOUT
from simulators.kit.clock import monotonic
from tests.resilience.interrupted.conftest import Up
from tests.support.phone_owner import CHITRA, PhoneOwner
from tests.support.typed import PATIENCE, said_by
from tests.support.world import World
from tests.system.device.bank import wait_for

pytestmark = pytest.mark.thorough


HANGING = {
    "cymmetri": "/ciamregsrvc/webRegistration/mfa/list",
    "cbs": "/cbs/user-ids/anyone",
    "auth_service": "/users/anyone",
    "tsg": "/tsg/subjects/any/emcert",
    "mailroom": "/messages",
    "handset": "/handsets/any",
}

DEFAULT_PEOPLE = "/_sandbox/worlds/default/personas"


@pytest.fixture
def asked() -> Iterator[ExitStack]:
    with ExitStack() as connections:
        yield connections


def ask(asked: ExitStack, url: str, path: str, world: str) -> http.client.HTTPConnection:
    """Ask for something and do not wait for the answer."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    asked.callback(connection.close)
    connection.request("GET", path, headers={"baggage": f"sandbox.world={world}"})
    return connection


def hang_everywhere(sandbox: RunningSandbox, asked: ExitStack) -> None:
    """Have a request hang in every service."""
    world = World(sandbox, {"personas": []})
    for service, path in HANGING.items():
        world.fault(service, "GET", path, {"hang": True})
        ask(asked, sandbox.urls[service], path, world.name)
    wait_for(lambda: all(fault["fired"] for fault in world.client.control("GET", "/faults")["faults"]))


def test_a_request_that_is_under_way_is_answered_before_the_end(up: Up, asked: ExitStack) -> None:
    sandbox = up()
    world = World(sandbox, {"personas": []})
    world.fault("mailroom", "GET", "/messages", {"delay": {"ms": 700}})
    slow = ask(asked, sandbox.urls["mailroom"], "/messages", world.name)
    wait_for(lambda: world.client.control("GET", "/faults")["faults"][0]["fired"])
    sandbox.process.send_signal(signal.SIGTERM)
    answer = slow.getresponse()
    assert (answer.status, answer.read()) == (200, b'{"messages":[]}')
    assert sandbox.process.wait(PATIENCE) == 0


def test_due_work_that_waits_for_a_system_elsewhere_is_done_before_the_end(up: Up) -> None:
    port = free_base_port()
    up(base_port=port, only=["tsg"])
    sandbox = up(base_port=port, excepted=["tsg"])
    world = World(sandbox, {"personas": [CHITRA]})
    chitra = PhoneOwner(world)
    registration = chitra.at_sign_up()
    world.fault("tsg", "POST", "/tsg/register", {"delay": {"ms": 700}})
    assert chitra.types(chitra.codes()[0]).status == 200
    wait_for(lambda: world.client.control("GET", "/faults")["faults"][0]["fired"])
    sandbox.process.send_signal(signal.SIGTERM)
    assert sandbox.process.wait(PATIENCE) == 0
    up(base_port=port, excepted=["tsg"])
    done = world.client.wait_for(registration, "Register_Complete", chitra.token)
    assert done.last_outcome is not None
    assert done.last_outcome.branch == "DR-3.1", "it was begun again after the end"


def test_requests_that_hang_in_every_service_are_waited_for_once_not_one_after_the_other(
    up: Up, asked: ExitStack
) -> None:
    sandbox = up()
    hang_everywhere(sandbox, asked)
    told = monotonic()
    sandbox.process.send_signal(signal.SIGTERM)
    assert sandbox.process.wait(PATIENCE) == 0
    assert monotonic() - told < 3 * STOP_TIMEOUT < len(HANGING) * STOP_TIMEOUT


def test_ctrl_c_says_that_a_second_one_ends_it_at_once_and_the_second_one_does(up: Up, asked: ExitStack) -> None:
    sandbox = up()
    hang_everywhere(sandbox, asked)
    sandbox.process.send_signal(signal.SIGINT)
    assert "Ctrl-C again ends it" in said_by(sandbox, "Ctrl-C again")
    sandbox.process.send_signal(signal.SIGINT)
    assert sandbox.process.wait(PATIENCE) == ENDED_AT_ONCE
    assert "Traceback" not in (sandbox.data_dir / LOG_FILE).read_text("utf-8")


def test_somebody_who_watches_a_world_does_not_keep_the_sandbox_up(up: Up, asked: ExitStack) -> None:
    sandbox = up()
    assert ask(asked, sandbox.urls["orchestrator"], DEFAULT_PEOPLE, "default").getresponse().status == 200
    watching = ask(asked, sandbox.urls["orchestrator"], "/_sandbox/events", "default").getresponse()
    assert watching.readline() == b": watching\n"
    told = monotonic()
    sandbox.process.send_signal(signal.SIGINT)
    assert sandbox.process.wait(PATIENCE) == 0
    assert monotonic() - told < STOP_TIMEOUT


def test_ctrl_c_while_a_sandbox_is_being_started_leaves_none_behind(up: Up, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[subprocess.Popen[bytes]] = []

    class Interrupted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            begun.append(self)
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        up()
    (process,) = begun
    assert process.poll() == -signal.SIGKILL


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_demo_that_is_told_to_end_leaves_no_sandbox_behind(tmp_path: Path, ending: signal.Signals) -> None:
    command = [sys.executable, "-m", "registration_sandbox", "demo"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as demo:
        assert demo.stdout
        assert demo.stdout.readline()
        started = psutil.Process(demo.pid).children(recursive=True)
        assert started
        demo.send_signal(ending)
        demo.communicate(timeout=PATIENCE)
    assert psutil.wait_procs(started, timeout=PATIENCE)[1] == []


@pytest.mark.parametrize("files", [1, 3, 6])
def test_a_ctrl_c_while_a_sandbox_is_not_yet_up_is_heeded(tmp_path: Path, files: int) -> None:
    """How far it has come is told by how many files it has written."""
    command = [sys.executable, "-m", "registration_sandbox", "up", "--base-port", str(free_base_port())]
    command += ["--data-dir", str(tmp_path / "data")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as starting:
        wait_for(lambda: len(list(tmp_path.glob("data/*"))) >= files)
        starting.send_signal(signal.SIGINT)
        assert starting.wait(PATIENCE) in (0, 1, 130, -signal.SIGINT)
