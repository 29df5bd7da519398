"""The Auth Service's calls."""

import pytest

from tests.support.world import Request

pytestmark = pytest.mark.thorough


UNKNOWN = "0" * 64


@pytest.fixture
def people(chitra, wire):
    """Chitra and Jai, logged in, and the middleware's key."""
    key = wire.ask("orchestrator", "GET", "/_sandbox/credentials").json["SANDBOX_AUTH_SERVICE_API_KEY"]

    class People:
        world = chitra
        middleware = key

        def token(self, name):
            persona = chitra.personas[name]
            body = {"username": persona["username"], "password": persona["password"]}
            said = chitra.ask("auth_service", "POST", "/auth/login", body)
            assert said.status == 200
            assert isinstance(said.body["expiresIn"], int)
            return said.body["token"]

        def path(self, name, rest=""):
            return f"/users/{chitra.personas[name]['username']}{rest}"

        def device(self, name):
            return chitra.personas[name]["handsets"][0]["emCertID"]

        def asks(self, method, path, body=None, token=None):
            return chitra.send(Request("auth_service", method, path, body, token or key))

    return People()


def test_logging_in_wants_cymmetris_credentials(people):
    persona = people.world.personas["Chitra"]
    body = {"username": persona["username"], "password": "wrong"}
    assert people.world.ask("auth_service", "POST", "/auth/login", body).status == 401
    people.world.fault("cymmetri", "", "*", {"reset": True}, times=None)
    body["password"] = persona["password"]
    down = people.world.ask("auth_service", "POST", "/auth/login", body)
    assert down.status == 503
    assert "retry-after" in down.headers


@pytest.mark.parametrize(
    ("method", "rest", "body"),
    [("GET", "", None), ("POST", "/contacts/verify", {"email": "a@b.test"}), ("GET", "/devices", None),
     ("GET", f"/devices/{UNKNOWN}", None), ("PUT", f"/devices/{UNKNOWN}", None),
     ("DELETE", f"/devices/{UNKNOWN}", None)],
)  # fmt: skip
def test_every_call_wants_the_users_token_or_the_middlewares_key(people, method, rest, body):
    path = people.path("Chitra", rest)
    assert people.world.ask("auth_service", method, path, body).status == 401
    assert people.asks(method, path, body, "forged").status == 401
    assert people.asks(method, path, body, people.token("Jai")).status == 403
    assert people.asks(method, path, body).status in (200, 201, 204, 404)
    assert people.asks(method, path, body, people.token("Chitra")).status in (200, 201, 204, 404)


def test_a_user_is_told_with_masked_contacts(people):
    persona = people.world.personas["Chitra"]
    told = people.asks("GET", people.path("Chitra"), token=people.token("Chitra")).body
    assert told.keys() == {"username", "maskedEmail", "maskedMobile"}
    assert told["username"] == persona["username"]
    for masked, whole in (("maskedEmail", "email"), ("maskedMobile", "mobile")):
        assert "•" in told[masked]
        assert told[masked] != persona[whole]


def test_only_the_registered_contact_is_registered(people):
    persona, path = people.world.personas["Chitra"], people.path("Chitra", "/contacts/verify")
    for body, registered in [
        ({"email": persona["email"]}, True),
        ({"email": persona["email"].upper()}, True),
        ({"mobile": persona["mobile"]}, True),
        ({"email": "else@example.test"}, False),
        ({"mobile": "+919999999999"}, False),
    ]:
        assert people.asks("POST", path, body).body == {"registered": registered}
    for body in ({}, {"email": persona["email"], "mobile": persona["mobile"]}):
        assert people.asks("POST", path, body).status == 400


def test_a_device_is_added_once_belongs_to_one_and_is_taken_off(people):
    device = people.device("Chitra")
    path = people.path("Chitra", f"/devices/{device}")
    assert people.asks("GET", path).status == 404
    assert [people.asks("PUT", path).status for _ in range(2)] == [201, 200]
    assert people.asks("GET", path).body["emCertID"] == device
    listed = people.asks("GET", people.path("Chitra", "/devices")).body["devices"]
    assert [each["emCertID"] for each in listed] == [device]
    theirs = people.path("Jai", f"/devices/{device}")
    assert (people.asks("GET", theirs).status, people.asks("PUT", theirs).status) == (404, 409)
    assert people.asks("DELETE", theirs).status == 204
    assert people.asks("GET", path).status == 200
    assert [people.asks("DELETE", path).status for _ in range(2)] == [204, 204]
    assert people.asks("GET", path).status == 404


def test_a_token_of_one_world_is_nothing_in_another(people, new_world):
    token = people.token("Chitra")
    elsewhere = new_world(seed=7, personas=[{"name": "Chitra", "cymmetri": {}}])
    path = f"/users/{elsewhere.personas['Chitra']['username']}"
    assert elsewhere.send(Request("auth_service", "GET", path, token=token)).status == 401


def test_a_token_ends_in_the_worlds_time(people):
    persona = people.world.personas["Chitra"]
    body = {"username": persona["username"], "password": persona["password"]}
    made = people.world.ask("auth_service", "POST", "/auth/login", body).body
    assert people.asks("GET", people.path("Chitra"), token=made["token"]).status == 200
    people.world.advance(f"PT{made['expiresIn']}S")
    assert people.asks("GET", people.path("Chitra"), token=made["token"]).status == 401
