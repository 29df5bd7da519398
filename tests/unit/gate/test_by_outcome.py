"""What a run against a system under test proves, and how two of them differ."""

from typing import Any

from orchestrator.flows.branches import branches
from registration_sandbox.gate import judging
from registration_sandbox.gate.certificate import branch_states, compare
from registration_sandbox.gate.results import Run, ScenarioResult, TriedSystem

DECIDED_BY_IT, DECIDED_BY_TSG = "DR-1.1", "DR-2.3"


def scenario(branch: str, status: Any = "passed", *, taken: bool = False, error: str = "") -> ScenarioResult:
    location = f"features/one.feature:{abs(hash((branch, status, error)))}"
    return ScenarioResult(
        location=location, feature="features/one.feature", rule="", name=f"about {branch}", tags=[branch],
        status=status, duration=0.1, seed=1, world="w", replay=f"sandbox run {location}", error=error,
        claimed=[branch], taken=[branch] if taken else [],
    )  # fmt: skip


def run(*scenarios: ScenarioResult, claims: Any = None, **system: Any) -> Run:
    tried = TriedSystem(
        "Acme 4.2", "orchestrator", "http://127.0.0.1:9900", "channel", "baggage", "header",
        list(claims if claims is not None else {id for one in scenarios for id in one.claimed}), **system,
    )  # fmt: skip
    return Run("1", "2026-01-01T00:00:00Z", 1.0, 0, 1, ["1/1"], True, [], list(scenarios), system=tried)


def states(run: Run) -> dict[str, str]:
    return {id: state.state for id, state in branch_states(run, judging.findings(run)).items()}


def test_a_branch_that_the_system_decides_is_proven_by_outcome() -> None:
    played = run(scenario(DECIDED_BY_IT), scenario(DECIDED_BY_TSG, taken=True))
    assert judging.findings(played) == []
    assert judging.proven(played) == {DECIDED_BY_IT, DECIDED_BY_TSG}
    assert states(played)[DECIDED_BY_IT] == "by-outcome"
    assert states(played)[DECIDED_BY_TSG] == "observed"


def test_a_branch_that_a_fake_decides_is_not_believed_by_outcome() -> None:
    played = run(scenario(DECIDED_BY_TSG))
    assert judging.proven(played) == set()
    assert [finding.kind for finding in judging.findings(played)] == ["branch-claimed-not-taken"]
    assert states(played)[DECIDED_BY_TSG] == "failed"


def test_one_failing_scenario_refutes_what_another_shows() -> None:
    played = run(scenario(DECIDED_BY_IT), scenario(DECIDED_BY_IT, "failed"))
    assert judging.proven(played) == set()
    (found,) = judging.findings(played)
    assert (found.kind, DECIDED_BY_IT in found.words) == ("scenario-failed", True)


def test_what_could_not_be_tried_neither_proves_nor_refutes() -> None:
    played = run(scenario(DECIDED_BY_IT), scenario(DECIDED_BY_IT, "not-tried", error="its clock cannot be moved"))
    assert judging.findings(played) == []
    assert states(played)[DECIDED_BY_IT] == "by-outcome"


def test_a_branch_that_is_claimed_and_never_tried_shuts_the_gate() -> None:
    played = run(scenario(DECIDED_BY_IT, "not-tried", error="its clock cannot be moved"))
    (found,) = judging.findings(played)
    assert (found.kind, found.subject) == ("branch-not-tried", DECIDED_BY_IT)
    assert "its clock cannot be moved" in found.words
    state = branch_states(played, [found])[DECIDED_BY_IT]
    assert (state.state, state.why) == ("not-tried", "its clock cannot be moved")


def test_a_part_of_a_run_says_nothing_of_what_was_not_tried() -> None:
    part = run(scenario(DECIDED_BY_IT, "not-tried", error="no"))
    part.whole = False
    assert judging.findings(part) == []


def test_what_is_excepted_is_told_with_its_reason_and_shuts_nothing() -> None:
    excepted = scenario(DECIDED_BY_TSG, "not-tried", error="DR-2.3 is excepted: never typed")
    played = run(scenario(DECIDED_BY_IT), excepted, claims=[DECIDED_BY_IT], exceptions={DECIDED_BY_TSG: "never typed"})
    assert judging.findings(played) == []
    state = branch_states(played, [])[DECIDED_BY_TSG]
    assert (state.state, state.why) == ("excepted", "never typed")
    assert states(played)["WR-1.1"] == "not-claimed"


def test_a_documented_branch_that_is_claimed_needs_a_scenario() -> None:
    documented = next(id for id, branch in branches().items() if branch.basis == "documented")
    assumed = next(id for id, branch in branches().items() if branch.basis == "assumed")
    played = run(scenario(DECIDED_BY_IT), claims=[DECIDED_BY_IT, documented, assumed])
    assert [(found.kind, found.subject) for found in judging.findings(played)] == [("branch-not-taken", documented)]


def test_a_system_that_died_shuts_the_gate() -> None:
    (found,) = judging.findings(run(scenario(DECIDED_BY_IT), deaths=["ended by itself with 1"]))
    assert (found.kind, found.words) == ("system-died", "Acme 4.2 ended by itself with 1")


def test_two_versions_are_compared_branch_by_branch() -> None:
    old = run(scenario("DR-1.1"), scenario("DR-1.2", "failed"), scenario("DR-1.3"), scenario("DR-1.4", "not-tried"))
    new = run(scenario("DR-1.1", "failed"), scenario("DR-1.2"), scenario("DR-1.3"), scenario("DR-1.4"))
    found = compare(old, new)
    assert set(found.worse) == {"DR-1.1"}
    assert "by-outcome → failed: failed: about DR-1.1" in found.worse["DR-1.1"]
    assert set(found.better) == {"DR-1.2", "DR-1.4"}
    assert not found.other


def test_a_branch_that_is_no_longer_claimed_has_got_worse() -> None:
    found = compare(run(scenario("DR-1.1")), run(scenario("DR-1.2"), claims=["DR-1.2"]))
    assert found.worse == {"DR-1.1": "by-outcome → not-claimed"}
