"""A foreign middleware in TypeScript, built, started in the orchestrator's place, and played by its channel API."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from registration_sandbox.client import Sandbox, World
from registration_sandbox.runtime.embedded import free_base_port, start
from registration_sandbox.runtime.settings import url_variable
from simulators.kit.clock import monotonic, pause
from simulators.kit.services import SERVICES
from tests.recipes.conftest import OWN_MIDDLEWARE

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


TIMEOUT = 15.0
PASSWORD = "Chai4two!now"
PEOPLE = {"personas": [{"name": "Asha"}, {"name": "Chitra", "cymmetri": {}, "phones": [{"model": "Pixel 9"}]}]}


@dataclass(frozen=True)
class Bank:
    """The middleware's URL, and the sandbox around it by its control plane."""

    middleware: str
    sandbox: Sandbox

    def log_in(self, world: World, name: str) -> str:
        person = world.persona(name)
        assert person.username is not None
        assert person.password is not None
        return world.log_in(person.username, person.password)

    def ask(
        self, world: World, method: str, path: str, body: object = None, token: str | None = None
    ) -> requests.Response:
        headers = {"baggage": f"sandbox.world={world.id}"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return requests.request(method, self.middleware + path, json=body, headers=headers, timeout=TIMEOUT)

    def begin(self, world: World, body: object, token: str | None = None) -> "Registration":
        answer = self.ask(world, "POST", "/registrations", body, token)
        assert answer.status_code == 201, answer.text
        return Registration(self, world, answer.json()["id"], token)

    def begin_device(self, world: World, name: str) -> "Registration":
        (phone,) = world.phones_of(world.persona(name))
        return self.begin(world, {"flow": "device", "emCertID": phone.em_cert_id}, self.log_in(world, name))


@dataclass(frozen=True)
class Registration:
    """A registration at the middleware, acted on by the user who began it."""

    bank: Bank
    world: World
    id: str
    token: str | None

    def act(self, action: str, **fields: str) -> dict[str, Any]:
        answer = self.bank.ask(self.world, "POST", f"/registrations/{self.id}/actions/{action}", fields, self.token)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def get(self, path: str = "") -> requests.Response:
        return self.bank.ask(self.world, "GET", f"/registrations/{self.id}{path}", token=self.token)

    def wait_for(self, status: str) -> None:
        reached = self.get(f"?wait_for={status}&timeout=10").json()
        assert reached["status"] == status, reached

    def statuses(self) -> list[str]:
        return [entry["after"] for entry in self.get("/history").json()["history"]]


@pytest.fixture(scope="module")
def bank(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    """Start what the README says, in its order: the six services, the control plane alone, the middleware."""
    data, base = tmp_path_factory.mktemp("own-middleware-data"), free_base_port()
    url = f"http://127.0.0.1:{free_base_port()}"
    services = start(data, base, environment={"SANDBOX_ORCHESTRATOR_URL": url})
    control_plane = start(data, base, only=["orchestrator"])
    sandbox = Sandbox(control_plane.urls)
    try:
        middleware = start_middleware(built, sandbox, url, DATABASE_FILE=str(data / "middleware.sqlite"))
        try:
            wait_until_healthy(url, middleware)
            yield Bank(url, sandbox)
        finally:
            with suppress(ProcessLookupError):  # it has ended by itself, which is told already
                os.killpg(middleware.pid, signal.SIGTERM)  # what is called node may be a script that starts it
            middleware.wait(TIMEOUT)
    finally:
        control_plane.stop()
        services.stop()


def start_middleware(directory: Path, sandbox: Sandbox, url: str, **settings: str) -> "subprocess.Popen[bytes]":
    urls = {url_variable(name): sandbox.urls[name] for name in SERVICES if name != "orchestrator"}
    environment = {
        "PATH": os.environ["PATH"], "PORT": url.rpartition(":")[2], **urls, **sandbox.credentials(), **settings
    }  # fmt: skip
    return subprocess.Popen(
        ["node", "dist/server.js"], cwd=directory, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def wait_until_healthy(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = monotonic() + TIMEOUT
    while True:
        try:
            assert requests.get(f"{url}/healthz", timeout=1).status_code == 200
        except requests.ConnectionError:
            assert process.poll() is None, "the middleware ended"
            assert monotonic() < deadline, "the middleware does not answer"
            pause(0.02)
        else:
            return


def test_a_phone_is_registered_and_activated_by_a_code_that_is_texted(bank: Bank) -> None:
    with bank.sandbox.make(PEOPLE) as world:
        chitra = world.persona("Chitra")
        (phone,) = world.phones_of(chitra)
        registration = bank.begin_device(world, "Chitra")
        registration.act("sign-up", via="sms", contact=chitra.mobile)
        assert phone.type_code(world.inbox(chitra).code("sign-up-code", channel="sms")).sent
        registration.wait_for("Register_Complete")
        assert registration.act("activate")["status"] == "Device_Activate"
        assert registration.statuses() == [
            "Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete", "Register_Complete", "Device_Activate",
        ]  # fmt: skip
        assert [(known.tsg, known.auth_service) for known in world.persona("Chitra").handsets] == [("registered", True)]
        told = [message.purpose for message in world.inbox(chitra).messages() if message.purpose != "sign-up-code"]
        assert told == ["device-activated", "device-registered", "device-not-found"]


def test_a_phone_is_registered_by_a_qr_code(bank: Bank) -> None:
    with bank.sandbox.make(PEOPLE) as world:
        (phone,) = world.phones_of(world.persona("Chitra"))
        registration = bank.begin_device(world, "Chitra")
        registration.act("sign-up", via="qr")
        assert phone.scan(registration.get("/sign-up-qr").content).sent
        registration.wait_for("Register_Complete")
        assert world.inbox(world.persona("Chitra")).messages("sign-up-code") == []


def test_a_customer_registers_for_the_web_site(bank: Bank) -> None:
    with bank.sandbox.make(PEOPLE) as world:
        asha = world.persona("Asha")
        inbox, (card, *_) = world.inbox(asha), asha.cards
        registration = bank.begin(world, {"flow": "web", "deviceId": "browser", "type": "CIF", "id": asha.cif})
        registration.act("verify-email-otp", otp=inbox.code("email-otp"))
        registration.act("verify-mobile-otp", otp=inbox.code("mobile-otp"))
        secret = {"pin": card.pin} if card.type == "DEBIT" else {"cvv": card.cvv}
        details = {"mfaType": f"{card.type}_CARD", "cardLast4": card.last4, "expiry": card.expiry, **secret}
        registration.act("authenticate", **details)
        registration.act("save-user-id", userId="asha.online")
        registration.act("validate-password", password=PASSWORD)
        done = registration.act("set-password", password=PASSWORD, confirmPassword=PASSWORD)
        assert done["status"] == "Registered"
        assert world.persona("Asha").username == "asha.online"
        assert "WR-11.1" in world.coverage()


def test_a_push_that_tsg_did_not_sign_is_refused(bank: Bank) -> None:
    with bank.sandbox.make(PEOPLE) as world:
        (phone,) = world.phones_of(world.persona("Chitra"))
        registration = bank.begin_device(world, "Chitra")
        registration.act("sign-up", via="sms", contact=world.persona("Chitra").mobile)
        with world.fault({"bad_signature": True}, path="push", times=1):
            phone.type_code(world.inbox(world.persona("Chitra")).code("sign-up-code"))
            world.clock.advance("PT0S")
        (refused, *_) = [exchange for exchange in world.journal(service="tsg") if exchange.path == "push"]
        assert (refused.status, refused.fault) == (401, "bad_signature")
        assert registration.statuses()[:2] == ["Not_Found", "Sign_Up_In_Progress"]


def test_its_answers_to_refusals_are_problem_documents(bank: Bank) -> None:
    with bank.sandbox.make(PEOPLE) as world:
        nobody = bank.ask(world, "POST", "/registrations", {"flow": "device", "emCertID": "0" * 64})
        assert (nobody.status_code, nobody.json()["code"]) == (401, "not-logged-in")
        assert nobody.headers["content-type"] == "application/problem+json"
        unknown = bank.ask(world, "POST", "/registrations", {"flow": "web", "deviceId": "d", "type": "CIF", "id": "1"})
        assert (unknown.status_code, unknown.json()["upstream_code"]) == (404, "REGSRVC.USER_NOT_FOUND")


def test_each_planted_bug_is_listed_with_a_branch_and_stands_in_the_readme(built: Path) -> None:
    listed = subprocess.run(["node", "dist/server.js", "--bugs"], cwd=built, capture_output=True, text=True, check=True)
    bugs = json.loads(listed.stdout)
    readme = (OWN_MIDDLEWARE / "README.md").read_text("utf-8")
    assert len(bugs) >= 15
    for bug in bugs:
        assert re.fullmatch(r"DR-[0-4]\.\d+", bug["branch"]), bug
        assert f"| `{bug['name']}` | {bug['branch']} | {bug['breaks']} |" in readme
    assert readme.count("| DR-") == len(bugs)


def test_an_unknown_planted_bug_is_not_taken_for_a_sound_middleware(built: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PLANTED_BUG": "no-such-bug"}
    ended = subprocess.run(
        ["node", "dist/server.js"], cwd=built, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "no-such-bug" in ended.stderr


def test_the_lock_file_names_no_host() -> None:
    assert "://" not in (OWN_MIDDLEWARE / "package-lock.json").read_text("utf-8")
