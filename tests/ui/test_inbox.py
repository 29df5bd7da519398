"""The mailroom's inbox: who has got what, found by words, as it comes, HTML mail as a mail program shows it."""

from collections.abc import Iterator
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox
from tests.support.world import World
from tests.ui.service_pages import Open, pages_of
from tests.ui.test_accessibility import AXE, violations

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


HTML_MAIL = """<!doctype html><html><head><style>h1 { color: rgb(1, 2, 3); }</style></head><body>
<h1>Welcome, Asha</h1><p>Your <b>account</b> is open.</p><a href="https://bank.example/">Log in</a></body></html>"""


@pytest.fixture
def open_page(chromium: Any, sandbox: RunningSandbox) -> Iterator[Open]:
    with pages_of(chromium, sandbox) as open_at:
        yield open_at


@pytest.fixture
def inbox(open_page: Open, world: World) -> Any:
    """The inbox of the world, when it watches for messages."""
    send(world, "asha@example.test", "Your code is 123456.", subject="Your code", code="123456")
    send(world, "+919000000001", "Your mobile code is 654321.", channel="sms", code="654321")
    page = open_page("mailroom", f"/w/{world.name}/")
    page.locator("body[data-watching=yes]").wait_for()
    return page


def send(world: World, to: str, body: str, *, channel: str = "email", subject: str = "", code: str = "") -> None:
    message = {"channel": channel, "to": to, "body": body, "subject": subject, "purpose": "test", "sender": "bank"}
    said = world.ask("mailroom", "POST", "/messages", message | ({"code": code} if code else {}))
    assert said.status == 201, said.text


def test_messages_are_listed_by_person_and_read(inbox: Any) -> None:
    assert inbox.locator("#messages li").count() == 2
    inbox.get_by_role("button", name="asha@example.test (1)").click()
    assert inbox.locator("#messages li").count() == 1
    inbox.locator("#messages button").click()
    reader = inbox.locator("#reader")
    reader.get_by_role("heading", name="Your code").wait_for()
    assert reader.locator(".body").inner_text() == "Your code is 123456."
    assert reader.locator("code").inner_text() == "123456"


def test_messages_to_a_person_of_the_world_are_under_the_name(open_page: Open, world: World) -> None:
    asha = world.personas["Asha"]
    send(world, asha["email"].upper(), "Your code is 123456.", subject="Your code")
    send(world, asha["mobile"], "Your mobile code is 654321.", channel="sms")
    path = f"/_sandbox/worlds/{world.name}/people/Asha"
    changed = world.ask("orchestrator", "PATCH", path, {"email": "new@example.test"})
    assert changed.status == 200, changed.text
    send(world, "new@example.test", "Welcome.", subject="Welcome")
    page = open_page("mailroom", f"/w/{world.name}/")
    page.get_by_role("button", name="Asha (3)").click()
    page.locator("#messages").get_by_text("Welcome").click()
    page.locator("#reader").get_by_text("Asha, new@example.test").wait_for()


def test_messages_are_found_by_words_of_theirs(inbox: Any) -> None:
    inbox.get_by_label("Search").fill("MOBILE code")
    assert inbox.locator("#messages li").count() == 1
    inbox.get_by_label("Search").fill("no such words")
    inbox.get_by_text("No messages.").wait_for()


def test_a_message_appears_when_it_comes_and_leaves_no_trace_in_the_journal(inbox: Any, world: World) -> None:
    send(world, "late@example.test", "I have just come.", subject="News")
    inbox.locator("#messages").get_by_text("News").wait_for()
    inbox.get_by_role("button", name="late@example.test (1)").wait_for()
    paths = {each["path"] for each in world.exchanges(service="mailroom")}
    assert paths == {"/messages"}


def test_an_html_mail_is_shown_as_a_mail_program_does(inbox: Any, world: World) -> None:
    send(world, "asha@example.test", HTML_MAIL, subject="Welcome")
    inbox.locator("#messages").get_by_text("Welcome").click()
    frame = inbox.frame_locator("#reader iframe")
    heading = frame.get_by_role("heading", name="Welcome, Asha")
    heading.wait_for()
    assert heading.evaluate("each => getComputedStyle(each).color") == "rgb(1, 2, 3)"
    assert inbox.locator("#reader iframe").get_attribute("sandbox") == ""


def test_the_inbox_has_no_barrier(inbox: Any) -> None:
    inbox.locator("#messages button").first.click()
    inbox.evaluate(AXE.read_text("utf-8"))
    assert not violations(inbox)


def test_a_mail_runs_no_script_and_asks_nobody(world: World) -> None:
    send(world, "asha@example.test", HTML_MAIL)
    id = world.messages()[0]["id"]
    policy = world.ask("mailroom", "GET", f"/inbox/mail/{id}").headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'; ")
    assert not any(word in policy for word in ("script-src", "http", "allow-", "*"))


def test_another_world_is_chosen_on_the_page(inbox: Any, world: World) -> None:
    inbox.get_by_label("World").fill("default")
    inbox.get_by_role("button", name="Open").click()
    inbox.wait_for_url("**/w/default/")
    inbox.locator("body[data-watching=yes]").wait_for()
    assert inbox.get_by_label("World").input_value() == "default"


def test_what_is_no_html_mail_is_not_there(world: World) -> None:
    send(world, "asha@example.test", "1 < 2 and 3 > 2")
    id = world.messages()[0]["id"]
    for path in (f"/inbox/mail/{id}", "/inbox/mail/none"):
        assert world.ask("mailroom", "GET", path).status == 404
    assert world.ask("mailroom", "GET", "/w/no-such-world/inbox/messages").status == 404
