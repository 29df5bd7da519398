"""The branch gate's rules, on runs made by hand."""

import pytest

from orchestrator.flows.branches import branches
from registration_sandbox.gate import judging
from registration_sandbox.gate.results import BadResults, Run, ScenarioResult, together

pytestmark = pytest.mark.thorough


EVERY = list(branches())


def scenario(line=1, *, claims=(), takes=(), status="passed"):
    return ScenarioResult(
        location=f"features/one.feature:{line}",
        feature="features/one.feature",
        rule="",
        name=f"scenario {line}",
        tags=[],
        status=status,
        duration=0.1,
        seed=1,
        world="w",
        replay=f"sandbox run features/one.feature:{line}",
        claimed=list(claims),
        taken=list(takes),
    )


def run(*scenarios, shards=("1/1",), whole=True, all_steps=(), used_steps=()):
    return Run(
        version="1",
        started_at="2026-01-01T00:00:00Z",
        duration=1.0,
        seed=0,
        workers=1,
        shards=list(shards),
        whole=whole,
        features=[],
        scenarios=list(scenarios),
        all_steps=list(all_steps),
        used_steps=list(used_steps),
    )


def told(found):
    return [(finding.kind, finding.subject) for finding in found]


def test_the_gate_is_open_when_every_branch_is_claimed_and_taken():
    assert judging.findings(run(scenario(claims=EVERY, takes=EVERY))) == []


def test_a_documented_or_implied_branch_that_is_not_taken_shuts_the_gate():
    rest = [id for id in EVERY if id not in ("WR-2.3", "DR-2.12")]
    found = judging.findings(run(scenario(claims=rest, takes=rest)))
    assert told(found) == [("branch-not-taken", "WR-2.3"), ("branch-not-taken", "DR-2.12")]
    assert branches()["WR-2.3"].when in found[0].words


def test_an_assumed_branch_is_ours_to_leave_out():
    rest = [id for id in EVERY if branches()[id].basis != "assumed"]
    assert judging.findings(run(scenario(claims=rest, takes=rest))) == []


def test_a_branch_that_is_claimed_but_not_taken_shuts_the_gate():
    found = judging.findings(run(scenario(1, claims=EVERY, takes=EVERY), scenario(2, claims=["WR-1.1"])))
    assert told(found) == [("branch-claimed-not-taken", "WR-1.1")]
    assert "sandbox run features/one.feature:2" in found[0].words


def test_a_branch_that_only_others_take_shuts_the_gate():
    rest = [id for id in EVERY if id != "WR-1.1"]
    assert told(judging.findings(run(scenario(claims=rest, takes=EVERY)))) == [("branch-taken-unclaimed", "WR-1.1")]


def test_a_tag_that_names_no_branch_shuts_the_gate():
    found = judging.findings(run(scenario(claims=[*EVERY, "WR-99.9"], takes=EVERY)))
    assert told(found) == [("unknown-branch", "WR-99.9")]


def test_a_scenario_that_fails_shuts_the_gate_with_the_command_that_replays_it():
    found = judging.findings(run(scenario(1, claims=EVERY, takes=EVERY), scenario(2, status="failed")))
    assert told(found) == [("scenario-failed", "features/one.feature:2")]
    assert "sandbox run features/one.feature:2" in found[0].words


def test_a_failed_scenario_proves_nothing():
    assert judging.proven(run(scenario(1, claims=["WR-1.1"], takes=["WR-1.1"], status="failed"))) == set()
    assert judging.proven(run(scenario(1, claims=["WR-1.1"], takes=["WR-1.1", "WR-1.2"]))) == {"WR-1.1"}


def test_a_branch_is_proven_by_all_that_claim_it_or_not_at_all():
    good = scenario(1, claims=["WR-1.1"], takes=["WR-1.1"])
    assert judging.proven(run(good, scenario(2, claims=["WR-1.1"], status="failed"))) == set()
    assert judging.proven(run(good, scenario(2, claims=["WR-1.1"]))) == set()
    assert judging.proven(run(good, scenario(2, claims=["WR-1.1"], status="skipped"))) == {"WR-1.1"}


def test_a_step_definition_that_nobody_uses_shuts_the_gate():
    found = judging.findings(
        run(scenario(claims=EVERY, takes=EVERY), all_steps=["a.py:1", "b.py:2"], used_steps=["a.py:1"])
    )
    assert told(found) == [("unused-step", "b.py:2")]


@pytest.mark.parametrize("part", [{"whole": False}, {"shards": ("1/2",)}, {"shards": ("1/3", "3/3")}])
def test_of_a_part_it_is_not_told_what_is_missing(part):
    assert (
        judging.findings(run(scenario(claims=["WR-1.1"], takes=["WR-1.1", "WR-1.2"]), all_steps=["a.py:1"], **part))
        == []
    )


def test_of_a_part_it_is_told_what_is_wrong():
    found = judging.findings(run(scenario(claims=["WR-1.1"]), scenario(2, status="failed"), whole=False))
    assert told(found) == [("scenario-failed", "features/one.feature:2"), ("branch-claimed-not-taken", "WR-1.1")]


def test_the_shards_of_a_run_together_are_a_whole():
    half = len(EVERY) // 2
    first, second = EVERY[:half], EVERY[half:]
    later = run(scenario(9, claims=second, takes=second), shards=["2/2"])
    earlier = run(scenario(2, claims=first, takes=first), shards=["1/2"])
    both = together([later, earlier])
    assert judging.findings(both) == []
    assert [one.location for one in both.scenarios] == ["features/one.feature:2", "features/one.feature:9"]


def test_runs_that_are_no_shards_of_one_are_not_put_together():
    with pytest.raises(BadResults, match="overlap"):
        together([run(scenario()), run(scenario())])
    other = run(scenario(2))
    other.seed = 7
    with pytest.raises(BadResults, match="seeds"):
        together([run(scenario()), other])
