"""The mailroom over HTTP: what is delivered, and how it is found."""

from io import BytesIO

import pytest
from werkzeug.exceptions import RequestTimeout

from simulators.kit.services import SERVICES
from simulators.kit.settings import Settings
from simulators.kit.store.connections import Connections
from simulators.kit.store.failures import StoreFailure, Trouble
from simulators.mailroom.app import create_app
from tests.conftest import settings_in

EMAIL = {
    "channel": "email", "to": "Asha@Example.test", "subject": "Your code", "body": "Code 123456", "code": "123456",
    "purpose": "otp", "sender": "cymmetri",
}  # fmt: skip
SMS = EMAIL | {"channel": "sms", "to": "98765 43210", "purpose": "mobile-otp"}


@pytest.fixture
def client(tmp_path):
    urls = dict.fromkeys(SERVICES, "http://127.0.0.1:1")
    client = create_app(Settings(urls, tmp_path, {}, "signing-key")).test_client()
    client.put("/_sandbox/worlds/default", json={"seed": 7, "clock": {"set": "2026-01-05T09:00:00Z", "frozen": True}})
    return client


def deliver(client, message, **changes):
    return client.post("/messages", json=message | changes)


def found(client, **query):
    answer = client.get("/messages", query_string=query)
    assert answer.status_code == 200, answer.json
    return [message["id"] for message in answer.json["messages"]]


def test_a_message_is_delivered_as_it_was_sent(client):
    answer = deliver(client, EMAIL)
    assert answer.status_code == 201
    assert answer.json == EMAIL | {
        "id": answer.json["id"], "to": "asha@example.test", "sent_at": "2026-01-05T09:00:00Z",
    }  # fmt: skip
    assert client.get("/messages").json == {"messages": [answer.json]}


def test_an_email_is_found_in_any_letter_case_and_an_sms_in_any_usual_spelling(client):
    email, sms = (deliver(client, message).json["id"] for message in (EMAIL, SMS))
    assert found(client, to="asha@EXAMPLE.test") == [email]
    for spelling in ("+919876543210", "919876543210", "9876543210", "098765-43210"):
        assert found(client, to=spelling) == [sms]
    assert client.get("/messages?to=+919876543210").json["messages"][0]["id"] == sms
    assert found(client, to="dev@example.test") == []


def test_messages_are_listed_newest_first_by_channel_purpose_and_since(client):
    first, second, third = (deliver(client, message).json["id"] for message in (EMAIL, SMS, EMAIL))
    assert found(client) == [third, second, first]
    assert found(client, channel="sms") == [second]
    assert found(client, purpose="otp") == [third, first]
    assert found(client, since=first) == [third, second]
    assert found(client, limit=1) == [third]


def test_messages_since_an_instant_are_those_sent_after_it(client):
    deliver(client, EMAIL)
    client.post("/_sandbox/worlds/default/clock", json={"advance": "PT5M"})
    later = deliver(client, EMAIL).json["id"]
    assert found(client, since="2026-01-05T09:01:00Z") == [later]


def test_waiting_ends_with_the_message_that_is_there_or_with_none(client):
    assert found(client, to="asha@example.test", wait="0.05") == []
    sent = deliver(client, EMAIL).json["id"]
    assert found(client, to="asha@example.test", wait="30") == [sent]


@pytest.mark.parametrize("wait", ["-1", "soon", "nan"])
def test_a_wait_that_is_no_number_of_seconds_is_refused(client, wait):
    answer = client.get("/messages", query_string={"wait": wait})
    assert (answer.status_code, answer.json["field"]) == (400, "wait")


@pytest.mark.parametrize(("wrong", "field"), [({"since": "yesterday"}, "since"), ({"channel": "fax"}, "channel")])
def test_what_cannot_be_asked_for_is_refused_with_the_field(client, wrong, field):
    answer = client.get("/messages", query_string=wrong)
    assert (answer.status_code, answer.json["field"]) == (400, field)


def test_the_same_idempotency_key_delivers_once(client):
    first, again = (client.post("/messages", json=EMAIL, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert len(found(client)) == 1


def test_an_idempotency_key_has_at_most_255_characters(client):
    statuses = [
        client.post("/messages", json=EMAIL, headers={"Idempotency-Key": "k" * length}).status_code
        for length in (255, 256)
    ]
    assert statuses == [201, 400]
    refused = client.post("/messages", json=EMAIL, headers={"Idempotency-Key": "k" * 256}).json
    assert (refused["code"], refused["field"]) == ("validation-failed", "Idempotency-Key")


class Late(BytesIO):
    """A body whose rest does not come in time."""

    def readinto(self, _):
        raise RequestTimeout


def test_a_body_that_does_not_come_in_time_is_told(client):
    late = {"wsgi.input": Late(), "CONTENT_LENGTH": "10", "CONTENT_TYPE": "application/json"}
    answer = client.post("/messages", environ_overrides=late)
    assert (answer.status_code, answer.json["code"]) == (408, "request-timeout")


@pytest.mark.parametrize("contact", ["email", "mobile"])
def test_whose_an_address_is_can_be_told_of_any_that_a_message_can_go_to(client, contact):
    for length, status in ((320, 204), (321, 400)):
        people = {"people": [{"name": "Asha", contact: "a" * length}]}
        answer = client.post("/_sandbox/worlds/default/addressees", json=people)
        assert answer.status_code == status
    assert answer.json["field"] == f"people[0].{contact}"


@pytest.mark.parametrize(
    ("wrong", "field"), [({"channel": "fax"}, "channel"), ({"to": ""}, "to"), ({"purpose": None}, "purpose")]
)
def test_what_is_no_message_is_refused_with_the_field(client, wrong, field):
    answer = deliver(client, EMAIL, **wrong)
    assert (answer.status_code, answer.json["field"]) == (400, field)
    assert found(client) == []


def test_codes_stay_out_of_the_journal(client):
    deliver(client, EMAIL)
    client.get("/messages")
    journal = client.get("/_sandbox/worlds/default/journal").get_data(as_text=True)
    assert "asha@example.test" in journal
    assert "123456" not in journal


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
@pytest.mark.parametrize(("path", "field"), [("mail/%00", "id"), ("messages?since=%00", "since")])
def test_the_inbox_refuses_what_no_database_can_look_for(request, tmp_path, database, path, field):
    url = request.getfixturevalue("make_database")() if database == "postgres" else None
    client = create_app(settings_in(tmp_path, database_url=url)).test_client()
    client.put("/_sandbox/worlds/default", json={})
    answer = client.get(f"/inbox/{path}")
    assert (answer.status_code, answer.json["field"]) == (400, field)


@pytest.mark.parametrize("path", ["mail/any", "messages"])
def test_the_inbox_tells_that_its_store_fails(client, monkeypatch, path):
    def fail(*_):
        raise StoreFailure(Trouble.UNREACHABLE, "the database")

    monkeypatch.setattr(Connections, "read", fail)
    answer = client.get(f"/inbox/{path}")
    assert (answer.status_code, answer.json["code"]) == (503, "storage-unreachable")
