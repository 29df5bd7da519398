"""Our own middleware as a stranger would run one: by its own command, with no control plane that anybody looks at.

It meets a world when the first request comes from it, and goes by the time that it is told (``POST /test/clock``).
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from orchestrator.app import create_app
from registration_sandbox.runtime.settings import plan
from simulators.kit.clock import parse, stamp
from simulators.kit.scheduling.runner import Runner
from simulators.kit.web import control
from simulators.kit.web.app import service_of
from simulators.kit.web.control_calls import LocalControl
from simulators.kit.world_names import DEFAULT, from_baggage

HEALTH, CLOCK = "/healthz", "/test/clock"


class Stranger:
    """A WSGI application: the middleware, for whatever worlds its callers come from."""

    def __init__(self, application: Flask) -> None:
        self.application = application.wsgi_app
        self.control = LocalControl(service_of(application), control.api.operations)
        self.now: dict[str, str] = {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        world = from_baggage(environ.get("HTTP_BAGGAGE", "")) or DEFAULT
        path = environ["PATH_INFO"]
        if path.startswith("/_sandbox"):
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"There is no control plane here."]
        if path == CLOCK:
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            self._set_clock(world, json.loads(body)["now"])
        elif path != HEALTH:
            self._meet(world)
            return self.application(environ, start_response)
        start_response("204 No Content", [])
        return []

    def _set_clock(self, world: str, now: str) -> None:
        self.now[world] = stamp(parse(now))
        self._meet(world)
        self._control("POST", f"{world}/clock", {"set": self.now[world]})

    def _meet(self, world: str) -> None:
        status, _ = self._control("GET", f"{world}/clock")
        if status == 404:
            clock = {"set": self.now[world], "frozen": True} if world in self.now else {}
            self._control("PUT", world, {"seed": world, "clock": clock})

    def _control(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        content = None if body is None else json.dumps(body).encode()
        status, answer, _ = self.control(method, f"/_sandbox/worlds/{path}", content)
        assert status in (200, 201, 404), answer
        return status, answer


class Quiet(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        """Log nothing."""


def main() -> None:
    port = int(os.environ["PORT"])
    with tempfile.TemporaryDirectory() as directory:
        settings = plan(base_port=port, data_dir=Path(directory), only=("orchestrator",)).settings
        app = create_app(settings)
        Runner(service_of(app)).start()
        make_server("127.0.0.1", port, Stranger(app), threaded=True, request_handler=Quiet).serve_forever()


if __name__ == "__main__":
    main()
