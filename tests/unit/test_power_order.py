"""The order in which scenarios are played against a planted bug."""

from functools import cache
from pathlib import Path

import pytest

from registration_sandbox.gate import suite
from registration_sandbox.gate.suite import Planned
from registration_sandbox.power import remembered
from registration_sandbox.power.bugs import Bug, find_bug, load_bugs
from registration_sandbox.power.order import PlayingOrder
from registration_sandbox.power.outcomes import Outcome


@pytest.fixture(scope="module")
def scenarios() -> list[Planned]:
    return suite.read(suite.default_root()).scenarios


@pytest.fixture(scope="module")
def order(scenarios: list[Planned]) -> PlayingOrder:
    return PlayingOrder(scenarios)


def test_scenarios_of_the_step_come_first_and_none_is_left_out(scenarios: list[Planned], order: PlayingOrder) -> None:
    ordered = order.for_bug(_bug("web", "9 saveuserid", "A block is told by the mailroom."))
    of_step = [any(claim.startswith("WR-9.") for claim in one.claimed) for one in ordered]
    assert any(of_step)
    assert of_step == sorted(of_step, reverse=True)
    assert sorted(one.location for one in ordered) == sorted(one.location for one in scenarios)


def test_promises_of_the_tool_are_looked_for_in_its_own_features(order: PlayingOrder) -> None:
    ordered = order.for_bug(_bug("sandbox", "masking", "PINs are masked."))
    assert "/sandbox/" in ordered[0].location
    assert "/sandbox/" not in ordered[-1].location


@pytest.mark.parametrize("number", range(0, 1200, 100))
def test_a_rule_in_the_words_of_a_scenario_finds_it_among_the_first(
    scenarios: list[Planned], order: PlayingOrder, number: int
) -> None:
    wanted = scenarios[number]
    ordered = order.for_bug(_bug("web", "none", f"{wanted.feature.name}. {wanted.scenario.name}"))
    assert wanted.outline in [one.outline for one in ordered[:30]]


def test_the_scenario_that_caught_a_bug_before_comes_first(scenarios: list[Planned], order: PlayingOrder) -> None:
    there = {remembered.identify(one) for one in scenarios}
    known = {name: caught_by for name, caught_by in remembered.load().items() if caught_by in there}
    assert len(known) > 200
    first = {name: remembered.identify(order.for_bug(find_bug(name))[0]) for name in list(known)[::40]}
    assert first == {name: known[name] for name in first}


def test_what_caught_bugs_is_remembered(
    scenarios: list[Planned], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "FILE", tmp_path / "caught_by.toml")
    one, *others = list(load_bugs())[:4]
    remembered.FILE.write_text(f'gone = "x"\n{one} = "before"\n{others[0]} = "features/a.feature: It stays"\n', "utf-8")
    monkeypatch.setattr(remembered, "load", cache(remembered.load.__wrapped__))
    remembered.keep(
        [
            Outcome(one, "", "", [scenarios[7].location]),
            Outcome(others[1], "", "", []),
            Outcome(others[2], "", "", ["the start of the sandbox"]),
        ],
        scenarios,
    )
    assert remembered.load() == {
        one: remembered.identify(scenarios[7]),
        others[0]: "features/a.feature: It stays",
    }


def _bug(of: str, step: str, breaks: str) -> Bug:
    return Bug("any", of, step, "", breaks, "simulators.cymmetri.lockout", "", "")  # type: ignore[arg-type]
