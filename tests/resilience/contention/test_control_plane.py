"""A world's clock and policies, changed by many at once: one clock in every service, and no change is lost."""

import os
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from registration_sandbox.client import Wire
from simulators.kit.services import SERVICES
from tests.support.world import Request, World

pytestmark = pytest.mark.thorough


Fresh = Callable[..., World]

ROUNDS = 100 if os.environ.get("SANDBOX_THOROUGH") else 10
AT_ONCE = 4
STILL = {"set": "2026-01-05T09:00:00Z", "frozen": True}
NINE = datetime.fromisoformat(STILL["set"])  # type: ignore[arg-type]


def change(world: World, method: str, what: str, body: Any) -> Request:
    return Request("control_plane", method, f"/_sandbox/worlds/{world.name}/{what}", body)


def clocks(world: World) -> set[tuple[int, str | None]]:
    """Return the clocks that the services keep of a world, to the microsecond; the middleware's is on no port."""
    wire = Wire(world.sandbox.urls, world.name)
    found = set()
    for service in SERVICES[1:]:
        (row,) = wire.call(service, "GET", f"/_sandbox/worlds/{world.name}/state")["tables"]["worlds"]
        found.add((row["offset_us"], row["frozen_at"]))
    return found


@pytest.fixture
def still(fresh: Fresh) -> World:
    world = fresh()
    world.client.control("POST", "/clock", {"set": STILL["set"]})
    world.client.control("POST", "/clock", {"freeze": True})
    world.client.control("POST", "/clock", {"set": STILL["set"]})
    return world


def test_no_move_of_many_at_once_is_lost_and_every_service_ends_on_the_same_time(still: World) -> None:
    for number in range(1, ROUNDS + 1):
        answers = still.at_once([change(still, "POST", "clock", {"advance": "PT1M"})] * AT_ONCE)
        assert {said.status for said in answers} == {200}
        end = NINE + timedelta(minutes=number * AT_ONCE)
        assert max(datetime.fromisoformat(said.body["now"]) for said in answers) == end
        ((_, frozen_at),) = clocks(still)
        assert datetime.fromisoformat(str(frozen_at)) == end


def test_a_clock_that_runs_is_the_same_everywhere_whatever_was_done_to_it_at_once(fresh: Fresh) -> None:
    world = fresh()
    ((before, _),) = clocks(world)
    moves = [{"advance": "PT1H"}, {"advance": "PT2H"}, {"freeze": True}, {"freeze": False}]
    for number in range(1, ROUNDS + 1):
        answers = world.at_once([change(world, "POST", "clock", move) for move in moves])
        assert {said.status for said in answers} == {200}
        world.client.control("POST", "/clock", {"freeze": False})
        ((offset, frozen_at),) = clocks(world)
        assert frozen_at is None
        lag = timedelta(microseconds=before - offset) + number * timedelta(hours=3)
        assert timedelta(0) <= lag < timedelta(minutes=1), "only what passed while it stood still"


POLICIES: list[dict[str, Any]] = [
    {"cymmetri": {"otp": {"max_attempts": 5}}},
    {"cymmetri": {"otp": {"digits": 8}}},
    {"cymmetri": {"block": "PT45M"}},
    {"cymmetri": {"card": {"max_attempts": 7}}},
    {"tsg": {"push_receiver": "auth_service"}},
    {"orchestrator": {"sign_up": {"length": 10}}},
]


def test_policies_changed_at_once_are_all_changed_beside_moves_of_the_clock_and_faults(still: World) -> None:
    for _ in range(ROUNDS):
        still.client.control("PUT", "", {"clock": STILL, "personas": [{"name": "Asha"}]})
        fault = {"service": "cymmetri", "path": "/ciamauthsrvc/login", "effect": {"status": 503}}
        wanted = [change(still, "PATCH", "policies", {"policies": policies}) for policies in POLICIES]
        beside = [change(still, "POST", "clock", {"advance": "PT1M"}), change(still, "POST", "faults", fault)]
        answers = still.at_once([*wanted, *beside])
        assert Counter(said.status for said in answers) == {200: len(POLICIES) + 1, 201: 1}
        found = still.client.policies()
        assert (found["cymmetri"]["otp"]["max_attempts"], found["cymmetri"]["otp"]["digits"]) == (5, 8)
        assert (found["cymmetri"]["block"], found["cymmetri"]["card"]["max_attempts"]) == ("PT45M", 7)
        assert (found["tsg"]["push_receiver"], found["orchestrator"]["sign_up"]["length"]) == ("auth_service", 10)
        ((_, frozen_at),) = clocks(still)
        assert datetime.fromisoformat(str(frozen_at)) == NINE + timedelta(minutes=1)
        assert [each.service for each in still.client.faults()] == ["cymmetri"]


def test_policies_changed_at_once_in_one_service_are_all_changed(fresh: Fresh) -> None:
    world = fresh()
    path = f"/_sandbox/worlds/{world.name}"
    for number in range(1, ROUNDS + 1):
        answers = world.at_once([
            Request("cymmetri", "PATCH", f"{path}/policies", {"policies": {"otp": {"max_attempts": number}}}),
            Request("cymmetri", "PATCH", f"{path}/policies", {"policies": {"card": {"max_attempts": number}}}),
            Request("cymmetri", "POST", f"{path}/clock", {"advance": "PT1S"}),
        ])  # fmt: skip
        assert {said.status for said in answers} == {200}
        found = world.client.policies()["cymmetri"]
        assert (found["otp"]["max_attempts"], found["card"]["max_attempts"]) == (number, number)


def test_a_worlds_clock_is_moved_in_the_world_that_is_there_or_in_none(fresh: Fresh) -> None:
    for _ in range(ROUNDS):
        world = fresh()
        removal = Request("control_plane", "DELETE", f"/_sandbox/worlds/{world.name}")
        moves = [change(world, "POST", "clock", {"advance": "PT1M"})] * AT_ONCE
        answers = world.at_once([*moves, removal])
        assert Counter(said.status for said in answers)[204] == 1
        assert {said.status for said in answers} <= {200, 204, 404}
        for service in (*SERVICES, "control_plane"):
            assert world.ask(service, "GET", f"/_sandbox/worlds/{world.name}/clock").status == 404
