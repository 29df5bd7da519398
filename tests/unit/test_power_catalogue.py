"""The catalogue of planted bugs: each bug fits the source that it is to break, and breaks it."""

import subprocess
import sys

import pytest

from orchestrator.flows.branches import branches
from registration_sandbox.power.bugs import BadCatalogue, Bug, find_bug, load_bugs
from registration_sandbox.power.planting import find_source

BUGS = list(load_bugs().values())
STEPS = {(branch.flow, branch.step.partition(" (")[0]) for branch in branches().values()}


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_bug_stands_once_in_its_module_and_compiles(bug: Bug) -> None:
    path = find_source(bug)
    with open(path, encoding="utf-8") as file:
        source = file.read()
    planted = bug.plant(source)
    assert planted != source
    compile(planted, path, "exec")


def test_there_are_bugs_of_every_step_of_both_flows() -> None:
    assert len(BUGS) >= 200
    of_steps = {(bug.of, bug.step) for bug in BUGS if bug.of != "sandbox"}
    assert of_steps <= STEPS
    assert {step for _, step in STEPS - of_steps} <= {"5 resendOtpMobile"}


def test_no_two_bugs_are_the_same() -> None:
    assert len({(bug.module, bug.old, bug.new) for bug in BUGS}) == len(BUGS)


@pytest.mark.parametrize("name", ["auth-outage-is-not-found", "signature-may-be-replayed"])
def test_a_bug_is_planted_also_in_a_module_that_its_package_imports(name: str) -> None:
    program = (
        "import importlib, sys; from registration_sandbox.power.bugs import find_bug;"
        "from registration_sandbox.power.planting import plant;"
        f"bug = find_bug({name!r}); plant(bug); print(type(importlib.import_module(bug.module).__loader__).__name__)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "_BrokenLoader"


def test_a_bug_whose_source_has_changed_is_told() -> None:
    with pytest.raises(BadCatalogue, match=r"stands 0 times in simulators\.cymmetri\.lockout"):
        Bug("any", "web", "1 checkIdentity", "block", "A rule.", "simulators.cymmetri.lockout", "never", "").plant("")
    with pytest.raises(BadCatalogue, match="no planted bug 'nothing'"):
        find_bug("nothing")
