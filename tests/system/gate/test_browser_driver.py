"""The specification played through pages: the console's, and a bank's own by a subclass."""

import json
import os
import shutil
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from registration_sandbox.drivers import NoAnswer, chromium, one_page
from registration_sandbox.gate.results import load
from registration_sandbox.runtime.embedded import free_base_port
from tests.support.turns import todays_shard

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


RECIPE = Path(__file__).parents[3] / "recipes/own_page"
PARTS: dict[str, tuple[list[str], int]] = {
    "": (["features/device_registration/03_register.feature:10", "WR-9.1"], 2),
    "1": (["--shard", todays_shard(96)], 1),
    "all": ([], 240),
}
"""What is played in a quick, a thorough (another part each day) and a whole run; how many people at pages can play."""

DEAF = """<title>Deaf</title><button onclick="heard()">Go on</button><script>
const tell = (name) => dispatchEvent(new CustomEvent(name, { detail: { requestConfig: { verb: "post" } } }));
let presses = 0;
const heard = () => { if (++presses > %d) { tell("htmx:beforeRequest"); tell("htmx:afterSettle"); } };
</script>"""
"""A page that does not notice so many presses of its button."""

CONSOLE = '[system]\nname = "The console\'s pages"\nreplaces = "none"\ndriver = "browser"\n'


@pytest.fixture(autouse=True)
def needs_chromium(require) -> None:
    found = os.environ.get("SANDBOX_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    require("browser", bool(found), "Chromium is not installed; install it, or name it in SANDBOX_CHROMIUM")


def test_what_a_person_at_a_page_can_do_is_played_through_the_consoles_pages(tmp_path, sandbox_command):
    file, results = tmp_path / "console.toml", tmp_path / "results.json"
    file.write_text(CONSOLE)
    wanted, at_least = PARTS[os.environ.get("SANDBOX_THOROUGH", "")]
    said = sandbox_command("test", *wanted, "--against", file, "--results", results, patience=3600)
    run = load(results)
    assert not [f"{one.location} {one.name}" for one in run.scenarios if one.status == "failed"], said.stderr
    passed = [one for one in run.scenarios if one.status == "passed"]
    assert len(passed) >= at_least
    assert all(one.error for one in run.scenarios if one.status == "not-tried")


@pytest.mark.parametrize("unnoticed", [0, 1, 2])
def test_a_press_that_a_page_does_not_notice_is_made_once_more(unnoticed, monkeypatch):
    monkeypatch.setattr(one_page, "NOTICED_MS", 300)
    monkeypatch.setattr(one_page, "ANSWERED_MS", 600)
    page = one_page.OnePage()
    try:
        page.go("data:text/html," + quote(DEAF % unnoticed))
        if unnoticed < 2:
            page.press("button", "button to go on")
        else:
            with pytest.raises(NoAnswer, match="did not notice its button to go on, pressed twice"):
                page.press("button", "button to go on")
        assert page.page.evaluate("presses") == min(unnoticed + 1, 2)
    finally:
        page.close()
        chromium.close()


def test_what_the_pages_cannot_do_is_not_tried_by_name_and_reason(tmp_path, sandbox_command):
    file, results = tmp_path / "console.toml", tmp_path / "results.json"
    file.write_text(CONSOLE)
    sandbox_command("test", "DR-1.8", "--against", file, "--results", results, patience=300)
    scenarios = load(results).scenarios
    assert {one.status for one in scenarios} == {"not-tried"}
    assert "no phone was opened: its page is shown when the app was" in {one.error for one in scenarios}


def test_a_banks_own_page_is_played_by_a_subclass_with_its_selectors(tmp_path, sandbox_command):
    directory = tmp_path / "own_page"
    shutil.copytree(RECIPE, directory)
    file, results = directory / "page.toml", tmp_path / "results.json"
    port = str(free_base_port())
    file.write_text(file.read_text().replace("9910", port).replace('"python3"', json.dumps(sys.executable)))
    said = sandbox_command("test", "WR-11.3", "WR-7.2", "--against", file, "--results", results, patience=300)
    assert said.returncode == 0, said.stdout + said.stderr
    assert {load(results).branches[id].state for id in ("WR-7.2", "WR-11.3")} == {"observed"}
