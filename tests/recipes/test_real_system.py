"""A real system in a fake's place: worlds are made without it, and what ends before it is refused and told.

The real Cymmetri is another sandbox's, seen through a front door that shows nothing of its control plane.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from recipes.real_system.play import play
from registration_sandbox.client import Refused, Sandbox
from registration_sandbox.runtime.embedded import running_sandbox
from simulators.kit.services import SERVICES
from tests.recipes.front_door import FrontDoor, front_door

pytestmark = pytest.mark.slow


ASHA = {"personas": [{"name": "Asha"}]}


@dataclass(frozen=True)
class Bank:
    """A sandbox whose Cymmetri is a real system, and the real system's own world."""

    sandbox: Sandbox
    door: FrontDoor
    real: Sandbox


@pytest.fixture(scope="module")
def bank(running: Sandbox) -> Iterator[Bank]:
    with (
        front_door(running.urls["cymmetri"]) as door,
        running_sandbox(environment={"SANDBOX_CYMMETRI_URL": door.url}) as around,
    ):
        yield Bank(Sandbox(around.urls), door, running)


def test_the_recipe_plays_a_registration_on_the_real_system(bank: Bank) -> None:
    theirs = bank.real.world("default")
    asha = theirs.persona("Asha")
    told: list[str] = []
    play(bank.sandbox, asha.cif, lambda: theirs.inbox(asha).code("email-otp", "email"), told.append)
    assert told == [
        "Outside the sandbox: cymmetri",
        "The middleware asked the real Cymmetri: Email_Otp_Sent",
        "It took the code that the real system has mailed: Mobile_Otp_Sent",
        "The journal has the exchanges of: orchestrator",
        "The clock was advanced, but not in: cymmetri",
        "A fault in it is refused: cymmetri is outside the sandbox: "
        f"what answers at {bank.door.url} has no control plane that could do this.",
    ]


def test_the_control_plane_tells_what_is_outside_and_asks_it_for_nothing_but_its_health(bank: Bank) -> None:
    states = {each.service: each.state for each in bank.sandbox.services()}
    assert states == {name: "outside" if name == "cymmetri" else "sandbox" for name in SERVICES}
    with bank.sandbox.make(ASHA) as world:
        assert world.call("orchestrator", "PUT", world.place(), ASHA)["outside"] == ["cymmetri"]
        assert world.journal(service="cymmetri") == []
        assert "cymmetri" not in world.policies()
        with world.fault({"status": 503}) as everywhere:
            assert {state.service for state in everywhere.states()} == set(SERVICES) - {"cymmetri"}
        world.clock.freeze()
        assert world.clock.set("2030-01-05T09:00:00Z").not_moved == ["cymmetri"]
        assert world.persona("Asha").username is None
    assert {path for path in bank.door.asked if path.startswith("/_sandbox")} == {"/_sandbox/health"}


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"policies": {"cymmetri": {"otp": {"digits": 8}}}}, "policies.cymmetri"),
        ({"faults": [{"service": "cymmetri", "effect": {"status": 503}}]}, "faults[0].service"),
    ],
)
def test_a_scenario_that_wants_something_of_a_real_system_is_refused(
    bank: Bank, wish: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused, match="cymmetri is outside the sandbox") as refused:
        bank.sandbox.make({**ASHA, **wish}, world="too-much")
    assert (refused.value.status, refused.value.code, refused.value.field) == (409, "outside-the-sandbox", field)
    assert "too-much" not in {world.world for world in bank.sandbox.worlds()}


def test_faults_and_policies_for_a_real_system_are_refused_while_a_world_runs(bank: Bank) -> None:
    with bank.sandbox.make(ASHA) as world:
        with pytest.raises(Refused) as refused:
            world.add_fault({"status": 503}, service="cymmetri")
        assert (refused.value.code, refused.value.field) == ("outside-the-sandbox", "service")
        with pytest.raises(Refused) as refused:
            world.change_policies({"cbs": {}, "cymmetri": {"otp": {"digits": 8}}})
        assert (refused.value.code, refused.value.field) == ("outside-the-sandbox", "policies.cymmetri")


def test_a_real_system_that_is_down_is_no_reason_to_make_worlds_without_it(bank: Bank) -> None:
    bank.door.shut = True
    try:
        with pytest.raises(Refused) as refused:
            bank.sandbox.make(ASHA, world="half-made")
        states = {each.service: each for each in bank.sandbox.services()}
    finally:
        bank.door.shut = False
    assert (refused.value.status, refused.value.code) == (503, "service-unavailable")
    assert "cymmetri answered 503" in refused.value.detail
    assert states["cymmetri"].state == "unavailable"
    assert "half-made" not in {world.world for world in bank.sandbox.worlds()}
