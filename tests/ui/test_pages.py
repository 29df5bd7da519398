"""What the pages show, and where their links lead."""

from collections.abc import Callable

import pytest

from orchestrator.flows.branches import branches
from simulators.kit.services import SERVICES
from tests.support.world import World
from tests.ui.watching import Watched

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


Open = Callable[..., Watched]
PAGE = 100


def begun(world: World, name: str = "Asha") -> str:
    body = {"flow": "web", "deviceId": "laptop", "type": "CIF", "id": world.personas[name]["cif"]}
    made = world.ask("orchestrator", "POST", "/registrations", body).body
    world.ask(
        "orchestrator", "POST", f"/_sandbox/worlds/{world.name}/clock", {"settle": True}
    )  # the pages change no more
    return str(made["id"])


@pytest.mark.thorough
def test_the_root_leads_to_the_overview_of_the_services(opened: Open, world: World) -> None:
    browser = opened(world)
    page = browser.load()
    assert page.locator("#services tbody tr").count() == len(SERVICES)
    assert page.locator("#services .status.good").count() == len(SERVICES)
    page.get_by_role("link", name="Registration sandbox").click()
    page.get_by_role("heading", name=f"World {world.name}").wait_for()


def test_an_arrow_leads_to_the_exchange_and_to_why_it_was_answered_so(opened: Open, world: World) -> None:
    page = opened(world).go(f"/registrations/{begun(world)}")
    page.locator("#sequence a", has_text="WR-1.2").last.locator("text").first.click()
    page.get_by_role("heading", name="Why this answer").wait_for()
    page.get_by_text("not in Cymmetri but found in CBS").first.wait_for()
    page.get_by_text("identity.in_cbs").wait_for()
    page.get_by_text("documents/web_registration.md").wait_for()


@pytest.mark.thorough
def test_an_exchange_can_be_copied_as_curl_with_its_secrets_masked(opened: Open, world: World) -> None:
    registration = begun(world)
    said = world.ask(
        "orchestrator", "POST", f"/registrations/{registration}/actions/verify-email-otp", {"otp": "123456"}
    )
    page = opened(world, permissions=["clipboard-read", "clipboard-write"]).go(
        f"/exchanges/{said.headers['sandbox-exchange']}"
    )
    page.get_by_role("button", name="Copy as curl").click()
    page.get_by_role("button", name="Copied").wait_for()
    command = page.evaluate("navigator.clipboard.readText()")
    assert command.startswith("curl -i -X POST http://127.0.0.1:")
    assert f"sandbox.world={world.name}" in command
    assert "•••" in command
    assert "123456" not in page.content()


@pytest.mark.thorough
def test_an_exchange_shows_the_headers_of_request_and_answer_masked(opened: Open, world: World) -> None:
    said = world.ask("cbs", "GET", "/cbs/user-ids/nobody", token="not-to-be-seen")
    page = opened(world).go(f"/exchanges/{said.headers['sandbox-exchange']}")
    page.locator("summary", has_text="of the request").click()
    page.locator("details pre", has_text="Authorization: Bearer •••").wait_for()
    page.locator("summary", has_text="of the answer").click()
    page.get_by_text(f"Sandbox-Exchange: {said.headers['sandbox-exchange']}").wait_for()
    assert "-H 'authorization: Bearer •••'" in (page.locator("#curl-command").text_content() or "")
    assert "not-to-be-seen" not in page.content()


@pytest.mark.thorough
def test_the_journal_is_read_page_by_page(opened: Open, world: World) -> None:
    for number in range(PAGE + 5):
        world.ask("cbs", "GET", f"/cbs/user-ids/somebody-{number}")
    page = opened(world).go("/journal")
    assert page.locator("table.exchanges tbody tr").count() == PAGE
    page.get_by_role("link", name="somebody-104").wait_for()
    page.get_by_role("link", name="Earlier exchanges").click()
    page.get_by_role("link", name="somebody-4", exact=False).first.wait_for()
    assert not page.get_by_role("link", name="somebody-5", exact=False).count()


@pytest.mark.thorough
def test_the_journal_is_narrowed_to_a_branch(opened: Open, world: World) -> None:
    begun(world)
    page = opened(world).go("/journal")
    page.get_by_label("Branch").fill("WR-1.*")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="WR-1.2").first.wait_for()
    assert page.locator("table.exchanges tbody tr").count() == 1


def test_the_specification_tells_every_branch_and_where_it_was_taken(opened: Open, world: World) -> None:
    begun(world)
    page = opened(world).go("/specification")
    assert page.locator("table.matrix tbody tr:not(.step)").count() == len(branches())
    page.locator("[id='WR-1.2']").get_by_role("link", name="1 times").wait_for()
    page.get_by_text("Draw this flow").first.click()
    page.locator("svg.flow").wait_for()
    page.get_by_role("link", name="Web registration, step 2").first.click()
    page.get_by_text("enters a wrong code").first.wait_for()


@pytest.mark.thorough
def test_a_world_is_made_and_its_clock_is_set(opened: Open, world: World) -> None:
    browser = opened(world)
    page = browser.go("/control")
    page.get_by_label("Into the world").fill(f"{world.name}-two")
    page.get_by_role("button", name="two-phones").click()
    page.get_by_role("link", name="Play").click()
    page.get_by_role("link", name="Uma").wait_for()
    page.get_by_role("link", name="Control").click()
    page.get_by_role("button", name="Stop it").click()
    page.get_by_role("button", name="Let it run").wait_for()
    page.get_by_label("Set it to").fill("2030-01-05T09:00:00")
    page.get_by_role("button", name="Set", exact=True).click()
    page.locator(".clock", has_text="5 January 2030").wait_for()


@pytest.mark.thorough
def test_a_fault_that_is_none_is_refused_in_words(opened: Open, world: World) -> None:
    browser = opened(world)
    browser.expected.add("status of 400")
    page = browser.go("/control")
    page.get_by_text("Any other fault").click()
    page.get_by_label("Effect, as JSON").fill('{"explode": true}')
    page.get_by_role("button", name="Add this fault").click()
    page.get_by_role("alert").filter(has_text="There is no effect 'explode'").wait_for()


@pytest.mark.thorough
def test_a_page_that_is_not_there_says_so(opened: Open, world: World) -> None:
    browser = opened(world)
    browser.expected.add("status of 404")
    page = browser.load("/exchanges/0000000000000000")
    page.get_by_text("There is no exchange").wait_for()
    page = browser.load("/nowhere")
    page.get_by_role("heading", name="Not found").wait_for()
