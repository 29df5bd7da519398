"""Bare hops: calls that the sandbox's own server answers without doing anything, made by the flows' own client."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.processes import running
from registration_sandbox.client import Wire
from registration_sandbox.runtime.embedded import free_base_port
from registration_sandbox.runtime.settings import default_workers

SERVER = Path(__file__).with_name("bare_server.py")
SERVICE = "bare"
BODY = {"channel": "sms", "to": "+919876543210", "body": "Your code is 123456.", "purpose": "otp", "sender": "bench"}
WARM_UP = 100


class BareHops:
    """Hops to a server that only answers, over kept connections."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = Wire({SERVICE: url}, SERVICE)

    def make(self, number: int) -> None:
        for _ in range(number):
            self._client.call(SERVICE, "POST", "/hop", BODY)


@contextmanager
def bare_hops() -> Iterator[BareHops]:
    """Run the bare server, by as many processes as serve the sandbox, until the block ends."""
    port = free_base_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, str(SERVER), str(port), str(default_workers())]
    with TemporaryDirectory(prefix="bench-") as directory, running(command, [url + "/hop"], Path(directory)):
        hops = BareHops(url)
        hops.make(WARM_UP)
        yield hops
