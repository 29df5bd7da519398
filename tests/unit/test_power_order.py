"""The order in which scenarios are played against a planted bug."""

import pytest

from registration_sandbox.gate import suite
from registration_sandbox.gate.suite import Planned
from registration_sandbox.power.bugs import Bug
from registration_sandbox.power.order import PlayingOrder


@pytest.fixture(scope="module")
def scenarios() -> list[Planned]:
    return suite.read(suite.default_root()).scenarios


def test_scenarios_of_the_step_come_first_and_none_is_left_out(scenarios: list[Planned]) -> None:
    ordered = PlayingOrder(scenarios).for_bug(_bug("web", "9 saveuserid", "A block is told by the mailroom."))
    of_step = [any(claim.startswith("WR-9.") for claim in one.claimed) for one in ordered]
    assert any(of_step)
    assert of_step == sorted(of_step, reverse=True)
    assert sorted(one.location for one in ordered) == sorted(one.location for one in scenarios)


def test_promises_of_the_tool_are_looked_for_in_its_own_features(scenarios: list[Planned]) -> None:
    ordered = PlayingOrder(scenarios).for_bug(_bug("sandbox", "masking", "PINs are masked."))
    assert "/sandbox/" in ordered[0].location
    assert "/sandbox/" not in ordered[-1].location


@pytest.mark.parametrize("number", range(0, 1200, 100))
def test_a_rule_in_the_words_of_a_scenario_finds_it_among_the_first(scenarios: list[Planned], number: int) -> None:
    wanted = scenarios[number]
    ordered = PlayingOrder(scenarios).for_bug(_bug("web", "none", f"{wanted.feature.name}. {wanted.scenario.name}"))
    assert wanted.outline in [one.outline for one in ordered[:30]]


def _bug(of: str, step: str, breaks: str) -> Bug:
    return Bug("any", of, step, "", breaks, "simulators.cymmetri.lockout", "", "")  # type: ignore[arg-type]
