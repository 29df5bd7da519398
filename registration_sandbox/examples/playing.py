"""A run of both flows that asks every service for most of what it offers."""

from collections.abc import Mapping
from typing import Any

import msgspec
import requests

from registration_sandbox.client.wire import CONTROL
from simulators.kit.masking import mask
from simulators.kit.services import CONTROL_PLANE, SERVICES
from simulators.kit.world_names import to_baggage

WORLD = "examples"
PASSWORD = "Chai4two!now"  # noqa: S105
SCENARIO = {
    "name": "examples",
    "seed": 1,
    "clock": {"set": "2026-01-05T09:00:00Z", "frozen": True},
    "personas": [
        {"name": "Asha", "cbs": {"cards": [{"type": "DEBIT"}, {"type": "CREDIT"}]}},
        {"name": "Chitra", "cymmetri": {}, "phones": [{"model": "Pixel 9"}, {"model": "iPhone 17"}]},
    ],
}
CREDENTIAL = frozenset({"credential"})
REGISTRATION = "/ciamregsrvc/webRegistration"


class Run:
    """What was asked and answered, each service's document, and the secrets that were in play, by their names."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self.urls = {CONTROL: urls["orchestrator"], **urls}
        self.exchanges: list[dict[str, Any]] = []
        self.secrets: dict[str, str] = {}
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["baggage"] = to_baggage("", WORLD)
        self.documents = {
            name: self._session.get(f"{self.urls[name]}/openapi.json", timeout=60).json()
            for name in (*SERVICES, CONTROL)
        }

    def ask(self, service: str, method: str, path: str, body: Any = None, token: str = "", key: str = "") -> Any:
        """Ask a service, and remember the exchange masked; return the answer's JSON."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if key:
            headers["X-API-Key"] = key
        url = f"{self.urls[service]}{path}"
        answer = self._session.request(method, url, json=body, headers=headers, timeout=60)
        is_json = "json" in answer.headers.get("Content-Type", "") and answer.content
        found = msgspec.json.decode(answer.content) if is_json else None
        if "/_sandbox/" in path:  # the journals have the others
            name = CONTROL_PLANE.name if service == CONTROL else service
            self._remember(name, method, path, answer.status_code, body, found)
        return found

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the control plane about the run's world."""
        return self.ask(CONTROL, method, f"/_sandbox/worlds/{WORLD}{path}", body)

    def act(self, registration: str, action: str, token: str = "", **fields: Any) -> Any:
        """Perform an action of a registration."""
        return self.ask("orchestrator", "POST", f"/registrations/{registration}/actions/{action}", fields, token)

    def code(self, to: str, purpose: str) -> str:
        """Return the code in the newest message to someone."""
        query = requests.compat.urlencode({"to": to, "purpose": purpose, "wait": 10})
        code = str(self.ask("mailroom", "GET", f"/messages?{query}")["messages"][0]["code"])
        self.secrets[f"a code of {purpose}"] = code
        return code

    def read_journal(self) -> None:
        """Take in what the services' journals have of the run, masked as they have it."""
        names = ("service", "method", "path", "status", "request", "answer")
        for each in self.control("GET", "/journal?limit=10000")["exchanges"]:
            if not each["fault"]:
                self.exchanges.append({name: each[name] for name in names})

    def _remember(self, service: str, method: str, path: str, status: int, body: Any, answer: Any) -> None:
        self.exchanges.append({
            "service": service, "method": method, "path": path, "status": status,
            "request": mask(body, CREDENTIAL), "answer": mask(answer, CREDENTIAL),
        })  # fmt: skip


def play(urls: Mapping[str, str]) -> Run:
    """Play both flows in a world of its own in a sandbox; return what was seen."""
    from registration_sandbox.examples import around

    run = Run(urls)
    run.control("PUT", "", SCENARIO)
    people = {each["name"]: each for each in run.control("GET", "/personas")["personas"]}
    for name, person in people.items():
        run.secrets |= {f"{name}'s card {each['last4']}": each["number"] for each in person["cards"]}
        run.secrets |= {f"{name}'s password": person["password"]} if person["password"] else {}
    run.secrets |= run.ask(CONTROL, "GET", "/_sandbox/credentials")
    _register_on_the_web(run, people["Asha"])
    token = _log_in(run, people["Chitra"])
    _register_devices(run, people["Chitra"], token)
    around.ask_systems(run, people, token)
    around.control(run, people)
    run.read_journal()
    return run


def _register_on_the_web(run: Run, asha: Mapping[str, Any]) -> None:
    body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": asha["cif"]}
    run.ask("orchestrator", "POST", "/registrations", body | {"id": "000000000"})
    id = run.ask("orchestrator", "POST", "/registrations", body)["id"]
    run.control("POST", "/clock", {"advance": "PT1M"})
    run.act(id, "resend-email-otp")
    run.act(id, "verify-email-otp", otp="000000")
    run.act(id, "verify-email-otp", otp=run.code(asha["email"], "email-otp"))
    run.control("POST", "/clock", {"advance": "PT1M"})
    run.act(id, "resend-mobile-otp")
    run.act(id, "verify-mobile-otp", otp=run.code(asha["mobile"], "mobile-otp"))
    run.act(id, "list-factors")
    card = next(each for each in asha["cards"] if each["type"] == "DEBIT")
    run.act(id, "authenticate", mfaType="DEBIT_CARD", cardLast4=card["last4"], expiry=card["expiry"], pin=card["pin"])
    run.act(id, "existing-user-id")
    run.act(id, "save-user-id", userId="asha.rao")
    run.act(id, "validate-password", password="weak")  # noqa: S106
    run.act(id, "validate-password", password=PASSWORD)
    run.secrets["the new password"] = PASSWORD
    run.act(id, "set-password", password=PASSWORD, confirmPassword=PASSWORD)
    run.act(id, "set-password", password=PASSWORD, confirmPassword=PASSWORD)
    run.ask("orchestrator", "GET", f"/registrations/{id}")
    run.ask("orchestrator", "GET", f"/registrations/{id}/history")


def _log_in(run: Run, person: Mapping[str, Any]) -> str:
    login = {"username": person["username"], "password": person["password"]}
    run.ask("auth_service", "POST", "/auth/login", login | {"password": "not-the-password"})
    token = str(run.ask("auth_service", "POST", "/auth/login", login)["token"])
    run.secrets["a user's token"] = token
    return token


def _register_devices(run: Run, chitra: Mapping[str, Any], token: str) -> None:
    first, second = chitra["handsets"]
    body = {"flow": "device", "emCertID": first["emCertID"]}
    run.ask("orchestrator", "POST", "/registrations", body)
    id = run.ask("orchestrator", "POST", "/registrations", body, token)["id"]
    run.act(id, "activate", token)
    run.act(id, "sign-up", token, via="email", contact="not@hers.example")
    run.act(id, "sign-up", token, via="email", contact=chitra["email"])
    code = run.code(chitra["email"], "sign-up-code")
    run.ask("handset", "POST", f"/handsets/{first['id']}/sign-up", {"code": code})
    run.ask("orchestrator", "GET", f"/registrations/{id}?wait_for=Register_Complete&timeout=20", token=token)
    run.act(id, "activate", token)
    run.act(id, "check", token)
    made = run.ask("orchestrator", "POST", "/registrations", {**body, "emCertID": second["emCertID"]}, token)["id"]
    fault = {"service": "tsg", "method": "POST", "path": "/tsg/register", "effect": {"status": 503}, "times": 1}
    run.control("POST", "/faults", fault)
    run.act(made, "sign-up", token, via="sms", contact=chitra["mobile"])
    code = run.code(chitra["mobile"], "sign-up-code")
    run.ask("handset", "POST", f"/handsets/{second['id']}/sign-up", {"code": code})
    run.ask("orchestrator", "GET", f"/registrations/{made}?wait_for=Sign_Up_Complete&timeout=20", token=token)
    run.control("GET", "/faults")
    run.control("POST", "/clock", {"settle": True})
    run.act(made, "register", token)
