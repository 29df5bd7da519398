"""A receiver of TSG's pushes that a tester has made: it says when it wants to be asked again, and then takes them."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from simulators.kit.clock import wall_now

HERE = "127.0.0.1"
A_MINUTE = timedelta(minutes=1)

RETRY_DATES: Mapping[str, Callable[[datetime], datetime]] = {
    "by the clock of the world": lambda now: now + A_MINUTE,
    "by a clock of its own": lambda _: wall_now() + A_MINUTE,
}
"""The date, a minute ahead, until which a receiver wants to be left alone, by the time that the world has."""


@dataclass
class OwnReceiver:
    """A receiver on this machine; its ``Date`` is the machine's. It refuses the first push, and takes every other."""

    retry_date: Callable[[datetime], datetime]
    world_time: Callable[[], datetime | None]
    pushes: list[bytes] = field(default_factory=list)

    def start(self) -> str:
        """Begin to listen; return the URL of the receiver."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.pushes.append(self.rfile.read(int(self.headers["Content-Length"])))
                is_first = len(receiver.pushes) == 1
                self.send_response(503 if is_first else 204)
                if is_first:
                    until = receiver.retry_date(receiver.world_time() or wall_now())
                    self.send_header("Retry-After", format_datetime(until, usegmt=True))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer((HERE, 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://{HERE}:{self._server.server_port}/pushes"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
