"""How the actions are described: callers are told of each refusal that the step behind an action can have."""

import pytest

from orchestrator.api.described import list_refusals
from orchestrator.flows import FLOWS
from orchestrator.flows.model import Action
from orchestrator.gateways.cymmetri import STATUS_OF
from simulators.cymmetri.routes import registration
from simulators.kit.errors import code_of

OF_CYMMETRI = {each.path.partition("/webRegistration/")[2]: each for each in registration.api.operations}


@pytest.mark.parametrize("action", FLOWS["web"].actions, ids=lambda action: action.name)
def test_an_action_of_the_web_is_refused_as_cymmetri_refuses_its_step(action: Action) -> None:
    step = OF_CYMMETRI[action.step.partition(" ")[2]]
    wanted = {(STATUS_OF[reason], code_of(reason)) for _, reason in step.refusals}
    assert wanted <= set(list_refusals("web", action))


@pytest.mark.parametrize("action", FLOWS["device"].actions, ids=lambda action: action.name)
def test_an_action_of_a_device_knows_nothing_of_cymmetri(action: Action) -> None:
    assert not {"user-blocked", "session-expired", "invalid-otp"} & {
        code for _, code in list_refusals("device", action)
    }
