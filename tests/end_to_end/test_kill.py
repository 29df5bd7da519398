"""Kill -9 each service at each step of both flows, start it again: the flow goes on, nothing is lost or doubled."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestrator.client import Sandbox, Unexpected
from orchestrator.runtime.embedded import free_base_port
from simulators.kit.settings import SERVICES
from tests.end_to_end.fleet import Fleet

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
    sandbox = fleet.client(WORLD)
    sandbox.control("PUT", "", {"scenario": "new-customer"})
    asha = sandbox.persona("Asha")
    interrupted = Interrupted(fleet, victim)

    made = interrupted(lambda: begin_web(sandbox, asha))
    for action, fields in web_steps(sandbox, asha):
        interrupted(lambda action=action, fields=fields: sandbox.act(made["id"], action, **fields()))
    assert sandbox.wait_for(made["id"], "Registered")

    token = interrupted(lambda: log_in(sandbox))
    phone = interrupted(lambda: new_phone(sandbox))
    device = interrupted(lambda: begin_device(sandbox, token, phone))
    interrupted(lambda: sandbox.act(device["id"], "sign-up", token, via="sms", contact=asha["mobile"]))
    code = sandbox.code(asha["mobile"], "sign-up-code", "sms")
    interrupted(lambda: sandbox.call("handset", "POST", f"/handsets/{phone['id']}/sign-up", {"code": code}))
    sandbox.control("POST", "/clock", {"advance": "PT1M"})  # a push that met a dead receiver is due again
    if (
        sandbox.call("orchestrator", "GET", f"/registrations/{device['id']}", token=token)["status"]
        == "Sign_Up_Complete"
    ):
        interrupted(lambda: sandbox.act(device["id"], "register", token))
    sandbox.wait_for(device["id"], "Register_Complete", token)
    done = interrupted(lambda: sandbox.act(device["id"], "activate", token))

    assert done["status"] == "Device_Activate"
    assert interrupted.kills >= 15
    sandbox.control("POST", "/clock", {"advance": "PT20M"})
    assert_nothing_lost_or_doubled(sandbox, asha, token)


class Interrupted:
    """Does each step while its victim lies dead, and again once it lives, if the first try came to nothing."""

    def __init__(self, fleet: Fleet, victim: str) -> None:
        self._fleet = fleet
        self._victim = victim
        self.kills = 0

    def __call__(self, step: Callable[[], Any]) -> Any:
        self._fleet.kill(self._victim)
        self.kills += 1
        try:
            done = step()
        except Unexpected:
            done = None
        finally:
            self._fleet.start(self._victim)
        return step() if done is None else done


def begin_web(sandbox: Sandbox, asha: dict[str, Any]) -> dict[str, Any]:
    body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": asha["cif"]}
    made = sandbox.call("orchestrator", "POST", "/registrations", body)
    if made["last_outcome"]["branch"] == "WR-1.8":  # no mail went out: the customer asks again
        raise Unexpected("no email was sent")
    return made


def web_steps(sandbox: Sandbox, asha: dict[str, Any]) -> Iterator[tuple[str, Callable[[], dict[str, Any]]]]:
    card = asha["cards"][0]
    yield "verify-email-otp", lambda: {"otp": sandbox.code(asha["email"], "email-otp", "email")}
    yield "verify-mobile-otp", lambda: {"otp": sandbox.code(asha["mobile"], "mobile-otp", "sms")}
    yield "list-factors", dict
    yield (
        "authenticate",
        lambda: {"mfaType": "DEBIT_CARD", "cardLast4": card["last4"], "expiry": card["expiry"], "pin": card["pin"]},
    )
    yield "existing-user-id", dict
    yield "save-user-id", lambda: {"userId": "asha.killed"}
    yield "validate-password", lambda: {"password": PASSWORD}
    yield "set-password", lambda: {"password": PASSWORD, "confirmPassword": PASSWORD}


def log_in(sandbox: Sandbox) -> str:
    body = {"username": "asha.killed", "password": PASSWORD}
    return str(sandbox.call("auth_service", "POST", "/auth/login", body)["token"])


def new_phone(sandbox: Sandbox) -> dict[str, Any]:
    return sandbox.call("handset", "POST", "/handsets", {"os": "Android", "model": "Pixel 9", "owner": "Asha"})


def begin_device(sandbox: Sandbox, token: str, phone: dict[str, Any]) -> dict[str, Any]:
    body = {"flow": "device", "emCertID": phone["emCertID"]}
    return sandbox.call("orchestrator", "POST", "/registrations", body, token=token)


def assert_nothing_lost_or_doubled(sandbox: Sandbox, asha: dict[str, Any], token: str) -> None:
    devices = sandbox.call("auth_service", "GET", "/users/asha.killed/devices", token=token)["devices"]
    assert len(devices) == 1
    phones = sandbox.persona("Asha")["handsets"]
    assert [phone["tsg"] for phone in phones if phone["auth_service"]] == ["registered"]
    mail = sandbox.call("mailroom", "GET", f"/messages?to={asha['email']}&limit=1000")["messages"]
    told = [message["purpose"] for message in mail]
    assert told.count("device-registered") == 1
    assert told.count("device-activated") == 1
