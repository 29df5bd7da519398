"""The page of a service's API: an operation is tried on it, in a world, and nobody else is asked."""

from collections.abc import Iterator
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox
from simulators.kit.services import SERVICES
from tests.support.world import World
from tests.ui.service_pages import Open, pages_of

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


@pytest.fixture
def open_page(chromium: Any, sandbox: RunningSandbox) -> Iterator[Open]:
    with pages_of(chromium, sandbox) as open_at:
        yield open_at


@pytest.mark.parametrize("service", SERVICES)
def test_a_page_shows_the_service_s_operations_before_the_control_plane_s(open_page: Open, service: str) -> None:
    page = open_page(service, "/docs")
    page.locator(".opblock-tag").first.wait_for()
    tags = page.locator(".opblock-tag").evaluate_all("tags => tags.map(tag => tag.dataset.tag)")
    of_control = [tag.startswith("control plane") for tag in tags]
    assert not of_control[0]
    assert of_control == sorted(of_control)
    assert page.locator(".opblock").count() > 10


def test_an_operation_is_tried_in_the_world_that_the_page_is_opened_in(open_page: Open, world: World) -> None:
    world.client.call("mailroom", "POST", "/messages", {
        "channel": "sms", "to": "+919000000001", "body": "Hello", "purpose": "greeting", "sender": "bank",
    })  # fmt: skip
    page = open_page("mailroom", f"/w/{world.name}/docs")
    block = page.locator("#operations-messages-getMessages")
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Execute").click()
    answer = block.locator(".live-responses-table")
    answer.get_by_text("200", exact=True).first.wait_for()
    assert "greeting" in answer.inner_text()
    assert f"/w/{world.name}/messages" in block.locator(".request-url").inner_text()


def test_another_world_is_chosen_on_the_page(open_page: Open, world: World) -> None:
    page = open_page("cbs", "/docs")
    chosen = page.locator(".servers input")
    assert chosen.input_value() == "default"
    chosen.fill(world.name)
    block = page.locator("#operations-customers_and_cards-listCards")
    block.locator(".opblock-summary-control").click()
    block.locator("input[placeholder=cif]").fill(world.personas["Asha"]["cif"])
    block.get_by_role("button", name="Execute").click()
    answer = block.locator(".live-responses-table")
    answer.get_by_text("200", exact=True).first.wait_for()
    assert "DEBIT" in answer.inner_text()
