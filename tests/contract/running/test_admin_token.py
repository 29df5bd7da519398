"""The admin token: where one is set, every control call but health wants it, and the sandbox's own calls have it."""

import pytest

from registration_sandbox.runtime.embedded import running_sandbox
from simulators.kit.services import SERVICES
from tests.contract.running.wire import NOTHING, Wire

pytestmark = pytest.mark.thorough


TOKEN = "a-long-secret"
WORLD = "/_sandbox/worlds/guarded"


@pytest.fixture(scope="module")
def guarded():
    with running_sandbox(environment={"SANDBOX_ADMIN_TOKEN": TOKEN}) as sandbox:
        yield Wire(sandbox.urls)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("token", [None, "wrong", TOKEN + "x", "", "é".encode().decode("latin-1")])
def test_no_control_call_is_answered_without_the_token(guarded, service, token):
    calls = [
        (method, path)
        for path, methods in guarded.ask(service, "GET", "/openapi.json").json["paths"].items()
        for method in methods
        if path.startswith("/_sandbox/") and path != "/_sandbox/health"
    ]
    assert len(calls) >= 10
    like_health = [("delete", "/_sandbox/health/"), ("put", "/_sandbox/worlds/health")]
    for method, path in [*calls, ("get", "/_sandbox/no-such-call"), *like_health]:
        whole = path.replace("{world}", "default").replace("{fault}", "none")
        body = {} if method in ("put", "post", "patch") else NOTHING
        for prefix in ("", "/w/default"):
            heard = guarded.ask(service, method.upper(), prefix + whole, body, token=token)
            assert (heard.status, heard.json["code"]) == (401, "admin-token-required"), f"{method} {path}"
            assert heard.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("service", SERVICES)
def test_health_and_the_services_own_calls_stay_open(guarded, service):
    assert guarded.ask(service, "GET", "/_sandbox/health").status == 200
    assert guarded.ask(service, "GET", "/openapi.json").status == 200
    assert guarded.ask("mailroom", "GET", "/messages").status == 200


def test_with_the_token_the_whole_sandbox_is_controlled(guarded):
    def control(method, path, body=NOTHING):
        return guarded.ask("orchestrator", method, path, body, token=TOKEN)

    assert control("PUT", WORLD, {"scenario": "new-phone"}).status == 201
    for what in ("personas", "journal", "coverage", "sequence", "faults", "policies", "clock"):
        assert control("GET", f"{WORLD}/{what}").status == 200
    assert control("POST", f"{WORLD}/clock", {"advance": "PT1M"}).status == 200
    assert control("POST", f"{WORLD}/faults", {"effect": {"status": 503}, "after": 1000}).status == 201
    assert control("PATCH", f"{WORLD}/policies", {"policies": {"cymmetri": {"block": "PT1H"}}}).status == 200
    for path in ("/_sandbox/worlds", "/_sandbox/scenarios", "/_sandbox/credentials"):
        assert control("GET", path).status == 200
    assert "default" in [world["world"] for world in control("GET", "/_sandbox/worlds").json["worlds"]]
    assert control("DELETE", WORLD).status == 204
