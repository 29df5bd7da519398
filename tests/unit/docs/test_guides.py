"""What the guides tell one to write works as it stands there."""

import re
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

import simulators
from simulators.cbs.app import create_app as create_cbs
from simulators.kit import services
from simulators.kit.faults import effect as effects_module
from simulators.kit.services import ServiceSpec
from simulators.kit.settings import Settings
from tests.conftest import settings_in

GUIDES = Path(__file__).parents[3] / "docs" / "guides"
FILE = re.compile(r"`((?:\w+/)+\w+\.py)`:\n\n```python\n(.*?)```", re.DOTALL)
LINE = re.compile(r"^    (ServiceSpec\(.+\)),$", re.MULTILINE)


def files_of(guide: str) -> dict[str, str]:
    """Return the files that a guide has one write, by their paths."""
    return dict(FILE.findall((GUIDES / guide).read_text("utf-8")))


@pytest.fixture
def in_a_world(tmp_path: Path) -> Callable[[Callable[[Settings], Any], dict[str, Any]], FlaskClient]:
    """Make a service, and in it the world ``mine`` from a part of it."""

    def make(factory: Callable[[Settings], Any], part: dict[str, Any]) -> FlaskClient:
        client: FlaskClient = factory(settings_in(tmp_path)).test_client()
        assert client.put("/_sandbox/worlds/mine", json=part).status_code == 201
        return client

    return make


def test_the_fake_of_the_guide_answers_in_its_worlds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_a_world: Callable[..., FlaskClient]
) -> None:
    written = files_of("add-a-fake.md")
    assert {Path(path).name for path in written} >= {"__init__.py", "models.py", "routes.py", "tables.py", "app.py"}
    for path, text in written.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (line,) = LINE.findall((GUIDES / "add-a-fake.md").read_text("utf-8"))
    spec = eval(line, {"ServiceSpec": ServiceSpec})
    assert not find_spec(f"simulators.{spec.name}"), "there is a fake of the guide's name already"
    monkeypatch.setattr(simulators, "__path__", [*simulators.__path__, str(tmp_path / "simulators")])
    monkeypatch.setitem(services._BY_NAME, spec.name, spec)
    try:
        client = in_a_world(spec.load_factory(), {"policies": {"names": ["Asha Rao"]}})
        listed = client.post("/w/mine/sanctions/screenings", json={"legalName": " asha  RAO"})
        assert (listed.status_code, listed.get_json()) == (200, {"listed": True, "screenedBefore": 0})
        again = client.post("/w/mine/sanctions/screenings", json={"legalName": "Asha Rao"})
        assert again.get_json() == {"listed": True, "screenedBefore": 1}
        other = client.post("/w/mine/sanctions/screenings", json={"legalName": "Bilal"})
        assert other.get_json() == {"listed": False, "screenedBefore": 0}
        empty = client.post("/w/mine/sanctions/screenings", json={"legalName": ""})
        assert (empty.status_code, empty.get_json()["field"]) == (400, "legalName")
        (decided, *_) = client.get("/_sandbox/worlds/mine/journal").get_json()["exchanges"][0]["decisions"]
        assert decided["rule"] == "sanctions.name"
    finally:
        for name in [name for name in sys.modules if name.startswith("simulators.sanctions")]:
            del sys.modules[name]


def test_the_fault_of_the_guide_strikes_as_it_says(
    monkeypatch: pytest.MonkeyPatch, in_a_world: Callable[..., FlaskClient]
) -> None:
    monkeypatch.setattr(effects_module, "_EFFECTS", dict(effects_module.effects()))
    (text,) = files_of("add-a-fault.md").values()
    exec(text, {"__name__": "rate_limited"})
    fault = {"service": "cbs", "path": "/cbs/customers/search", "effect": {"rate_limited": 30}, "times": 1}
    client = in_a_world(create_cbs, {"faults": [fault]})
    struck = client.post("/w/mine/cbs/customers/search", json={"cif": "1"})
    assert (struck.status_code, struck.headers["Retry-After"]) == (429, "30")
    assert client.post("/w/mine/cbs/customers/search", json={"cif": "1"}).status_code == 200
    refused = client.post("/_sandbox/worlds/mine/faults", json={**fault, "effect": {"rate_limited": 0}})
    assert (refused.status_code, refused.get_json()["field"]) == (400, "effect.rate_limited")


def test_the_scenario_of_the_guide_makes_a_world() -> None:
    from registration_sandbox.worlds.people import expand
    from registration_sandbox.worlds.reading import read

    text = (GUIDES / "add-a-persona.md").read_text("utf-8")
    (written,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (lata,) = expand(read(written, "scenarios/hotlisted-and-new-card.yaml")).people
    assert [card.status for card in lata.cards] == ["hotlisted", "active"]
    assert f"Given Lata, {lata_about(written)}" in text


def lata_about(written: str) -> str:
    return next(line.partition("about: ")[2] for line in written.splitlines() if "about: " in line)
