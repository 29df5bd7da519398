"""Many quick requests at random: no 5xx of its own, and no status or media type that the document does not describe.

A run of it is bounded; ``SANDBOX_TORTURE_REQUESTS`` is how many are sent to each service, ``SANDBOX_TORTURE_SEED`` has
others sent.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from simulators.kit.services import SERVICES
from tests.contract.running.wire import Heard, Wire
from tests.resilience.torture.requests_at_random import Requests, Sent
from tests.resilience.torture.target import WORLD, attacked_sandbox, credentials

pytestmark = pytest.mark.thorough

NUMBER = int(os.environ.get("SANDBOX_TORTURE_REQUESTS", "300"))
SEED = os.environ.get("SANDBOX_TORTURE_SEED", "7")
MOST_FAILURES = 20


Attacked = tuple[Wire, Mapping[str, tuple[str, str]]]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    """A sandbox, and its credentials, taken before anybody in it can be blocked."""
    with attacked_sandbox(Path(tmp_path_factory.mktemp("torture")) / "data") as wire:
        yield wire, credentials(wire)


def flaw(sent: Sent, heard: Heard) -> str | None:
    """Return what is wrong with an answer; where nothing is out of order, a 5xx is, though it were described."""
    if heard.status >= 500:
        return f"{heard.status} is an error of the sandbox"
    if heard.status not in sent.statuses:
        return f"{heard.status} is not described"
    described = sent.statuses[heard.status]
    if heard.raw and heard.media_type not in described:
        return f"{heard.status} is described as {sorted(described)}, not as {heard.media_type}"
    return None


@pytest.mark.parametrize("service", SERVICES)
def test_no_request_at_random_gets_an_answer_that_is_not_described(attacked: Attacked, service: str) -> None:
    wire, credential_of = attacked
    document = wire.ask(service, "GET", "/openapi.json").json
    requests = Requests(document, f"{SEED}/{service}")
    credential = credential_of.get(service)
    statuses = Counter[int]()
    failures: list[str] = []
    for number in range(NUMBER):
        sent = requests.next()
        own = dict([credential]) if credential and number % 5 else {}
        heard = wire.ask(service, sent.method, sent.path, sent.body, headers=sent.headers | own, world=WORLD)
        statuses[heard.status] += 1
        wrong = flaw(sent, heard)
        if wrong:
            failures.append(f"request {number}: {wrong}: {sent}: {heard.raw[:300]!r}")
        if len(failures) > MOST_FAILURES:
            break
        if heard.status < 300 or not number % 50:
            with suppress(ValueError):
                requests.learn(json.loads(heard.raw))
    assert not failures, "\n".join(failures)
    assert statuses[200] + statuses[201] + statuses[202] + statuses[204] > NUMBER / 50, statuses
