"""Kill -9 each service at each step of both flows, start it again: the flow goes on, nothing is lost or doubled.

A service is killed at the steps that it has a part in; where ``SANDBOX_THOROUGH`` is ``all``, at every step.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.client import Inbox, Persona, Registration, Unexpected, World
from registration_sandbox.runtime.embedded import free_base_port
from simulators.kit.services import SERVICES
from tests.system.end_to_end.fleet import Fleet

pytestmark = pytest.mark.thorough


WORLD = "killed"
PASSWORD = "Chai4two!now"


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    started = Fleet(tmp_path, free_base_port())
    try:
        started.start()
        yield started
    finally:
        started.stop()


@pytest.mark.parametrize("victim", SERVICES)
def test_both_flows_survive_a_service_that_is_killed_at_every_step(fleet: Fleet, victim: str) -> None:
    world = fleet.client(WORLD).make("new-customer")
    asha = world.persona("Asha")
    inbox = world.inbox(asha)
    during = Interrupted(fleet, victim)

    visit = during("cymmetri cbs mailroom", lambda: begin_web(world, asha))
    for action, systems, fields in web_steps(asha, inbox):
        during(systems, lambda action=action, fields=fields: visit.act(action, **fields()))
    assert visit.wait_for("Registered")

    token = during("auth_service cymmetri", lambda: world.log_in("asha.killed", PASSWORD))
    phone = during("handset tsg", lambda: world.new_phone("Asha"))
    app = during("auth_service tsg", lambda: world.begin_device(phone, token))
    during("auth_service tsg mailroom", lambda: app.act("sign-up", via="sms", contact=asha.mobile))
    code = inbox.code("sign-up-code", "sms")
    during("handset tsg", lambda: phone.type_code(code))
    world.clock.advance("PT1M")  # a push that met a dead receiver is due again
    if app.look().status == "Sign_Up_Complete":
        during("tsg", lambda: app.act("register"))
    app.wait_for("Register_Complete")
    during("auth_service tsg", lambda: app.act("activate"))

    assert app.status == "Device_Activate"
    assert during.kills
    world.clock.advance("PT20M")
    assert_nothing_lost_or_doubled(world, asha, token)


class Interrupted:
    """Does each step while its victim lies dead, and again once it lives, if the first try came to nothing."""

    def __init__(self, fleet: Fleet, victim: str) -> None:
        self._fleet = fleet
        self._victim = victim
        self._always = victim == "orchestrator" or os.environ.get("SANDBOX_THOROUGH") == "all"
        self.kills = 0

    def __call__(self, systems: str, step: Callable[[], Any]) -> Any:
        """Do a step in which these systems have a part."""
        if not self._always and self._victim not in systems.split():
            return step()
        self._fleet.kill(self._victim)
        self.kills += 1
        try:
            done = step()
        except Unexpected:
            done = None
        finally:
            self._fleet.start(self._victim)
        return step() if done is None else done


def begin_web(world: World, asha: Persona) -> Registration:
    visit = world.begin_web(asha)
    if visit.last_outcome.branch == "WR-1.8":  # no mail went out: the customer asks again
        raise Unexpected("no email was sent")
    return visit


def web_steps(asha: Persona, inbox: Inbox) -> Iterator[tuple[str, str, Callable[[], dict[str, Any]]]]:
    """Yield each action, the systems that have a part in it, and what makes its fields."""
    card = asha.cards[0]
    details = {"mfaType": "DEBIT_CARD", "cardLast4": card.last4, "expiry": card.expiry, "pin": card.pin}
    yield "verify-email-otp", "cymmetri mailroom", lambda: {"otp": inbox.code("email-otp", "email")}
    yield "verify-mobile-otp", "cymmetri mailroom", lambda: {"otp": inbox.code("mobile-otp", "sms")}
    yield "list-factors", "cymmetri cbs", dict
    yield "authenticate", "cymmetri cbs", lambda: details
    yield "existing-user-id", "cymmetri cbs", dict
    yield "save-user-id", "cymmetri cbs", lambda: {"userId": "asha.killed"}
    yield "validate-password", "cymmetri", lambda: {"password": PASSWORD}
    yield "set-password", "cymmetri cbs", lambda: {"password": PASSWORD, "confirmPassword": PASSWORD}


def assert_nothing_lost_or_doubled(world: World, asha: Persona, token: str) -> None:
    devices = world.call("auth_service", "GET", "/users/asha.killed/devices", token=token)["devices"]
    assert len(devices) == 1
    phones = world.persona("Asha").handsets
    assert [phone.tsg for phone in phones if phone.auth_service] == ["registered"]
    told = [message.purpose for message in world.inbox(asha).messages(channel="email")]
    assert told.count("device-registered") == 1
    assert told.count("device-activated") == 1
