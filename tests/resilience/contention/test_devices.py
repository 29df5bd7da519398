"""A phone's registration acted on by many at once: one live code, one winner, one association, one notification."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from simulators.kit.clock import stamp, wall_now
from simulators.kit.wire import webhooks
from tests.resilience.contention.rounds import ROUNDS
from tests.support.kept import kept
from tests.support.phone_owner import CHITRA, PhoneOwner
from tests.support.world import Request, World

pytestmark = pytest.mark.thorough


Fresh = Callable[..., World]


def live_codes(world: World) -> list[str]:
    """Return the sign-up codes that the TSG would still take."""
    query = f"SELECT code FROM sign_up_codes WHERE world = '{world.name}' AND status = 'UNCLAIMED'"
    return [code for (code,) in kept(world.sandbox, "tsg", query)]


@pytest.mark.parametrize("number", [2, 6])
@pytest.mark.parametrize("_", ROUNDS)
def test_sign_ups_begun_at_once_leave_one_live_code_which_completes(fresh: Fresh, number: int, _: int) -> None:
    world = fresh(personas=[CHITRA])
    owner = PhoneOwner(world)
    registration = owner.begin()
    contact = owner.persona["mobile"]
    answers = world.at_once([owner.action(registration, "sign-up", via="sms", contact=contact)] * number)
    assert {said.status for said in answers} <= {200, 409}
    assert all(said.body["code"] == "sign-up-begun-again" for said in answers if said.status == 409)
    assert 200 in {said.status for said in answers}
    (live,) = live_codes(world)
    assert owner.status(registration) == "Sign_Up_In_Progress"
    assert live in owner.codes()
    assert owner.types(live).status == 200
    world.client.wait_for(registration, "Register_Complete", owner.token)


@pytest.mark.parametrize("_", ROUNDS)
def test_sign_ups_begun_again_at_once_leave_one_live_code(fresh: Fresh, _: int) -> None:
    world = fresh(personas=[CHITRA])
    owner = PhoneOwner(world)
    registration = owner.at_sign_up()
    (first,) = owner.codes()
    world.at_once([owner.action(registration, "sign-up", via="qr")] * 4)
    (live,) = live_codes(world)
    assert live != first
    assert owner.types(first).status == 404
    assert owner.types(live).status == 200
    world.client.wait_for(registration, "Register_Complete", owner.token)


@pytest.mark.parametrize("_", ROUNDS)
def test_activations_at_once_associate_the_phone_once_and_notify_once(fresh: Fresh, _: int) -> None:
    world = fresh(personas=[CHITRA])
    owner = PhoneOwner(world)
    registration = owner.at_activate()
    answers = world.at_once([owner.action(registration, "activate")] * 8)
    assert {said.status for said in answers} <= {200, 409}
    assert all(said.body["code"] == "action-not-allowed" for said in answers if said.status == 409)
    assert owner.status(registration) == "Device_Activate"
    puts = [
        e["status"] for e in world.exchanges(service="auth_service", path="/users/*/devices/*") if e["method"] == "PUT"
    ]
    assert puts.count(201) == 1
    assert set(puts) <= {200, 201}
    devices = world.ask("auth_service", "GET", f"/users/{owner.persona['username']}/devices", token=owner.token)
    assert [device["emCertID"] for device in devices.body["devices"]] == [owner.phone["emCertID"]]
    world.advance("PT1H")
    assert len(world.messages(owner.persona["email"], "device-activated")) == 1


@pytest.mark.parametrize("_", ROUNDS)
def test_one_of_five_phones_that_claim_one_code_at_once_gets_it(fresh: Fresh, _: int) -> None:
    world = fresh(personas=[{"name": "Asha", "phones": [{"model": f"Phone {n}"} for n in range(5)]}])
    key = world.ask("orchestrator", "GET", "/_sandbox/credentials").body["SANDBOX_TSG_API_KEY"]
    body = {"service_id": "registration-sandbox", "external_reference": "nobody's"}
    code = world.ask("tsg", "POST", "/tsg/sign_up", body, key).body["sign_up_code"]
    phones = world.personas["Asha"]["handsets"]
    answers = world.at_once(
        [Request("handset", "POST", f"/handsets/{phone['id']}/sign-up", {"code": code}) for phone in phones]
    )
    assert Counter(said.status for said in answers) == {200: 1, 409: 4}
    assert {said.body["upstream_code"] for said in answers if said.status == 409} == {"SIGN_UP_CODE_USED"}
    assert len(world.exchanges(service="tsg", branch="DR-2.5")) == 4


@pytest.mark.parametrize("_", ROUNDS)
def test_copies_of_one_push_that_arrive_at_once_have_one_effect(fresh: Fresh, _: int) -> None:
    world = fresh(personas=[CHITRA])
    owner = PhoneOwner(world)
    registration = owner.at_sign_up()
    request = pushed(world, owner.phone["emCertID"])
    answers = world.at_once([request] * 10)
    assert [said.status for said in answers] == [200] * 10
    assert Counter(said.body["repeated"] for said in answers) == {False: 1, True: 9}
    world.client.wait_for(registration, "Register_Complete", owner.token)
    world.advance("PT1H")
    assert len(world.messages(owner.persona["email"], "device-registered")) == 1


def pushed(world: World, subject: str) -> Request:
    """Return the push of a completed sign-up, which no phone has caused; the TSG knows the subject as signed up."""
    world.client.call("tsg", "POST", f"/_sandbox/worlds/{world.name}/subjects",
                      {"subjects": [{"subject_id": subject, "state": "signed_up"}]})  # fmt: skip
    (asked,) = world.exchanges(service="tsg", path="/tsg/sign_up")
    data: dict[str, Any] = {
        "service_id": asked["request"]["service_id"],
        "subject_id": subject,
        "external_reference": asked["request"]["external_reference"],
        "credential": {"type": "emCert", "emCertID": subject},
    }
    now = wall_now()
    payload = {"type": "sign_up", "timestamp": stamp(now), "data": data}
    secret = world.ask("orchestrator", "GET", "/_sandbox/credentials").body["SANDBOX_TSG_PUSH_SECRET"]
    headers = webhooks.sign(secret, "msg_of_the_test", now, json.dumps(payload).encode())
    return Request("orchestrator", "POST", "/tsg/push", payload, headers=headers)
