"""Try a branch: a fitting world is made for it, and what its first scenario does is shown where it is played."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import msgspec
from flask import Blueprint, redirect
from werkzeug.wrappers import Response as BaseResponse

from orchestrator.flows.branches import Branch, branches
from registration_sandbox.console import urls
from registration_sandbox.console.pages import service, world_named
from registration_sandbox.console.proof import BadResults, specification
from registration_sandbox.console.troubles import TROUBLES, Trouble
from registration_sandbox.gate.results import StepResult
from registration_sandbox.worlds import library, making
from registration_sandbox.worlds.reading import of_data
from registration_sandbox.worlds.scenario import Scenario
from simulators.kit.errors import SandboxRefusal
from simulators.kit.world import World

blueprint = Blueprint("console-trying", __name__)

PREFIX = "try-"
"""Begins the label of a world that was made to try a branch; the branch follows."""

SOMEBODY = re.compile(r"(\w+), (.+)")
"""A sentence of a scenario that says who somebody is."""

SCENARIO_OF = {
    "WR-1.11": "few-codes", "WR-1.12": "shared-mobile", "WR-1.13": "minor", "WR-8.1": "existing-user-id",
    "WR-8.3": "existing-user-id", "WR-9.4": "existing-user-id", "DR-0.7": "default", "DR-4.4": "default",
    "DR-1.9": "five-phones", "DR-4.6": "five-phones", "DR-2.5": "two-phones", "DR-2.16": "two-phones",
    "DR-2.13": "push-to-auth-service", "DR-2.15": "polled-sign-ups",
}  # fmt: skip
"""The branches that need more than their scenario's people: a policy of the bank, or somebody else."""

USUAL = {"web": "new-customer", "device": "new-phone"}
"""The scenario for a branch whose own names nobody that a scenario file describes."""


@dataclass(frozen=True)
class Trial:
    """A branch that is being tried: what its first scenario does, and the troubles that lead to it."""

    branch: Branch
    steps: Sequence[StepResult]
    troubles: Sequence[Trouble]


@blueprint.post(f"{urls.WORLD}/specification/<id>/try")
def post_trial(world: str, id: str) -> BaseResponse:
    """Make a world in which the branch can be taken, and open Play at the person."""
    world_named(world)
    if id not in branches():
        raise SandboxRefusal("unknown-branch", 404, f"The documents have no branch {id!r}.")
    scenario = scenario_for(id)
    name = _free_name(f"{PREFIX}{id.lower().replace('.', '-')}")
    making.make(service(), name, msgspec.structs.replace(scenario, name=f"{PREFIX}{id}"), only_new=True)
    return redirect(urls.world(name, "play", scenario.personas[0].name), 303)


def trial_in(world: World) -> Trial | None:
    """Return what is tried in a world, if it was made for that."""
    branch = branches().get(world.label.removeprefix(PREFIX)) if world.label.startswith(PREFIX) else None
    if branch is None:
        return None
    return Trial(branch, _first_steps(branch.id), [each for each in TROUBLES if branch.id in each.leads_to])


def scenario_for(id: str) -> Scenario:
    """Return a scenario in which a branch can be taken: the people of its first scenario, where files describe them."""
    personas = [] if id in SCENARIO_OF else list(_people_in(_first_steps(id)))
    if personas:
        return of_data({"name": id, "personas": personas})
    return library.load(SCENARIO_OF.get(id) or USUAL[branches()[id].flow])


def _first_steps(id: str) -> Sequence[StepResult]:
    try:
        scenarios = specification(service().settings).scenarios
    except BadResults:
        return ()
    return next((scenario.result.steps for scenario in scenarios if id in scenario.result.claimed), ())


def _people_in(steps: Sequence[StepResult]) -> list[dict[str, Any]]:
    described = library.personas_by_description()
    found = {}
    for step in steps:
        sentence = SOMEBODY.fullmatch(step.text)
        about = max((each for each in described if sentence and sentence[2].startswith(each)), key=len, default=None)
        if sentence and about:
            found[sentence[1]] = {**described[about], "name": sentence[1], "about": about}
    return list(found.values())


def _free_name(wanted: str) -> str:
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(name for name in names if not service().worlds.exists(name))
