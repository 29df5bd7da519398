"""The mailroom's calls."""

import threading
import time

import pytest

from simulators.kit.clock import pause

pytestmark = pytest.mark.thorough


MESSAGE = {
    "channel": "email", "to": "asha@example.test", "subject": "Your code", "body": "It is 123456.",
    "purpose": "email-otp", "sender": "cymmetri",
}  # fmt: skip


@pytest.fixture
def post(asha):
    def deliver(**changed):
        said = asha.ask("mailroom", "POST", "/messages", {**MESSAGE, **changed})
        assert said.status == 201
        return said.body

    return deliver


@pytest.fixture
def found(asha):
    def look(query=""):
        return [message["id"] for message in asha.ask("mailroom", "GET", f"/messages?{query}").body["messages"]]

    return look


def test_a_delivered_message_has_all_its_fields(asha, post):
    made = post(code="123456")
    assert made.keys() == {"id", "channel", "to", "subject", "body", "code", "purpose", "sender", "sent_at"}
    assert made["sent_at"] == "2026-01-05T09:00:00Z"
    assert asha.ask("mailroom", "GET", "/messages").body == {"messages": [made]}
    assert {**MESSAGE, "code": "123456"}.items() <= made.items()


def test_messages_are_listed_newest_first_and_filtered(asha, post, found):
    first = post()["id"]
    second = post(channel="sms", to="+91 90000 00001", purpose="mobile-otp")["id"]
    asha.advance("PT1M")
    third = post(purpose="sign-up-code")["id"]
    assert found() == [third, second, first]
    assert found("to=ASHA@example.test") == [third, first]
    assert found("to=%2B919000000001") == [second]
    assert found("channel=sms") == [second]
    assert found("purpose=email-otp") == [first]
    assert found(f"since={first}") == [third, second]
    assert found("since=2026-01-05T09:00:00Z") == [third]
    assert found("since=2026-01-05T14:29:59%2B05:30") == [third, second, first]
    assert found("limit=1") == [third]


def test_waiting_blocks_until_a_message_comes(asha, post, found):
    waited = {}

    def wait():
        began = time.monotonic()
        waited["found"] = found("to=asha@example.test&wait=10")
        waited["seconds"] = time.monotonic() - began

    waiter = threading.Thread(target=wait)
    waiter.start()
    pause(0.3)
    made = post()["id"]
    waiter.join(10)
    assert waited["found"] == [made]
    assert 0.2 < waited["seconds"] < 3


def test_waiting_in_vain_ends_with_an_empty_list(found):
    began = time.monotonic()
    assert found("wait=0.3") == []
    assert 0.3 <= time.monotonic() - began < 10


def test_a_wait_that_is_longer_than_can_be_is_not_refused(post, found):
    made = post()["id"]
    assert found("wait=3600") == [made]


@pytest.mark.parametrize(
    ("query", "field"),
    [("wait=-1", "wait"), ("wait=soon", "wait"), ("limit=0", "limit"), ("channel=pigeon", "channel"),
     ("since=soon", "since"), ("to=%00", "to")],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_refused_with_the_field(asha, query, field):
    said = asha.ask("mailroom", "GET", f"/messages?{query}")
    assert (said.status, said.body["field"]) == (400, field)
