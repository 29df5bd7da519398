"""One sandbox for all of these tests, the command line typed at it, and worlds to type about."""

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner

from registration_sandbox.cli import main
from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox
from tests.contract.running.wire import Heard, Wire

SCENARIO = {
    "name": "two-people",
    "seed": 7,
    "clock": {"set": "2026-01-05T09:00:00Z", "frozen": True},
    "personas": [
        {"name": "Asha", "cbs": {"cards": [{"type": "DEBIT"}, {"type": "CREDIT"}]}},
        {"name": "Chitra", "cymmetri": {}, "phones": [{"model": "Pixel 9", "tsg": "registered"}]},
    ],
}
WRONG = {"otp": "000000"}
NOT_SET = dict.fromkeys(
    [
        "SANDBOX_ADMIN_TOKEN",
        "SANDBOX_WORLD",
        "SANDBOX_DATA_DIR",
        "SANDBOX_BASE_PORT",
        "SANDBOX_DATABASE_URL",
        "NO_COLOR",
    ]
)


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def typed(*words: str, **environment: str | None) -> Said:
    """Type ``sandbox …`` in an environment in which of the sandbox's settings just these are set."""
    result = CliRunner().invoke(
        main, words, env={**NOT_SET, **environment}, prog_name="sandbox", catch_exceptions=False
    )
    return Said(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(scope="package")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running


@pytest.fixture(scope="package")
def wire(sandbox: RunningSandbox) -> Wire:
    return Wire(sandbox.urls)


class World:
    """A world, and commands typed about it."""

    def __init__(self, sandbox: RunningSandbox, wire: Wire) -> None:
        self.name = f"w-{secrets.token_hex(6)}"
        self.url = sandbox.urls["orchestrator"]
        self.environment = {"SANDBOX_ORCHESTRATOR_URL": self.url, "SANDBOX_WORLD": self.name}
        self.wire = wire
        self.ask("PUT", f"/_sandbox/worlds/{self.name}", SCENARIO)
        told = self.ask("GET", f"/_sandbox/worlds/{self.name}/personas").json["personas"]
        self.people = {person["name"]: person for person in told}

    def type(self, *words: str, **environment: str) -> Said:
        return typed(*words, **{**self.environment, **environment})

    def ask(self, method: str, path: str, *body: Any) -> Heard:
        return self.wire.ask("orchestrator", method, path, *body, world=self.name)

    def begins(self) -> Heard:
        """Have Asha begin to register: a code is mailed to her."""
        body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": self.people["Asha"]["cif"]}
        return self.ask("POST", "/registrations", body)

    def errs(self, registration: str) -> Heard:
        """Have Asha type a wrong code."""
        return self.ask("POST", f"/registrations/{registration}/actions/verify-email-otp", WRONG)


@pytest.fixture
def world(sandbox: RunningSandbox, wire: Wire) -> World:
    return World(sandbox, wire)


@pytest.fixture
def shared(played: "Played") -> World:
    """The world that has been played in, for a test that changes nothing in it."""
    return played.world


@dataclass(frozen=True)
class Played:
    """A world in which Asha has begun to register and has typed a wrong code twice."""

    world: World
    registration: str
    exchanges: list[str]

    def type(self, *words: str, **environment: str) -> Said:
        return self.world.type(*words, **environment)


@pytest.fixture(scope="package")
def played(sandbox: RunningSandbox, wire: Wire) -> Played:
    world = World(sandbox, wire)
    begun = world.begins()
    registration = begun.json["id"]
    heard = [begun, world.errs(registration), world.errs(registration)]
    return Played(world, registration, [each.headers["sandbox-exchange"] for each in heard])


class Elsewhere:
    """What answers at a URL in a sandbox's stead, always the same."""

    def __init__(self, answer: Any, date: str | None) -> None:
        self.tokens: list[str | None] = []
        content = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                told.tokens.append(self.headers["Authorization"])
                self.send_response_only(200)
                self.send_header("Content-Length", str(len(content)))
                if date:
                    self.send_header("Date", date)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def elsewhere() -> Iterator[Callable[..., Elsewhere]]:
    """Have something answer in a sandbox's stead."""
    started: list[Elsewhere] = []

    def answering(answer: Any, date: str | None = None) -> Elsewhere:
        started.append(Elsewhere(answer, date))
        return started[-1]

    yield answering
    for each in started:
        each.server.shutdown()
        each.server.server_close()
