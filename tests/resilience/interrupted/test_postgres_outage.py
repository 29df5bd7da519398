"""A PostgreSQL server that goes away and comes back: callers are told to try later meanwhile, and all goes on."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from registration_sandbox.runtime.embedded import LOG_FILE
from tests.resilience.interrupted.conftest import Up
from tests.support.phone_owner import CHITRA, PhoneOwner
from tests.support.postgres import Server
from tests.support.typed import assert_one_clear_line, typed
from tests.support.world import World

pytestmark = pytest.mark.thorough


SERVICES_ASKED = [
    ("orchestrator", "/registrations/any"), ("cbs", "/cbs/user-ids/anyone"), ("mailroom", "/messages"),
    ("handset", "/handsets/any"),
]  # fmt: skip


PASSWORD = "not-to-be-shown"


@pytest.fixture
def server(postgres_programs: Path) -> Iterator[Server]:
    made = Server(postgres_programs)
    made.start()
    yield made
    made.remove()


@contextlib.contextmanager
def away(server: Server) -> Iterator[None]:
    server.stop()
    yield
    server.start()


def test_people_go_on_when_the_server_is_back(up: Up, server: Server) -> None:
    sandbox = up(environment={"SANDBOX_DATABASE_URL": server.url.replace("sandbox@", f"sandbox:{PASSWORD}@")})
    world = World(sandbox, {"personas": [CHITRA]})
    chitra = PhoneOwner(world)
    registration = chitra.at_sign_up()
    code = chitra.codes()[0]
    with away(server):
        for service, path in SERVICES_ASKED:
            said = world.ask(service, "GET", path)
            assert (said.status, "cannot be reached just now" in said.text) == (503, True), said
            assert int(said.headers["retry-after"]) > 0
        page = world.ask("orchestrator", "GET", f"/console/w/{world.name}")
        assert (page.status, "cannot be reached just now" in page.text) == (503, True), page
        assert chitra.types(code).status == 503
        assert world.ask("orchestrator", "GET", "/_sandbox/health").status == 200
    assert chitra.types(code).status == 200
    done = world.client.wait_for(registration, "Register_Complete", chitra.token)
    assert done.status == "Register_Complete"
    assert [each["purpose"] for each in world.messages(purpose="sign-up-code")] == ["sign-up-code"]
    log = (sandbox.data_dir / LOG_FILE).read_text("utf-8")
    assert "PostgreSQL database cannot be reached" in log
    assert "Traceback" not in log
    assert PASSWORD not in log


def test_a_server_that_is_away_is_told_before_anything_is_up(server: Server, tmp_path: Path) -> None:
    with away(server):
        said = typed("--data-dir", tmp_path, SANDBOX_DATABASE_URL=server.url)
    assert_one_clear_line(said, "SANDBOX_DATABASE_URL", "refused")
