"""What a run proves of each branch."""

import pytest

from registration_sandbox.gate.results import Finding, ScenarioResult
from registration_sandbox.report.proofs import proofs
from tests.support.made_runs import scenario

PASSED = scenario("passes", 1)
FAILED = scenario("fails", 2, status="failed")
SKIPPED = scenario("is skipped", 3, status="skipped", taken=[])
IN_PASSING = scenario("is about something else", 4, claimed=["WR-2.1"], taken=["WR-2.1", "WR-2.2"])


@pytest.mark.parametrize(
    ("scenarios", "result", "words"),
    [
        ([PASSED], "passed", "proven"),
        ([PASSED, SKIPPED], "passed", "proven"),
        ([FAILED], "failed", "its scenario failed"),
        ([PASSED, FAILED], "failed", "1 of 2 failed"),
        ([SKIPPED], "untaken", "not taken"),
        ([IN_PASSING], "untaken", "taken on the way only"),
        ([], "untaken", "not taken"),
    ],
)
def test_a_branch_is_proven_by_scenarios_that_claim_it_take_it_and_pass(
    scenarios: list[ScenarioResult], result: str, words: str
):
    proof = proofs(scenarios, [])["WR-2.2"]
    assert (proof.result, proof.words) == (result, words)


@pytest.mark.parametrize("kind", ["branch-claimed-not-taken", "branch-taken-unclaimed"])
def test_what_the_gate_objects_to_is_not_proven(kind: str):
    finding = Finding(kind, "WR-2.2", "words")  # type: ignore[arg-type]
    assert proofs([PASSED], [finding])["WR-2.2"].result == "failed"
    assert proofs([IN_PASSING], [finding])["WR-2.1"].result == "passed"


def test_a_branch_names_the_scenarios_that_claim_it_in_their_order():
    assert proofs([FAILED, IN_PASSING, PASSED], [])["WR-2.2"].scenarios == [FAILED, PASSED]
