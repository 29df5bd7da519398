"""What nothing in the flows asks for: the systems' other calls, and the control plane."""

from collections.abc import Mapping
from typing import Any

from registration_sandbox.client.wire import CONTROL
from registration_sandbox.examples.playing import PASSWORD, REGISTRATION, WORLD, Run
from simulators.kit.services import SERVICES

PART = "examples-part"


def ask_systems(run: Run, people: Mapping[str, Any], token: str) -> None:
    """Ask the systems directly for what they offer beside the flows."""
    asha, chitra = people["Asha"], people["Chitra"]
    keys = {name: run.secrets[f"SANDBOX_{name.upper()}_API_KEY"] for name in ("tsg", "auth_service")}
    login = {"userId": chitra["username"], "password": chitra["password"]}
    login_token = run.ask("cymmetri", "POST", "/ciamauthsrvc/login", login)["token"]
    run.ask("cymmetri", "GET", "/ciamauthsrvc/userinfo", token=login_token)
    run.ask("cymmetri", "POST", f"{REGISTRATION}/VerifyEmailOtp", {"otp": "000000"})
    run.ask("cbs", "POST", "/cbs/customers/search", {"email": asha["email"]})
    run.ask("cbs", "GET", f"/cbs/customers/{asha['cif']}/cards")
    run.ask("cbs", "GET", f"/cbs/customers/{asha['cif']}/user-id")
    run.ask("cbs", "GET", "/cbs/user-ids/nobody")
    name, (first, second) = chitra["username"], chitra["handsets"]
    run.ask("auth_service", "POST", f"/users/{name}/contacts/verify", {"email": chitra["email"]}, token)
    for path in (f"/users/{name}", f"/users/{name}/devices", f"/users/{name}/devices/{first['emCertID']}"):
        run.ask("auth_service", "GET", path, token=token)
    run.ask("auth_service", "GET", f"/devices/{first['emCertID']}", key=keys["auth_service"])
    run.ask("auth_service", "PUT", f"/users/{name}/devices/{second['emCertID']}", token=token)
    greeting = {"purpose": "device-registered", "subject": "Your phone", "body": "Your phone is registered."}
    run.ask("auth_service", "POST", f"/users/{name}/notifications", greeting, key=keys["auth_service"])
    query = {"service_id": "registration-sandbox", "subject_id": second["emCertID"]}
    for call in ("subject_info", "register", "unregister", "revoke"):
        reason = {"reason": "The phone was lost."} if call in ("unregister", "revoke") else {}
        run.ask("tsg", "POST", f"/tsg/{call}", query | reason, key=keys["tsg"])
    run.ask("tsg", "GET", f"/tsg/subjects/{second['emCertID']}/emcert", key=keys["tsg"])
    new = {"service_id": "registration-sandbox", "external_reference": "example-1", "expires_in": 600,
           "complexity": {"length": 8, "charset": "NUMERIC"}}  # fmt: skip
    run.secrets["a sign-up code"] = run.ask("tsg", "POST", "/tsg/sign_up", new, key=keys["tsg"])["sign_up_code"]
    poll = {name: new[name] for name in ("service_id", "external_reference")}
    run.ask("tsg", "POST", "/tsg/poll_sign_up", poll, key=keys["tsg"])
    run.ask("tsg", "POST", "/tsg/sign_up", new)
    phone = run.ask("handset", "POST", "/handsets", {"os": "Android 16", "model": "Pixel 9", "owner": "Asha"})["id"]
    run.ask("handset", "GET", f"/handsets/{phone}")
    run.ask("handset", "GET", "/handsets")
    run.ask("handset", "PUT", f"/handsets/{phone}/offline", {"offline": True})
    run.ask("mailroom", "POST", "/messages", {
        "channel": "email", "to": asha["email"], "subject": "Welcome", "body": "Good to have you.",
        "purpose": "greeting", "sender": "bank",
    })  # fmt: skip
    run.ask("cymmetri", "POST", "/ciamauthsrvc/login", {"userId": "asha.rao", "password": PASSWORD})


def control(run: Run, people: Mapping[str, Any]) -> None:
    """Ask the control plane, of the whole sandbox and of each service."""
    for path in ("worlds", "scenarios", "services"):
        run.ask(CONTROL, "GET", f"/_sandbox/{path}")
    for path in ("/clock", "/policies", "/coverage", "/registrations", "/pushes", "/journal?limit=2"):
        run.control("GET", path)
    run.control("PATCH", "/people/Asha", {"mobile": None})
    run.control("PATCH", "/policies", {"policies": {"cymmetri": {"otp": {"max_attempts": 5}}}})
    push = {"external_reference": "example-1", "subject_id": people["Chitra"]["handsets"][0]["emCertID"],
            "service_id": "registration-sandbox"}  # fmt: skip
    sent = run.control("POST", "/pushes", push)
    run.control("POST", f"/pushes/{sent['id']}/resend")
    run.ask("tsg", "POST", f"/_sandbox/worlds/{WORLD}/pushes", push)
    run.control("POST", "/clock", {"settle": True})  # or the world might be restored before they have been answered
    snapshot = run.control("POST", "/snapshots")["id"]
    run.control("GET", "/snapshots")
    run.control("POST", "/restore", {"snapshot": snapshot})
    for service in SERVICES[1:]:
        _ask_part(run, service)


def _ask_part(run: Run, service: str) -> None:
    place = f"/_sandbox/worlds/{PART}"
    run.ask(service, "GET", "/_sandbox/health")
    run.ask(service, "PUT", place, {"seed": 7, "clock": {"set": "2026-01-05T09:00:00Z", "frozen": True}})
    for path in ("/clock", "/policies", "/faults", "/journal", "/news", "/people"):
        run.ask(service, "GET", place + path)
    run.ask(service, "POST", f"{place}/clock", {"advance": "PT5M"})
    run.ask(service, "PUT", f"{place}/clock", {"offset_us": 0, "frozen_at": "2026-01-05T09:00:00Z"})
    run.ask(service, "PATCH", f"{place}/policies", {"policies": {}})
    run.ask(service, "GET", f"{place}/policies/set")
    run.ask(service, "PUT", f"{place}/policies/set", {"policies": {}})
    run.ask(service, "POST", f"{place}/faults", {"effect": {"delay": {"ms": 800}}, "times": 3})
    run.ask(service, "POST", "/_sandbox/news", {"after": {PART: None}})
    run.ask(service, "DELETE", place)
