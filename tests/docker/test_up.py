"""``sandbox up --docker`` from its start to its end, however that comes."""

import io
import json
import signal
import socket
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from orchestrator.runtime.embedded import free_base_port
from simulators.kit.clock import monotonic, pause
from simulators.kit.settings import SERVICES
from tests.docker.conftest import PATIENCE, left_of, thorough

DIRECT = build_opener(ProxyHandler({}))
UP = "Stop with Ctrl-C"
FIRST = "orchestrator"
"""The service whose port is the base port, and so the one that stands for a whole stack where one is enough."""

DOOMED = b"""FROM registration-sandbox
ENTRYPOINT ["sh", "-c", "echo Error: Nothing works here. >&2; exit 3"]
"""


def control(base_port, path, token=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with DIRECT.open(Request(f"http://127.0.0.1:{base_port}/_sandbox{path}", headers=headers), timeout=20) as answer:
        return json.load(answer)


def until(condition):
    give_up = monotonic() + PATIENCE
    while not (found := condition()):
        assert monotonic() < give_up, "it did not come to that"
        pause(0.02)
    return found


def test_it_starts_seven_containers_tells_where_they_are_and_leaves_nothing_behind(up):
    run = up()
    run.says(UP)
    assert sorted(run.stack.containers()) == sorted(SERVICES)
    for number, service in enumerate(SERVICES):
        assert f"http://127.0.0.1:{run.base_port + number}" in run.says(f"  {service} ")
        assert control(run.base_port + number, "/health")["service"] == service
    token, key = run.says("SANDBOX_ADMIN_TOKEN").split()[-1], run.says("SANDBOX_TSG_API_KEY").split()[-1]
    assert control(run.base_port, "/credentials", token)["SANDBOX_TSG_API_KEY"] == key
    with pytest.raises(HTTPError, match="401"):
        control(run.base_port, "/credentials")
    run.stack.containers()["cbs"].restart()
    run.says("cbs          | has ended with exit code 0")
    run.says("cbs          | cbs is up")
    assert run.told(signal.SIGINT) == 0
    assert left_of(run.stack) == []


@thorough
@pytest.mark.parametrize(("ending", "made"), [(signal.SIGINT, 1), (signal.SIGTERM, 5), (signal.SIGHUP, 15)])
def test_an_ending_however_far_the_start_has_come_leaves_nothing_behind(up, ending, made):
    run = up()
    until(lambda: len(left_of(run.stack)) >= made)
    assert run.told(ending) == 0
    assert left_of(run.stack) == []


@thorough
def test_an_ending_while_the_image_is_built_ends_the_building(docker, up):
    nobody = "http://127.0.0.1:9/simple"
    run = up(image=None, PIP_INDEX_URL=nobody)

    def builders():
        running = docker.containers.list(ignore_removed=True)
        return [one for one in running if nobody in str(one.attrs["Config"]["Env"])]

    until(builders)
    assert run.told(signal.SIGTERM) == 0
    until(lambda: not builders())
    assert left_of(run.stack) == []


@thorough
@pytest.mark.parametrize("where", ["in the same place", "elsewhere"])
def test_what_a_killed_run_left_behind_is_removed_at_the_next_start(up, where):
    killed = up("--only", FIRST, data="one")
    killed.says("is up")
    killed.process.kill()
    killed.ends()
    (left,) = killed.stack.containers().values()
    again = {"data": "one", "base_port": killed.base_port} if where == "in the same place" else {}
    run = up("--only", FIRST, **again)
    run.says("is up")
    assert left.id not in [each.id for each in run.stack.engine.containers.list(all=True, ignore_removed=True)]
    assert run.told(signal.SIGINT) == 0
    assert left_of(killed.stack) == []


@thorough
def test_a_run_leaves_another_alone_and_cannot_take_its_place(up):
    first = up("--only", FIRST)
    first.says("is up")
    beside = up("--only", FIRST)
    beside.says("is up")
    in_its_place = up("--only", FIRST, base_port=first.base_port)
    assert in_its_place.ends() == 1
    assert "another sandbox up --docker" in in_its_place.says("Error: ")
    for run in (first, beside):
        assert control(run.base_port, "/health")["service"] == FIRST


@thorough
def test_a_port_that_is_taken_is_told_and_nothing_is_left_behind(up):
    base_port = free_base_port()
    with socket.create_server(("127.0.0.1", base_port)):
        run = up("--only", FIRST, base_port=base_port)
        assert run.ends() == 1
    assert f"{FIRST} cannot be started on 127.0.0.1:{base_port}" in run.says("--base-port")
    assert left_of(run.stack) == []


@thorough
def test_a_service_that_ends_in_its_container_is_told_with_its_last_words(docker, up):
    doomed, _ = docker.images.build(fileobj=io.BytesIO(DOOMED), rm=True)
    try:
        run = up("--only", FIRST, image=doomed.id)
        assert run.ends() == 1
        assert run.says("Error: ") == f"Error: {FIRST} has ended in its container: Nothing works here."
        assert left_of(run.stack) == []
    finally:
        docker.images.remove(doomed.id)
