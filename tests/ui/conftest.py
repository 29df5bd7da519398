"""One sandbox and one Chromium for these tests; every page is watched for errors, and for requests to elsewhere."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox
from tests.support.world import World
from tests.ui.watching import ARGUMENTS, Watched

TWO_PEOPLE = {
    "name": "two-people",
    "personas": [
        {"name": "Asha", "cbs": {"cards": [{"type": "DEBIT"}, {"type": "CREDIT"}]}},
        {"name": "Chitra", "cymmetri": {}, "phones": [{"model": "Pixel 9"}]},
    ],
}

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium_path(require: Callable[[str, bool, str], None]) -> str:
    """The system's Chromium, or the one that ``SANDBOX_CHROMIUM`` names; none is ever downloaded."""
    found = os.environ.get("SANDBOX_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    require("browser", found is not None, "Chromium is not installed; install it, or name it in SANDBOX_CHROMIUM")
    return str(found)


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=chromium_path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sandbox() -> Iterator[RunningSandbox]:
    with tempfile.TemporaryDirectory(prefix="sandbox-") as directory, running_sandbox(Path(directory)) as running:
        yield running


@pytest.fixture(scope="session")
def shared(chromium: Any) -> Any:
    """A browser that tests open their pages in one after the other: it has the assets already."""
    return chromium.new_context(reduced_motion="reduce")


@pytest.fixture
def opened(chromium: Any, shared: Any, sandbox: RunningSandbox) -> Iterator[Callable[..., Watched]]:
    """Open a page; with settings, in a browser of its own.

    At the end it must have met no error, and asked nobody but the sandbox.
    """
    every: list[Watched] = []

    def opened(world: World, **settings: Any) -> Watched:
        context = chromium.new_context(**settings) if settings else shared
        every.append(Watched(context.new_page(), sandbox, world))
        return every[-1]

    yield opened
    for each in every:
        each.page.close()
        if each.page.context != shared:
            each.page.context.close()
    for each in every:
        assert not each.complaints


@pytest.fixture
def world(sandbox: RunningSandbox) -> World:
    """Asha, who registers on the web site, and Chitra, who adds a phone, in a world of their own."""
    return World(sandbox, TWO_PEOPLE)
