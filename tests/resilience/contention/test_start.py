"""A sandbox that has just started loses no answer while its first process makes way for the others."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from registration_sandbox.runtime.embedded import running_sandbox
from simulators.kit.clock import monotonic

pytestmark = pytest.mark.thorough


CALLERS = 8
SECONDS = 3.0


def test_no_answer_is_lost_on_connections_that_are_kept_alive_from_the_first_moment_on() -> None:
    with running_sandbox(environment={"SANDBOX_WORKERS": "2"}) as sandbox:
        until = monotonic() + SECONDS

        def ask_on_and_on(_: int) -> int:
            parts = urlsplit(sandbox.urls["mailroom"])
            connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
            answers = 0
            while monotonic() < until:
                connection.request("GET", "/_sandbox/health")
                assert connection.getresponse().read()
                answers += 1
            return answers

        with ThreadPoolExecutor(CALLERS) as pool:
            assert sum(pool.map(ask_on_and_on, range(CALLERS))) > CALLERS
