"""What a system under test has as policies of its own, against what a scenario wants."""

import pytest

from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.gate.system import System, ourselves


def acme(**own: object) -> System:
    return System("Acme", "orchestrator", "http://127.0.0.1:1", clock="header", policies={"orchestrator": own})


def test_a_rule_that_states_what_the_system_has_keeps_no_scenario_from_being_played() -> None:
    acme().check_policies({"orchestrator": {"sign_up": {"lifetime": "PT10M"}}})
    acme(sign_up={"length": 12}).check_policies({"orchestrator": {"sign_up": {"length": 12}}})


def test_a_duration_may_be_written_in_another_way() -> None:
    acme().check_policies({"orchestrator": {"sign_up": {"lifetime": "PT600S"}}})


def test_a_rule_that_the_system_does_not_have_is_not_tried() -> None:
    with pytest.raises(NotTried, match=r"Acme has orchestrator.sign_up.length 8, and the scenario wants 12"):
        acme().check_policies({"orchestrator": {"sign_up": {"length": 12}}})
    with pytest.raises(NotTried, match="lifetime"):
        acme(sign_up={"lifetime": "PT5M"}).check_policies({"orchestrator": {"sign_up": {"lifetime": "PT10M"}}})


def test_rules_of_the_fakes_are_for_the_world() -> None:
    wanted = {"cymmetri": {"otp": {"digits": 8}}, "orchestrator": {"sign_up": {"length": 8}}}
    acme().check_policies({"cymmetri": {"otp": {"digits": 8}}})
    assert acme().policies_for_world(wanted) == {"cymmetri": {"otp": {"digits": 8}}}
    assert ourselves("http://127.0.0.1:1").policies_for_world(wanted) == wanted
