"""One vocabulary: what branches say a person is told, what features ask for, and what drivers map to."""

import pytest

from orchestrator.flows import FLOWS
from orchestrator.flows.branches import branches
from orchestrator.gateways.cymmetri import STATUS_OF
from registration_sandbox.drivers import words
from registration_sandbox.drivers.channel import PLACES, POSSIBILITIES
from registration_sandbox.drivers.vocabulary import Reason
from registration_sandbox.gate import suite as suites
from simulators.cymmetri.routes import registration

TWO_WAYS = ("WR-2.6", "DR-0.4")
"""Branches on which people are refused for one of two reasons."""

REFUSED = [branch for branch in branches().values() if branch.reason]


@pytest.mark.parametrize("branch", REFUSED, ids=lambda branch: branch.id)
def test_a_branch_refuses_for_a_reason_of_the_vocabulary(branch) -> None:
    assert branch.reason in set(Reason)


def test_every_refusal_of_cymmetris_steps_is_known_to_the_middleware_and_to_the_drivers() -> None:
    declared = {code: status for operation in registration.api.operations for status, code in operation.refusals}
    assert declared == STATUS_OF
    assert set(declared) <= set(words.CYMMETRI_REASONS)


def test_every_reason_is_reached_by_a_word_of_some_system() -> None:
    mapped = {*words.CHANNEL_REASONS.values(), *words.PHONE_REASONS.values(), Reason.CONTACT_CHANGED}
    assert mapped == set(Reason)


def test_the_channel_driver_knows_every_status_and_action_of_the_flows() -> None:
    statuses = {status for flow in FLOWS.values() for status in flow.statuses}
    assert set(PLACES) == statuses
    assert set(POSSIBILITIES) == {action.name for flow in FLOWS.values() for action in flow.actions}


def test_what_a_scenario_has_people_told_is_the_reason_of_its_branch() -> None:
    """A scenario that claims one refusal and says just one reason must say the branch's."""
    wrong = []
    for one in suites.read(suites.default_root()).scenarios:
        said = [word for step in one.scenario.steps for word in Reason if step.name.endswith(f" told that {word}")]
        claimed = [branches()[id] for id in one.claimed if branches()[id].reason]
        if len(said) != 1 or len(one.claimed) != 1 or not claimed or claimed[0].id in TWO_WAYS:
            continue
        if said[0] != claimed[0].reason:
            wrong.append((one.location, said[0], claimed[0].id, claimed[0].reason))
    assert not wrong
