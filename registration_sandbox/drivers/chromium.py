"""One Chromium for a process, in which every person has a profile of their own."""

import os
import shutil
from typing import Any

from registration_sandbox.drivers.protocols import CannotDo

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE_MS = 20_000

_running: list[Any] = []


def new_context() -> Any:
    """Return a new profile. Raises CannotDo where Playwright or a Chromium is missing."""
    if not _running:
        _running.extend(_start())
    context = _running[1].new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 1600})
    context.set_default_timeout(PATIENCE_MS)
    return context


def close() -> None:
    """End the browser of this process, if there is one."""
    if _running:
        playwright, browser = _running
        _running.clear()
        browser.close()
        playwright.stop()


def _start() -> tuple[Any, Any]:
    """Start the system's Chromium, else the one that Playwright has installed."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise CannotDo("Playwright is not installed: pip install 'registration-sandbox[browser]'") from error
    named = os.environ.get("SANDBOX_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    playwright = sync_playwright().start()
    try:
        return playwright, playwright.chromium.launch(executable_path=named, args=list(ARGUMENTS))
    except Error as error:
        playwright.stop()
        words = "no Chromium starts; install one, or name it in SANDBOX_CHROMIUM"
        raise CannotDo(f"{words}: {str(error).splitlines()[0]}") from error
