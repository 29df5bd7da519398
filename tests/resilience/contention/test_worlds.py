"""A world that many make at once is made by one after the other, so that its parts are of one making."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from simulators.kit.services import SERVICES
from tests.resilience.contention.rounds import ROUNDS
from tests.support.world import Request, World
from tests.system.device.bank import wait_for

pytestmark = pytest.mark.thorough


Fresh = Callable[..., World]

MANY = 6
PEOPLE: dict[str, Any] = {
    "personas": [{"name": "Asha"}, {"name": "Jai", "cymmetri": {}, "phones": [{"tsg": "registered"}]}]
}


def put(world: World, **headers: str) -> Request:
    return Request("orchestrator", "PUT", f"/_sandbox/worlds/{world.name}-again", PEOPLE, headers=headers)


def people(world: World) -> list[dict[str, Any]]:
    path = f"/_sandbox/worlds/{world.name}-again/personas"
    return list(world.ask("orchestrator", "GET", path).body["personas"])


@pytest.mark.parametrize("_", ROUNDS)
def test_a_world_made_by_many_at_once_is_whole(fresh: Fresh, _: int) -> None:
    world = fresh()
    answers = world.at_once([put(world)] * MANY)
    assert Counter(said.status for said in answers) == {201: 1, 200: MANY - 1}
    assert [each["name"] for each in people(world)] == ["Asha", "Jai"]
    (phone,) = people(world)[1]["handsets"]
    assert phone["tsg"] == "registered"
    body = {"userId": people(world)[1]["username"], "password": people(world)[1]["password"]}
    login = Request("cymmetri", "POST", "/ciamauthsrvc/login", body, headers=baggage(world))
    assert world.send(login).status == 200


@pytest.mark.parametrize("_", ROUNDS)
def test_a_world_that_is_made_only_if_it_is_not_there_is_made_once(fresh: Fresh, _: int) -> None:
    world = fresh()
    answers = world.at_once([put(world, **{"If-None-Match": "*"})] * MANY)
    assert Counter(said.status for said in answers) == {201: 1, 412: MANY - 1}
    assert {said.body["code"] for said in answers if said.status == 412} == {"world-exists"}


@pytest.mark.parametrize("_", ROUNDS)
def test_a_world_that_is_removed_and_made_at_once_is_there_or_not_but_not_in_part(fresh: Fresh, _: int) -> None:
    world = fresh()
    delete = Request("orchestrator", "DELETE", f"/_sandbox/worlds/{world.name}-again")
    answers = world.at_once([put(world), delete] * (MANY // 2))
    assert {said.status for said in answers} <= {200, 201, 204}
    path = f"/_sandbox/worlds/{world.name}-again/clock"
    assert len({world.ask(service, "GET", path).status for service in SERVICES}) == 1


@pytest.mark.parametrize("replaced", [True, False])
def test_what_is_under_way_while_its_world_goes_is_told_so_and_leaves_nothing(fresh: Fresh, replaced: bool) -> None:
    world = fresh()
    world.fault("mailroom", "POST", "/messages", {"delay": {"ms": 800}})
    asha = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": world.personas["Asha"]["cif"]}
    with ThreadPoolExecutor(1) as other:
        begun = other.submit(world.ask, "orchestrator", "POST", "/registrations", asha)
        wait_for(lambda: world.client.control("GET", "/faults")["faults"][0]["fired"])
        if replaced:
            world.client.control("PUT", "", {"personas": [{"name": "Asha"}]})
        else:
            world.client.control("DELETE", "")
        said = begun.result()
    assert (said.status, said.body["code"]) == (404, "unknown-world")
    assert "while this was under way" in said.body["detail"]
    if not replaced:
        world.client.control("PUT", "", {"personas": [{"name": "Asha"}]})
    for what, held in (("/journal", "exchanges"), ("/registrations", "registrations")):
        assert world.client.control("GET", what)[held] == []
    assert world.messages() == []


def baggage(world: World) -> dict[str, str]:
    return {"baggage": f"sandbox.world={world.name}-again"}
