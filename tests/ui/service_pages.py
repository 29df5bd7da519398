"""Opens pages of a single service, watched: no errors, no requests to elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from registration_sandbox.runtime.embedded import RunningSandbox
from tests.ui.watching import PATIENCE_MS

Open = Callable[..., Any]


@contextmanager
def pages_of(chromium: Any, sandbox: RunningSandbox) -> Iterator[Open]:
    """Give what opens a page of a service; at the end, pages must have met no error and asked nobody else."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []

    def open_at(service: str, path: str) -> Any:
        own = urlsplit(sandbox.urls[service]).netloc
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)

        def check_request(request: Any) -> None:
            place = urlsplit(request.url)
            if place.scheme not in ("data", "blob") and place.netloc != own:
                complaints.append(f"asked somebody else: {request.url}")

        def check_message(message: Any) -> None:
            if message.type in ("error", "warning"):
                complaints.append(f"{message.type}: {message.text}")

        page.on("request", check_request)
        page.on("console", check_message)
        page.on("pageerror", lambda error: complaints.append(f"script failed: {error}"))
        page.goto(sandbox.urls[service] + path)
        return page

    yield open_at
    context.close()
    assert complaints == []
