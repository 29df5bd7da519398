"""Worlds that two testers make at the same moment: what one has made, another does not replace unasked."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from registration_sandbox.console.app import create_app
from registration_sandbox.worlds import making, undo
from simulators.kit.errors import SandboxRefusal
from tests.support.house import House

BINA = {"name": "bina", "personas": [{"name": "Bina"}]}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.make("default", {"personas": []})
    yield made
    made.close()


def post(client: FlaskClient, path: str, **form: str) -> TestResponse:
    """Send a form of the console."""
    token = re.search('name="token" value="([^"]+)"', client.get("/console/w/default/control").text)
    assert token
    return client.post(f"/console/{path}", data={"token": token[1], **form})


def people(house: House, world: str) -> list[str]:
    return [person.name for person in making.everyone(house.control_plane, world).personas]


def test_a_world_that_comes_while_another_of_its_name_is_loaded_is_asked_about(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(house.control_plane).test_client()
    install = making.install

    def install_second(*args: Any, **more: Any) -> Any:
        monkeypatch.setattr(making, "install", install)
        house.make("mine", BINA)
        return install(*args, **more)

    monkeypatch.setattr(making, "install", install_second)
    asked = post(client, "w/default/control/load", name="mine", scenario="new-customer")
    assert (asked.status_code, "Replace mine?" in asked.text) == (200, True)
    assert people(house, "mine") == ["Bina"]
    done = post(client, "w/default/control/load", name="mine", scenario="new-customer", sure="yes")
    assert (done.status_code, people(house, "mine")) == (303, ["Asha"])


def test_a_world_that_comes_while_another_of_its_name_is_brought_back_stays(house: House) -> None:
    house.make("mine", {"personas": [{"name": "Asha"}]})
    keeper = undo.CopyKeeper(house.control_plane, "deleted")
    making.unmake(house.control_plane, "mine", keeper=keeper)
    house.make("mine", BINA)
    with pytest.raises(SandboxRefusal, match=making.EXISTS):
        undo.bring_back(house.control_plane, keeper.kept, None, only_new=True)
    assert people(house, "mine") == ["Bina"]
