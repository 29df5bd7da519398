"""The image: what it may do where it runs, and what its health check tells."""

import json

import pytest

from registration_sandbox.runtime.container import CONFINED
from simulators.kit.clock import monotonic, pause
from tests.system.docker.conftest import PATIENCE

pytestmark = pytest.mark.slow


LOOK = """
import json, os
def writable(place):
    try:
        open(place + "/probe", "w").close()
    except OSError:
        return False
    return True
status = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
print(json.dumps({
    "uid": os.getuid(),
    "writable": [place for place in ("/", "/opt/sandbox", "/var/tmp", "/data", "/tmp") if writable(place)],
    "capabilities": int(status["CapEff"], 16),
    "may_gain_more": status["NoNewPrivs"].strip() == "0",
}))
"""

STOP_ALL_BUT_THE_FIRST = "import os, signal, time\nwhile True: os.kill(-1, signal.SIGSTOP); time.sleep(0.1)"
"""Goes on, since the first process replaces workers that are stuck."""

FIND = "import sys, importlib.util; print(*filter(importlib.util.find_spec, sys.argv[1:]), sep='', end='')"
HALF_A_SECOND = 500_000_000
ALONE = {"SANDBOX_ADMIN_TOKEN": "token", "SANDBOX_WORKERS": "1"}


@pytest.fixture
def started(docker, made_image):
    """Start a container of the image, confined as ``sandbox up --docker`` and Compose do it, gone at the end."""
    begun = []

    def start(command, **options):
        begun.append(docker.containers.run(made_image, command, detach=True, **CONFINED, **options))
        return begun[-1]

    yield start
    for each in begun:
        each.remove(force=True, v=True)


def test_it_runs_as_nobody_in_particular_on_a_root_that_cannot_be_written(started):
    container = started(["-c", LOOK], entrypoint="python")
    assert container.wait(timeout=PATIENCE)["StatusCode"] == 0, container.logs()
    found = json.loads(container.logs())
    assert found.pop("uid") >= 1000
    assert found == {"writable": ["/data", "/tmp"], "capabilities": 0, "may_gain_more": False}


def test_its_health_is_that_of_the_services_in_it(started):
    container = started(["up"], environment=ALONE, healthcheck={"interval": HALF_A_SECOND})

    def becomes(status):
        deadline = monotonic() + PATIENCE
        while monotonic() < deadline:
            container.reload()
            if container.attrs["State"]["Health"]["Status"] == status:
                return True
            pause(0.05)
        return False

    assert becomes("healthy"), container.logs()
    container.exec_run(["python", "-c", STOP_ALL_BUT_THE_FIRST], detach=True)
    assert becomes("unhealthy")


def test_where_nothing_listens_nothing_is_healthy(started):
    idle = started(["-c", "import time; time.sleep(1000)"], entrypoint="python")
    check = idle.image.attrs["Config"]["Healthcheck"]["Test"]
    assert idle.exec_run(check[1:]).exit_code == 1


def test_it_holds_neither_tests_nor_what_builds_it(started):
    absent = started(["-c", FIND, "pip", "hatchling", "pytest", "tests"], entrypoint="python", working_dir="/")
    assert absent.wait(timeout=PATIENCE)["StatusCode"] == 0
    assert absent.logs() == b""
