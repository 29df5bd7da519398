"""A middleware of one's own in the orchestrator's place, beside the control plane."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from orchestrator.client import Refused, Sandbox, World
from orchestrator.runtime.embedded import free_base_port, start
from simulators.kit.clock import monotonic, pause
from tests.recipes.conftest import RECIPES

PATIENCE = 15.0
PEOPLE = {"personas": [{"name": "Asha"}, {"name": "Chitra", "cymmetri": {}, "phones": [{"model": "Pixel 9"}]}]}


@dataclass(frozen=True)
class Bank:
    """The middleware's URL, and the sandbox around it by its control plane."""

    middleware: str
    sandbox: Sandbox

    def post(self, world: World, path: str, body: object) -> requests.Response:
        headers = {"baggage": f"sandbox.world={world.id}"}
        return requests.post(self.middleware + path, json=body, headers=headers, timeout=PATIENCE)

    def wait_for(self, reference: str, status: str) -> dict[str, str]:
        give_up = monotonic() + PATIENCE
        while (told := requests.get(f"{self.middleware}/phones/{reference}", timeout=5).json())["status"] != status:
            assert monotonic() < give_up, told
            pause(0.02)
        return dict(told)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    """Start what the README says, in its order: the six services, the control plane alone, the middleware."""
    data, base = tmp_path_factory.mktemp("own-middleware"), free_base_port()
    url = f"http://127.0.0.1:{free_base_port()}"
    services = start(data, base, environment={"SANDBOX_ORCHESTRATOR_URL": url})
    control_plane = start(data, base, only=["orchestrator"])
    sandbox = Sandbox(control_plane.urls)
    command = [sys.executable, "-m", "flask", "--app", "middleware", "run", "--port", url.rpartition(":")[2]]
    environment = {"SANDBOX_CONTROL_PLANE": sandbox.urls["orchestrator"], "PATH": ""}
    middleware = subprocess.Popen(
        command, cwd=RECIPES / "own_middleware", env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(url, middleware)
        yield Bank(url, sandbox)
    finally:
        middleware.terminate()
        middleware.wait(PATIENCE)
        control_plane.stop()
        services.stop()


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    give_up = monotonic() + PATIENCE
    while True:
        try:
            requests.get(url, timeout=1)
        except requests.ConnectionError:
            assert process.poll() is None, "the middleware ended"
            assert monotonic() < give_up, "the middleware does not answer"
            pause(0.02)
        else:
            return


def test_the_middleware_registers_a_phone_by_the_signed_push(bank: Bank) -> None:
    with bank.sandbox.make(PEOPLE) as world:
        added = bank.post(world, "/phones", {}).json()
        (phone,) = world.phones_of(world.persona("Chitra"))
        assert phone.type_code(added["code"]).sent
        told = bank.wait_for(added["reference"], "Register_Complete")
        assert told["subject_id"] == phone.em_cert_id
        assert [known.tsg for known in world.persona("Chitra").handsets] == ["registered"]


def test_the_middleware_asks_cymmetri_in_the_world_that_its_caller_named(bank: Bank) -> None:
    with bank.sandbox.make(PEOPLE) as world:
        asha = world.persona("Asha")
        begun = bank.post(world, "/visits", {"deviceId": "browser", "type": "CIF", "id": asha.cif})
        assert begun.json()["data"]["flow"] == "REGISTRATION"
        assert len(world.inbox(asha).code("email-otp")) == 6
        assert "WR-1.2" in world.coverage()


def test_the_middleware_refuses_a_push_that_the_tsg_did_not_sign(bank: Bank) -> None:
    with bank.sandbox.make(PEOPLE) as world:
        added = bank.post(world, "/phones", {}).json()
        with world.fault({"bad_signature": True}, path="push", times=1):
            world.phones_of(world.persona("Chitra"))[0].type_code(added["code"])
            world.clock.advance("PT0S")
        (refused, *_) = [pushed for pushed in world.journal(service="tsg") if pushed.path == "push"]
        assert (refused.status, refused.fault) == (401, "bad_signature")


def test_its_calls_are_in_the_journal_but_no_decision_and_no_registration_of_its_own(bank: Bank) -> None:
    with bank.sandbox.make(PEOPLE) as world:
        bank.post(world, "/phones", {})
        assert world.registrations() == []
        assert not [branch for branch in world.coverage() if branch.startswith("DR-")]
        assert {exchange.caller for exchange in world.journal(service="tsg", path="/tsg/sign_up")} == {"middleware"}
        with pytest.raises(Refused):
            world.call("orchestrator", "POST", "/tsg/push", {})


def test_the_readme_says_what_the_test_does() -> None:
    text = (Path(RECIPES) / "own_middleware" / "README.md").read_text("utf-8")
    for words in ("SANDBOX_ORCHESTRATOR_URL=", "sandbox up --only orchestrator", "flask --app middleware run --port"):
        assert words in text
