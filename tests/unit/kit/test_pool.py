"""What a call to another service carries that its URL says."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from simulators.kit.wire.pool import Pool

HEARD: list[str | None] = []


class Listener(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        HEARD.append(self.headers.get("Authorization"))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    HEARD.clear()
    server = HTTPServer(("127.0.0.1", 0), Listener)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("user", "headers", "heard"),
    [
        ("", {}, None),
        ("asha:s%40fe@", {}, "Basic YXNoYTpzQGZl"),
        ("asha:s%40fe@", {"authorization": "Bearer own"}, "Bearer own"),
    ],
)
def test_a_user_in_the_url_is_sent_as_basic_unless_the_call_has_its_own(
    port: int, user: str, headers: dict[str, str], heard: str | None
) -> None:
    pool = Pool("test/1", 1.0)
    assert pool.send("GET", f"http://{user}127.0.0.1:{port}/mail@x", None, headers, 2.0)[0] == 204
    pool.close()
    assert [heard] == HEARD
