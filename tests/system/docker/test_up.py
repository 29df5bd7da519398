"""``sandbox up --docker`` from its start to its end, however that comes."""

import io
import json
import signal
import socket
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from registration_sandbox.runtime.embedded import free_base_port
from simulators.kit.services import SERVICES

pytestmark = pytest.mark.slow


DIRECT = build_opener(ProxyHandler({}))
UP = "Stop with Ctrl-C"

DOOMED = b"""FROM registration-sandbox
ENTRYPOINT ["sh", "-c", "echo Error: Nothing works here. >&2; exit 3"]
"""


def control(base_port, path, token=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with DIRECT.open(Request(f"http://127.0.0.1:{base_port}/_sandbox{path}", headers=headers), timeout=20) as answer:
        return json.load(answer)


def test_it_starts_one_container_with_all_services_and_leaves_nothing_behind(up):
    run = up()
    run.wait_for_line(UP)
    assert run.left() == [run.name]
    for number, service in enumerate(SERVICES):
        assert f"http://127.0.0.1:{run.base_port + number}" in run.wait_for_line(f"  {service} ")
        assert control(run.base_port + number, "/health")["service"] == service
    token = run.wait_for_line("SANDBOX_ADMIN_TOKEN").split()[-1]
    key = run.wait_for_line("SANDBOX_TSG_API_KEY").split()[-1]
    assert control(run.base_port, "/credentials", token)["SANDBOX_TSG_API_KEY"] == key
    with pytest.raises(HTTPError, match="401"):
        control(run.base_port, "/credentials")
    assert run.end_by(signal.SIGINT) == 0
    assert run.left() == []


@pytest.mark.thorough
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_an_ending_while_it_starts_leaves_nothing_behind(docker, up, ending):
    run = up()
    started = docker.events(decode=True, filters={"type": "container", "event": "start", "container": run.name})
    next(iter(started))
    assert run.end_by(ending) == 0
    assert run.left() == []


@pytest.mark.thorough
def test_what_a_killed_run_left_behind_is_named_with_what_to_do(up):
    killed = up("--only", "cbs")
    killed.wait_for_line("is up")
    killed.process.kill()
    killed.wait_for_end()
    run = up("--only", "cbs", base_port=killed.base_port)
    assert run.wait_for_end() == 1
    assert f"docker rm --force --volumes {run.name}" in run.wait_for_line("Error: ")


@pytest.mark.thorough
def test_a_run_leaves_another_alone_and_cannot_take_its_place(up):
    first = up("--only", "cbs")
    first.wait_for_line("is up")
    in_its_place = up("--only", "cbs", base_port=first.base_port)
    assert in_its_place.wait_for_end() == 1
    assert "another sandbox up --docker" in in_its_place.wait_for_line("Error: ")
    assert control(first.base_port + SERVICES.index("cbs"), "/health")["service"] == "cbs"


@pytest.mark.thorough
def test_a_port_that_is_taken_is_told_and_nothing_is_left_behind(up):
    base_port = free_base_port()
    with socket.create_server(("127.0.0.1", base_port)):
        run = up(base_port=base_port)
        assert run.wait_for_end() == 1
    assert f"cannot be started on localhost:{base_port}" in run.wait_for_line("--base-port")
    assert run.left() == []


@pytest.mark.thorough
def test_a_sandbox_that_ends_in_its_container_is_told_with_its_last_words(docker, up):
    doomed, _ = docker.images.build(fileobj=io.BytesIO(DOOMED), rm=True)
    try:
        run = up(image=doomed.id)
        assert run.wait_for_end() == 1
        assert run.wait_for_line("Error: ") == "Error: The sandbox has ended in its container: Nothing works here."
        assert run.left() == []
    finally:
        docker.images.remove(doomed.id)
