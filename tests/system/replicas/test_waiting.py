"""What waits at one replica hears of what another one does: long polls, streams, pushes, and the world ``default``."""

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox
from simulators.kit.clock import monotonic, pause
from simulators.kit.services import SERVICES
from tests.contract.running.wire import Wire
from tests.support.phone_owner import CHITRA, PhoneOwner
from tests.support.world import World
from tests.system.replicas.balanced import REPLICA, REPLICAS

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


TIMEOUT = 30.0
PERSONAS = "/_sandbox/worlds/default/personas"


@pytest.fixture
def chitra(sandbox: RunningSandbox) -> PhoneOwner:
    return PhoneOwner(World(sandbox, {"personas": [CHITRA]}))


@pytest.fixture
def waiting() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as pool:
        yield pool


def stream(sandbox: RunningSandbox, world: str) -> http.client.HTTPResponse:
    """Return the events of a world, once they are being watched."""
    parts = urlsplit(sandbox.urls["orchestrator"])
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)
    connection.request("GET", f"/_sandbox/events?world={world}")
    answer = connection.getresponse()
    assert answer.readline() == b": watching\n"
    return answer


def statuses(answer: http.client.HTTPResponse, last: str) -> list[str]:
    """Return the statuses that registrations came to, up to the last one that is waited for."""
    seen: list[str] = []
    while last not in seen:
        line = answer.readline()
        assert line, f"the stream ended after {seen}"
        if line.startswith(b"event: status"):
            seen.append(json.loads(answer.readline().removeprefix(b"data: "))["after"])
    return seen


def test_every_replica_answers(chitra: PhoneOwner) -> None:
    for service in SERVICES:
        answers = [chitra.world.ask(service, "GET", "/_sandbox/health").headers[REPLICA] for _ in range(2 * REPLICAS)]
        assert len(set(answers)) == REPLICAS, service


def test_waits_and_streams_at_any_replica_hear_of_a_push_that_another_took(
    sandbox: RunningSandbox, chitra: PhoneOwner, waiting: ThreadPoolExecutor
) -> None:
    watched = [stream(sandbox, chitra.world.name) for _ in range(REPLICAS)]
    registration = chitra.at_sign_up()
    waits = [
        waiting.submit(chitra.world.client.wait_for, registration, "Register_Complete", chitra.token)
        for _ in range(2 * REPLICAS)
    ]
    assert chitra.types(chitra.codes()[0]).status == 200
    assert {wait.result(TIMEOUT).status for wait in waits} == {"Register_Complete"}
    for answer in watched:
        assert statuses(answer, "Register_Complete")[-2:] == ["Sign_Up_Complete", "Register_Complete"]


def test_replicas_that_start_at_once_make_one_world_default(sandbox: RunningSandbox) -> None:
    wire = Wire(sandbox.urls)
    deadline = monotonic() + TIMEOUT
    while wire.ask("orchestrator", "GET", PERSONAS).status != 200 and monotonic() < deadline:
        pause(0.02)  # it is made as soon as the last one can be reached, which may be long after the first one started
    for _ in range(2 * REPLICAS):
        heard = wire.ask("orchestrator", "GET", PERSONAS)
        assert heard.status == 200, heard.text
        personas = heard.json["personas"]
        assert personas[0]["name"] == "Asha"
        assert all(len(each["handsets"]) <= 1 for each in personas)
