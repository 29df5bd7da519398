"""Take the README's screenshots from a real run: ``python -m tests.ui.screenshots``.

A sandbox is started for it; both flows are played in it by hand, as the tests do. The pictures go to docs/screenshots/.
"""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox
from tests.support.world import World
from tests.ui.conftest import CHROMIUM
from tests.ui.playing import Played
from tests.ui.watching import ARGUMENTS, Watched

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
WIDE, NARROW = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
COLOURS = 256


def main() -> None:
    """Take every screenshot again."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_sandbox() as sandbox, browsers() as browser:
        world = World(sandbox, {"scenario": "default"}, "demo")
        world.fault("cbs", "GET", "/cbs/user-ids/*", {"delay": {"ms": 150}}, times=None)
        play_both_flows(watched(browser, sandbox, world))
        look_around(watched(browser, sandbox, world))
        look_around(watched(browser, sandbox, world, color_scheme="dark"), "-dark")
        small(watched(browser, sandbox, world, viewport=NARROW))


def play_both_flows(browser: Watched) -> None:
    asha = Played(browser, "Asha")
    asha.says_who()
    asha.is_on("Confirm your email address")
    asha.types_wrong_code()
    asha.sees("2 attempts left")
    asha.inbox.locator(".message").first.wait_for()
    kept(browser, "web-registration")
    chitra = Played(browser, "Chitra")
    chitra.logs_in_to_app()
    chitra.press(chitra.phone, "Show a QR code")
    chitra.phone.get_by_alt_text("QR code of the sign-up").evaluate("image => image.decode()")
    kept(browser, "device-registration")
    chitra.press(chitra.phone, "Hold the Pixel 9 before it")
    chitra.press(chitra.phone, "Activate this phone")
    chitra.sees("This phone is yours, and active", chitra.phone)
    chitra.sees("Your device is active", chitra.inbox)


def look_around(browser: Watched, name: str = "") -> None:
    page = browser.go()
    page.locator("#services .status").first.wait_for()
    kept(browser, f"overview{name}")
    page.get_by_role("link", name="Phone of").first.click()
    page.locator("#sequence svg").wait_for()
    page.locator("#way svg").wait_for()
    kept(browser, f"registration{name}")
    page.locator("#sequence a", has_text="DR-0.1").locator("text").last.click()
    page.get_by_role("heading", name="Why this answer").wait_for()
    kept(browser, f"exchange{name}")
    for path in ("control", "specification"):
        browser.go(f"/{path}")
        kept(browser, f"{path}{name}")


def small(browser: Watched) -> None:
    asha = Played(browser, "Asha")
    asha.says_who()
    asha.is_on("Confirm your email address")
    kept(browser, "narrow")


def kept(browser: Watched, name: str) -> None:
    """Keep what the screen shows at the top of the page, in few colours and so in few bytes."""
    browser.page.evaluate("scrollTo(0, 0)")
    path = FOLDER / f"{name}.png"
    taken = Image.open(io.BytesIO(browser.page.screenshot()))
    taken.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    print(path.relative_to(FOLDER.parents[1]))  # noqa: T201


def watched(browser: Any, sandbox: RunningSandbox, world: World, **context: Any) -> Watched:
    looks = {"viewport": WIDE, "reduced_motion": "reduce", **context}
    return Watched(browser.new_context(**looks).new_page(), sandbox, world)


@contextmanager
def browsers() -> Iterator[Any]:
    """Give the system's Chromium for a block."""
    from playwright.sync_api import sync_playwright

    found = os.environ.get("SANDBOX_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise SystemExit("Chromium is not installed; install it, or name it in SANDBOX_CHROMIUM.")
    with sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
