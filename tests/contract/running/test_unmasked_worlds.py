"""Worlds whose journals are unmasked: made so or never, told wherever the journal goes, and no key is in them."""

import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from registration_sandbox.client import Refused, World
from registration_sandbox.runtime.embedded import RunningSandbox

pytestmark = pytest.mark.thorough

SCENARIO: dict[str, Any] = {
    "seed": 7,
    "personas": [{"name": "Asha", "cbs": {"cards": [{"type": "DEBIT"}]}}, {"name": "Chitra", "cymmetri": {}}],
}


@pytest.fixture
def worlds(sandbox: RunningSandbox) -> Iterator[Any]:
    """Return a function that names worlds, all of which are deleted at the end."""
    made: list[World] = []

    def named() -> World:
        made.append(World(sandbox.urls, f"unmasked-{secrets.token_hex(4)}"))
        return made[-1]

    yield named
    for each in made:
        if each.id in {one["world"] for one in each.call("control_plane", "GET", "/_sandbox/worlds")["worlds"]}:
            each.delete()


def play(world: World) -> dict[str, str]:
    """Log Chitra in, and have Asha enter her email code; return the secrets that were sent."""
    chitra, asha = world.persona("Chitra"), world.persona("Asha")
    token = world.log_in(chitra.username or "", chitra.password or "")
    registration = world.begin_web(asha)
    code = world.inbox(asha).code("email-otp")
    registration.act("verify-email-otp", otp=code)
    return {"password": chitra.password or "", "token": token, "code": code}


def journal(world: World) -> dict[str, Any]:
    answered: dict[str, Any] = world.control("GET", "/journal")
    return answered


def found(world: World, played: dict[str, str]) -> set[str]:
    text = json.dumps([{**each, "answer_headers": {}} for each in journal(world)["exchanges"]])
    return {name for name, secret in played.items() if f'"{secret}"' in text}


def test_an_unmasked_worlds_journal_has_what_was_sent_and_says_so(worlds: Any) -> None:
    world = worlds().make(SCENARIO, unmasked=True)
    assert found(world, play(world)) == {"password", "token", "code"}
    assert journal(world)["unmasked"] is True
    listed = world.call("control_plane", "GET", "/_sandbox/worlds")["worlds"]
    assert [each["unmasked"] for each in listed if each["world"] == world.id] == [True]


def test_any_other_worlds_journal_is_masked(worlds: Any) -> None:
    world = worlds().make(SCENARIO)
    assert found(world, play(world)) == set()
    assert "unmasked" not in journal(world)


def test_keys_and_credentials_are_masked_in_every_world(worlds: Any, sandbox: RunningSandbox) -> None:
    world = worlds().make(SCENARIO, unmasked=True)
    play(world)
    text = json.dumps(journal(world))
    keys = world.call("control_plane", "GET", "/_sandbox/credentials")
    assert len(keys) == 3
    assert not [name for name, key in keys.items() if key in text]
    headers = [each["request_headers"] for each in journal(world)["exchanges"]]
    assert {each["Authorization"] for each in headers if "Authorization" in each} == {"Bearer •••"}


def test_a_world_by_a_scenarios_name_is_unmasked_too_and_replaced_by_one_that_is_not(worlds: Any) -> None:
    world = worlds().make("new-customer", unmasked=True)
    assert journal(world)["unmasked"] is True
    world.make("new-customer")
    assert "unmasked" not in journal(world)


def test_no_policy_unmasks_a_world_that_is_there(worlds: Any) -> None:
    world = worlds().make(SCENARIO)
    with pytest.raises(Refused):
        world.change_policies({"cymmetri": {"unmasked": True}})
    assert "unmasked" not in journal(world)


def test_copies_and_files_of_an_unmasked_world_are_unmasked_and_say_so(worlds: Any) -> None:
    world = worlds().make(SCENARIO, unmasked=True)
    played = play(world)
    clone = worlds().clone(world.id)
    file = world.export(world.snapshot())
    assert file["unmasked"] is True
    imported = worlds()
    made = imported.control("POST", "/restore", {"snapshot": file})
    assert made["unmasked"] is True
    for each in (clone, imported):
        assert journal(each)["unmasked"] is True
        assert found(each, played) == set(played)


@pytest.mark.parametrize("unmasked", [True, False])
def test_a_file_that_hides_that_a_service_is_unmasked_is_refused(worlds: Any, unmasked: bool) -> None:
    world = worlds().make(SCENARIO, unmasked=unmasked)
    file = world.export(world.snapshot())
    file["services"]["cbs"]["tables"]["worlds"][0]["unmasked"] = not unmasked
    with pytest.raises(Refused) as refused:
        worlds().restore(file)
    assert refused.value.field == "snapshot.services.cbs.tables.worlds[0].unmasked"


def test_a_file_of_an_earlier_version_is_a_masked_worlds(worlds: Any) -> None:
    world = worlds().make(SCENARIO)
    file = world.export(world.snapshot())
    del file["unmasked"]
    for state in file["services"].values():
        for row in state["tables"]["worlds"]:
            del row["unmasked"]
    imported = worlds()
    imported.restore(file)
    assert found(imported, play(imported)) == set()
