"""A browser that is watched: errors on its console, scripts that fail, requests that leave the sandbox."""

from typing import Any
from urllib.parse import urlsplit

from registration_sandbox.runtime.embedded import RunningSandbox
from tests.support.world import World

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE_MS = 10_000


class Watched:
    """A page on the console of one world."""

    def __init__(self, page: Any, sandbox: RunningSandbox, world: World) -> None:
        self.complaints: list[str] = []
        self.expected: set[str] = {"htmx:sendAbort", "htmx:afterRequest"}
        """What the console may say: a press aborts the parts that were asked for before, and htmx calls that errors."""
        self.world = world
        self._own = urlsplit(sandbox.urls["orchestrator"]).netloc
        self._root = f"{sandbox.urls['orchestrator']}/console/w/{world.name}"
        self.page = page
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("request", self._asked)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script failed: {error}"))

    def go(self, path: str = "") -> Any:
        """Open a page of the world's console and wait until it is kept up to date; return the page."""
        self.page.goto(self._root + path)
        self.page.locator("body[data-watching=yes]").wait_for()
        return self.page

    def load(self, path: str = "") -> Any:
        """Open a page, and wait for nothing beyond."""
        self.page.goto(self._root + path)
        return self.page

    def _asked(self, request: Any) -> None:
        place = urlsplit(request.url)
        if place.scheme != "data" and place.netloc != self._own:
            self.complaints.append(f"asked somebody else: {request.url}")

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning") and not any(each in message.text for each in self.expected):
            self.complaints.append(f"{message.type}: {message.text}")
