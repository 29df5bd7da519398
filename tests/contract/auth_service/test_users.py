"""What the Auth Service tells and does for a user: contacts, devices, notifications."""

import threading

import pytest

from simulators.auth_service import sessions, tables
from simulators.auth_service.app import create_app
from simulators.auth_service.policies import AuthServicePolicies
from simulators.auth_service.users import new_user
from simulators.kit.services import SERVICES
from simulators.kit.web.app import service_of
from simulators.kit.wire.client import Reply, UpstreamFailure
from tests.conftest import settings_in

KEY = {"X-API-Key": "auth-key"}
DEVICE = "ab" * 32
USERS = [
    {"username": "Asha", "email": "asha@example.test", "mobile": "98765 43210", "cif": "100"},
    {"username": "dev", "email": None, "mobile": "+919876500000"},
    {"username": "esha", "email": None, "mobile": None},
]
NOTICE = {"purpose": "device-activated", "subject": "Your device is active", "body": "Code 123456", "code": "123456"}


class Mailroom:
    """Takes messages in the mailroom's place, or does what it was told to."""

    def __init__(self):
        self.taken = []
        self.answer = (201, {"id": "m1"})

    def send(self, service, method, path, *, body=None, headers=None, **_):
        if isinstance(self.answer, Exception):
            raise self.answer
        self.taken.append((service, method, path, body, headers.get("Idempotency-Key")))
        return Reply(service, *self.answer, {})


@pytest.fixture
def mailroom():
    return Mailroom()


@pytest.fixture
def app(tmp_path, mailroom):
    urls = dict.fromkeys(SERVICES, "http://127.0.0.1:1")
    app = create_app(settings_in(tmp_path, urls=urls))
    service_of(app).client.send = mailroom.send
    part = {"seed": 7, "clock": {"set": "2026-01-05T09:00:00Z", "frozen": True}, "people": {"users": USERS}}
    assert app.test_client().put("/_sandbox/worlds/default", json=part).status_code == 201
    return app


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def bearer(app):
    """Return the headers of a user who has logged in."""

    def headers(username):
        service, token = service_of(app), sessions.draw_token()
        now = service.worlds.find("default").clock.now()
        user = new_user(username, None, None, None)
        with service.store.transaction("default") as tx:
            tx.insert(tables.sessions, sessions.begin(token, user, now, AuthServicePolicies().token_lifetime))
        return {"Authorization": f"Bearer {token}"}

    return headers


def error_of(answer):
    return answer.status_code, answer.json["error"]


CALLS = [
    ("GET", "", None),
    ("POST", "/contacts/verify", {"email": "asha@example.test"}),
    ("GET", "/devices", None),
    ("GET", f"/devices/{DEVICE}", None),
    ("PUT", f"/devices/{DEVICE}", None),
    ("DELETE", f"/devices/{DEVICE}", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_every_call_wants_the_users_own_token_or_the_api_key(client, bearer, method, path, body):
    def call(headers, username="asha"):
        return client.open(f"/users/{username}{path}", method=method, json=body, headers=headers)

    assert error_of(call({})) == (401, "UNAUTHORIZED")
    assert error_of(call({"Authorization": "Bearer forged"})) == (401, "UNAUTHORIZED")
    assert error_of(call(bearer("dev"))) == (403, "FORBIDDEN")
    assert error_of(call(bearer("dev"), "nobody")) == (403, "FORBIDDEN")
    assert error_of(call(KEY, "nobody")) == (404, "USER_NOT_FOUND")
    expired = bearer("Asha")
    client.post("/_sandbox/worlds/default/clock", json={"advance": "PT30M"})
    assert error_of(call(expired)) == (401, "UNAUTHORIZED")


def test_a_profile_is_masked(client, bearer):
    expected = {"username": "Asha", "maskedEmail": "a•••@example.test", "maskedMobile": "+91••••••3210"}
    assert client.get("/users/asha", headers=bearer("Asha")).json == expected
    assert client.get("/users/ASHA", headers=KEY).json == expected
    assert client.get("/users/esha", headers=KEY).json == {
        "username": "esha", "maskedEmail": None, "maskedMobile": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("contact", "registered"),
    [
        ({"email": "ASHA@example.test"}, True),
        ({"email": "other@example.test"}, False),
        ({"mobile": "+91 98765-43210"}, True),
        ({"mobile": "9876500000"}, False),
    ],
)
def test_whether_a_contact_is_the_registered_one_is_told(client, bearer, contact, registered):
    answer = client.post("/users/asha/contacts/verify", json=contact, headers=bearer("Asha"))
    assert (answer.status_code, answer.json) == (200, {"registered": registered})


@pytest.mark.parametrize("contact", [{}, {"email": "asha@example.test", "mobile": "9876543210"}])
def test_exactly_one_contact_can_be_checked(client, contact):
    answer = client.post("/users/asha/contacts/verify", json=contact, headers=KEY)
    assert error_of(answer) == (400, "VALIDATION_FAILED")


def test_a_device_is_added_once_found_and_removed(client, bearer):
    path, mine = f"/users/asha/devices/{DEVICE}", bearer("Asha")
    assert error_of(client.get(path, headers=mine)) == (404, "DEVICE_NOT_FOUND")
    first = client.put(path, headers=mine)
    assert first.status_code == 201
    assert first.json == {"emCertID": DEVICE, "username": "Asha", "addedAt": "2026-01-05T09:00:00Z"}
    client.post("/_sandbox/worlds/default/clock", json={"advance": "PT1M"})
    again = client.put(path, headers=mine)
    assert (again.status_code, again.json) == (200, first.json)
    assert client.get(path, headers=mine).json == first.json
    assert client.delete(path, headers=mine).status_code == 204
    assert client.get(path, headers=mine).status_code == 404
    assert client.delete(path, headers=mine).status_code == 204


def test_devices_are_listed_in_the_order_in_which_they_were_added(client):
    for device in ("ff" * 32, "00" * 32):
        client.put(f"/users/asha/devices/{device}", headers=KEY)
        client.post("/_sandbox/worlds/default/clock", json={"advance": "PT1S"})
    devices = client.get("/users/asha/devices", headers=KEY).json["devices"]
    assert [device["emCertID"] for device in devices] == ["ff" * 32, "00" * 32]
    assert client.get("/users/dev/devices", headers=KEY).json == {"devices": [], "maxDevices": 5}


def test_a_device_of_another_user_is_neither_added_nor_found_nor_removed_nor_said_whose_it_is(client, bearer):
    client.put(f"/users/asha/devices/{DEVICE}", headers=KEY)
    path, devs = f"/users/dev/devices/{DEVICE}", bearer("dev")
    refused = client.put(path, headers=devs)
    assert error_of(refused) == (409, "DEVICE_OF_ANOTHER_USER")
    assert "asha" not in refused.get_data(as_text=True).lower()
    assert error_of(client.get(path, headers=devs)) == (404, "DEVICE_NOT_FOUND")
    assert client.delete(path, headers=devs).status_code == 204
    assert client.get(f"/users/asha/devices/{DEVICE}", headers=KEY).status_code == 200
    facts = [
        decision["facts"]
        for exchange in client.get("/_sandbox/worlds/default/journal").json["exchanges"]
        if exchange["status"] == 409
        for decision in exchange["decisions"]
    ]
    assert facts == [{"username": "dev", "emCertID": DEVICE, "owner": "asha", "owned": 0, "found": "of another user"}]


def put(client, number, username="asha"):
    return client.put(f"/users/{username}/devices/{number:064x}", headers=KEY)


def test_a_user_has_as_many_devices_as_the_policy_says_and_no_more(client):
    assert [put(client, number).status_code for number in range(5)] == [201] * 5
    refused = put(client, 5)
    assert error_of(refused) == (409, "DEVICE_LIMIT_REACHED")
    assert put(client, 4).status_code == 200
    assert put(client, 5, "dev").status_code == 201
    assert error_of(put(client, 5)) == (409, "DEVICE_OF_ANOTHER_USER")
    assert client.delete(f"/users/asha/devices/{0:064x}", headers=KEY).status_code == 204
    assert put(client, 6).status_code == 201
    assert len(client.get("/users/asha/devices", headers=KEY).json["devices"]) == 5


def test_the_limit_of_devices_is_a_policy_and_lowering_it_takes_none_away(client):
    for number in range(2):
        put(client, number)
    client.patch("/_sandbox/worlds/default/policies", json={"policies": {"max_devices": 1}})
    listed = client.get("/users/asha/devices", headers=KEY).json
    assert (len(listed["devices"]), listed["maxDevices"]) == (2, 1)
    assert error_of(put(client, 2)) == (409, "DEVICE_LIMIT_REACHED")


def test_twenty_associations_at_once_never_pass_the_limit_of_devices(app, client):
    begin = threading.Barrier(20)
    statuses = []

    def associate(number):
        begin.wait()
        statuses.append(put(app.test_client(), number).status_code)

    threads = [threading.Thread(target=associate, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201] * 5 + [409] * 15
    assert len(client.get("/users/asha/devices", headers=KEY).json["devices"]) == 5


def test_the_middleware_and_nobody_else_learns_whose_a_device_is(client, bearer):
    path = f"/devices/{DEVICE}"
    assert error_of(client.get(path, headers=KEY)) == (404, "DEVICE_NOT_FOUND")
    client.put(f"/users/asha/devices/{DEVICE}", headers=KEY)
    answer = client.get(path, headers=KEY)
    assert (answer.status_code, answer.json) == (200, {"username": "Asha"})
    assert error_of(client.get(path, headers=bearer("Asha"))) == (403, "FORBIDDEN")
    assert error_of(client.get(path)) == (401, "UNAUTHORIZED")
    assert error_of(client.get("/devices/none", headers=KEY)) == (400, "VALIDATION_FAILED")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("wrong", ["AB" * 32, "ab" * 31, "xy" * 32])
def test_an_em_cert_id_is_64_lower_case_hexadecimal_digits(client, method, wrong):
    answer = client.open(f"/users/asha/devices/{wrong}", method=method, headers=KEY)
    assert (answer.status_code, answer.json["field"]) == (400, "emCertID")


def test_a_notification_goes_to_the_registered_email(client, mailroom):
    headers = KEY | {"Idempotency-Key": "k1"}
    answer = client.post("/users/asha/notifications", json=NOTICE, headers=headers)
    assert (answer.status_code, answer.json) == (202, {"channel": "email", "to": "a•••@example.test"})
    message = NOTICE | {"channel": "email", "to": "asha@example.test", "sender": "auth_service"}
    assert mailroom.taken == [("mailroom", "POST", "/messages", message, "k1")]


def test_a_key_that_the_mailroom_would_not_take_is_refused(client, mailroom):
    headers = KEY | {"Idempotency-Key": "k" * 256}
    answer = client.post("/users/asha/notifications", json=NOTICE, headers=headers)
    assert (answer.status_code, answer.json["field"], mailroom.taken) == (400, "Idempotency-Key", [])


def test_a_notification_goes_by_sms_where_that_is_wanted_or_there_is_no_email(client, mailroom):
    wanted = client.post("/users/asha/notifications", json=NOTICE | {"channel": "sms"}, headers=KEY)
    fallback = client.post("/users/dev/notifications", json=NOTICE, headers=KEY)
    assert wanted.json == {"channel": "sms", "to": "+91••••••3210"}
    assert fallback.json == {"channel": "sms", "to": "+91••••••0000"}
    assert [(body["to"], key) for *_, body, key in mailroom.taken] == [("+919876543210", None), ("+919876500000", None)]


@pytest.mark.parametrize(("username", "channel"), [("esha", None), ("dev", "email")])
def test_a_notification_without_a_contact_is_refused(client, mailroom, username, channel):
    answer = client.post(f"/users/{username}/notifications", json=NOTICE | {"channel": channel}, headers=KEY)
    assert error_of(answer) == (409, "NO_CONTACT")
    assert mailroom.taken == []


@pytest.mark.parametrize("answer", [UpstreamFailure("mailroom", "could not be reached"), (500, {})])
def test_a_notification_that_the_mailroom_does_not_take_is_try_later(client, mailroom, answer):
    mailroom.answer = answer
    refused = client.post("/users/asha/notifications", json=NOTICE, headers=KEY)
    assert error_of(refused) == (503, "UPSTREAM_UNAVAILABLE")
    assert refused.headers["Retry-After"]


def test_notifications_are_the_middlewares(client, bearer, mailroom):
    path = "/users/asha/notifications"
    assert error_of(client.post(path, json=NOTICE, headers=bearer("Asha"))) == (403, "FORBIDDEN")
    assert error_of(client.post(path, json=NOTICE)) == (401, "UNAUTHORIZED")
    assert mailroom.taken == []


def test_the_text_of_a_notification_stays_out_of_the_journal(client):
    client.post("/users/asha/notifications", json=NOTICE, headers=KEY)
    journal = client.get("/_sandbox/worlds/default/journal").get_data(as_text=True)
    assert "notification.channel" in journal
    assert "123456" not in journal


def test_testers_see_users_and_devices(client):
    client.put(f"/users/asha/devices/{DEVICE}", headers=KEY)
    people = client.get("/_sandbox/worlds/default/people").json
    assert people["users"][0] == {
        "username": "Asha", "email": "asha@example.test", "mobile": "+919876543210", "cif": "100",
    }  # fmt: skip
    assert people["devices"] == [{"username": "Asha", "emCertID": DEVICE}]


@pytest.mark.parametrize(
    ("users", "field"),
    [
        ([{"email": "a@b.test"}], "people.users[0].username"),
        ([*USERS, {"username": "ASHA"}], "people.users[3].username"),
        ([{"username": "x", "shoeSize": 9}], "people.users[0].shoeSize"),
    ],
)
def test_people_who_cannot_be_are_refused_with_the_field(client, users, field):
    answer = client.put("/_sandbox/worlds/other", json={"people": {"users": users}})
    assert (answer.status_code, answer.json["code"], answer.json["field"]) == (400, "bad-world", field)


def test_testers_see_a_user_whose_contact_is_longer_than_any_that_a_scenario_can_give(app, client):
    """Cymmetri, which may be a real one, says what the contacts of a user who logs in are."""
    long = "a" * 400 + "@example.test"
    with service_of(app).store.transaction("default") as tx:
        tx.insert(tables.users, new_user("zoe", long, None, None))
    told = client.get("/_sandbox/worlds/default/people").json["users"]
    assert next(user["email"] for user in told if user["username"] == "zoe") == long
