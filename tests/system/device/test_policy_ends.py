"""A phone is registered at both ends of every policy of the device flow's services."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.policy_ends import ends_of, merge, nested
from tests.system.device.bank import Bank, Registration
from tests.unit.test_device_policies import EVERY, UNBOUNDED

pytestmark = pytest.mark.thorough


Fresh = Callable[..., Bank]
OTHER_CLOCK = "tsg.push_time"
"""For a receiver with a clock of its own; our middleware goes by the world's."""

PARTNERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "tsg.sign_up_code.length": lambda end: {"tsg": {"sign_up_code": {"min_length": 1, "max_length": 40}}},
    "orchestrator.poll_interval": lambda end: {"tsg": {"completion": "poll"}},
    "orchestrator.service_id": lambda end: {"handset": {"service_id": end}},
    "handset.service_id": lambda end: {"orchestrator": {"service_id": end}},
}
"""What must be set together, for the others to know of it."""

ENDS = [(path, end) for path, rest in EVERY.items() if path not in {*UNBOUNDED, OTHER_CLOCK} for end in ends_of(*rest)]


def log_in_again(registration: Registration) -> None:
    user = registration.user
    body = {"username": user.username, "password": user.persona["password"]}
    user.token = user.bank.client.call("auth_service", "POST", "/auth/login", body)["token"]


@pytest.mark.parametrize(("path", "end"), ENDS)
def test_a_phone_is_registered_at_both_ends_of_every_policy(fresh: Fresh, path: str, end: Any) -> None:
    partner = PARTNERS[path](end) if path in PARTNERS else {}
    bank = fresh(**merge({"auth_service": {"token_lifetime": "P30D"}}, nested(path, end), partner))
    registration = bank.user().adds(via="email")
    assert registration.types(registration.user.codes("email")[0]).status == 200
    if registration.status != "Register_Complete":
        bank.advance("PT1H")
        log_in_again(registration)
    assert registration.path[-1] == "Register_Complete"
    assert registration.act("activate").body["status"] == "Device_Activate"
    bank.advance("PT1H")
    assert len(registration.user.told("device-activated")) == 1


def test_a_push_with_the_machines_time_is_not_trusted_by_a_middleware_that_goes_by_the_worlds(fresh: Fresh) -> None:
    bank = fresh(tsg={"push_time": "machine"})
    chitra = bank.user()
    registration = chitra.adds()
    registration.types()
    assert "DR-2.9" in bank.branches()
    assert registration.status == "Sign_Up_In_Progress"
