"""The answer to each outside effect is lost after the work was done: what is repeated is done once, told once."""

import http.client
from collections.abc import Callable

import pytest

from tests.support.world import Said
from tests.system.device.bank import (
    DEVICE,
    LOSE,
    MESSAGES,
    NOTIFICATIONS,
    PUSHED,
    REGISTER,
    SIGN_UP_CODES,
    SUBJECT_INFO,
    Bank,
    Registration,
)

WHOLE_WAY = ["Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete", "Register_Complete", "Device_Activate"]


def test_a_sign_up_code_that_was_issued_but_not_heard_of_is_shown_to_nobody_and_another_is_had(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.open(chitra.phone())
    bank.fault("tsg", "POST", SIGN_UP_CODES, LOSE)
    answer = registration.sign_up()
    assert (answer.status, answer.body["branch"]) == (503, "DR-1.5")
    assert answer.headers["retry-after"]
    assert registration.status == "Not_Found"
    assert chitra.codes() == []
    assert registration.sign_up().status == 200
    assert bank.worked("tsg", "POST", SIGN_UP_CODES) == 2
    assert registration.signed_up().path == WHOLE_WAY[:4]


@pytest.mark.parametrize("effect", [LOSE, {"status": 503}, {"reset": True}])
def test_an_earlier_code_whose_voiding_went_wrong_is_void_once_a_new_one_is_out(
    bank: Bank, effect: dict[str, object]
) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    bank.fault("tsg", "DELETE", "/tsg/sign_up/*", effect)
    assert registration.sign_up().body["branch"] == "DR-1.5"
    assert registration.status == "Not_Found"
    assert registration.sign_up().status == 200
    new, old = chitra.codes()
    assert registration.types(old).body["upstream_code"] == "SIGN_UP_CODE_INVALID"
    assert registration.status == "Sign_Up_In_Progress"
    assert registration.types(new).status == 200
    assert registration.status == "Register_Complete"


def test_a_code_that_was_mailed_but_not_heard_of_is_void(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.open(chitra.phone())
    bank.settle()
    bank.fault("mailroom", "POST", MESSAGES, LOSE)
    answer = registration.sign_up()
    assert (answer.status, answer.body["branch"]) == (503, "DR-1.7")
    assert registration.status == "Not_Found"
    assert registration.types().body["upstream_code"] == "SIGN_UP_CODE_INVALID"
    assert bank.pushes() == []
    assert registration.sign_up().status == 200
    registration.signed_up()


def test_a_code_that_was_mailed_and_could_not_be_voided_completes_nothing(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.open(chitra.phone())
    bank.settle()
    bank.fault("mailroom", "POST", MESSAGES, LOSE)
    bank.fault("tsg", "DELETE", "/tsg/sign_up/*", {"status": 503})
    assert registration.sign_up().body["branch"] == "DR-1.7"
    assert registration.sign_up().status == 200
    new, old = chitra.codes()
    assert registration.types(old).body["upstream_code"] == "SIGN_UP_CODE_INVALID"
    assert registration.types(new).status == 200
    assert registration.status == "Register_Complete"


@pytest.mark.parametrize(("service", "path"), [("tsg", "/sdk/signup"), ("handset", "/handsets/*/sign-up")])
def test_a_sign_up_that_the_phone_did_not_hear_of_is_pushed_once(bank: Bank, service: str, path: str) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    bank.fault(service, "POST", path, LOSE)
    try:
        assert registration.types().status == 503
    except http.client.HTTPException:
        assert service == "handset"
    except ConnectionResetError:
        assert service == "handset"
    assert registration.types().body["upstream_code"] == "SIGN_UP_CODE_USED"
    assert [push["state"] for push in bank.pushes()] == ["delivered"]
    assert registration.path == WHOLE_WAY[:4]


@pytest.mark.parametrize("service", ["orchestrator", "auth_service"])
def test_a_push_whose_acknowledgement_is_lost_comes_again_without_effect(either: Bank, service: str) -> None:
    chitra = either.user()
    registration = chitra.adds()
    either.fault(service, "POST", PUSHED, LOSE)
    assert registration.types().status == 200
    either.advance("PT1H")
    assert [push["state"] for push in either.pushes()] == ["delivered"]
    assert registration.path == WHOLE_WAY[:4]
    assert either.worked("tsg", "POST", REGISTER) == 1
    assert len(chitra.told("device-registered")) == 1
    tried = [push["attempts"] for push in either.pushes()]
    assert either.branches().get("DR-2.10", 0) == tried[0] - 1


def test_a_registration_that_was_not_heard_of_is_found_by_the_retry(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    bank.fault("tsg", "POST", REGISTER, LOSE)
    registration.types()
    assert (registration.status, registration.told) == ("Sign_Up_Complete", "DR-3.3")
    assert chitra.told("device-registered") == []
    answer = registration.act("register")
    assert (answer.status, answer.body["status"]) == (200, "Register_Complete")
    assert "DR-3.4" in answer.branches
    assert bank.worked("tsg", "POST", REGISTER) == 1
    bank.advance("PT1H")
    assert len(chitra.told("device-registered")) == 1


def test_an_association_that_was_not_heard_of_is_found_by_the_retry(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds().signed_up()
    bank.fault("auth_service", "PUT", DEVICE, LOSE)
    answer = registration.act("activate")
    assert (answer.status, answer.body["branch"]) == (503, "DR-4.5")
    assert registration.status == "Register_Complete"
    bank.settle()
    assert chitra.told("device-activated") == []
    answer = registration.act("activate")
    assert "DR-4.2" in answer.branches
    assert registration.path == WHOLE_WAY
    assert chitra.devices() == [registration.phone.em_cert_id]
    assert [call["status"] for call in bank.calls("auth_service", "PUT", DEVICE)] == [201]
    bank.advance("PT1H")
    assert len(chitra.told("device-activated")) == 1


def test_what_was_done_unheard_is_told_when_the_status_is_asked_for_instead(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    bank.fault("tsg", "POST", REGISTER, LOSE)
    registration.types()
    assert registration.act("check").body["status"] == "Register_Complete"
    bank.fault("auth_service", "PUT", DEVICE, LOSE)
    assert registration.act("activate").status == 503
    assert registration.act("check").body["status"] == "Device_Activate"
    bank.advance("PT1H")
    assert registration.path == WHOLE_WAY
    assert [len(chitra.told(purpose)) for purpose in ("device-registered", "device-activated")] == [1, 1]


@pytest.mark.parametrize(("service", "path"), [("auth_service", NOTIFICATIONS), ("mailroom", MESSAGES)])
def test_a_notification_that_was_delivered_unheard_is_not_delivered_again(bank: Bank, service: str, path: str) -> None:
    chitra = bank.user()
    chitra.open(chitra.phone())
    bank.settle()
    registration = chitra.adds()
    bank.fault(service, "POST", path, LOSE, times=2)
    registration.signed_up()
    registration.act("activate")
    bank.advance("PT1H")
    told = {purpose: len(chitra.told(purpose)) for purpose in ("device-registered", "device-activated")}
    assert told == {"device-registered": 1, "device-activated": 1}
    assert len(chitra.told("device-not-found")) == 2


def test_an_action_that_is_repeated_by_its_key_has_one_effect(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.open(chitra.phone())
    request = registration.sign_up_request()
    keyed = type(request)(request.service, request.method, request.path, request.body, request.token,
                          {"Idempotency-Key": "one"})  # fmt: skip
    bank.fault("orchestrator", "POST", "/registrations/*/actions/sign-up", LOSE)
    with pytest.raises((http.client.HTTPException, ConnectionResetError)):
        bank.send(keyed)
    answer = bank.send(keyed)
    assert (answer.status, answer.body["status"]) == (200, "Sign_Up_In_Progress")
    assert bank.worked("tsg", "POST", SIGN_UP_CODES) == 1
    assert len(chitra.codes()) == 1
    registration.signed_up()


ASKED = [
    ("auth_service", "POST", "/auth/introspect"), ("auth_service", "GET", "/devices/*"),
    ("auth_service", "GET", "/users/*/devices"), ("auth_service", "GET", DEVICE),
    ("auth_service", "POST", "/users/*/contacts/verify"), ("auth_service", "PUT", DEVICE),
    ("auth_service", "POST", NOTIFICATIONS), ("tsg", "POST", SUBJECT_INFO), ("tsg", "POST", SIGN_UP_CODES),
    ("tsg", "DELETE", "/tsg/sign_up/*"), ("tsg", "POST", REGISTER), ("mailroom", "POST", MESSAGES),
]  # fmt: skip
"""Every call that the middleware makes on the way."""


def act_until_done(bank: Bank, act: Callable[[], Said]) -> Said:
    """Repeat what the middleware asks to repeat, once."""
    said = act()
    if said.status == 503:
        assert int(said.headers["retry-after"]) > 0
        said = act()
    assert said.status in (200, 201), said.text
    bank.settle()
    return said


@pytest.mark.parametrize("nth", [0, 1])
@pytest.mark.parametrize(
    "effect", [pytest.param(LOSE, id="lost"), pytest.param({"truncate": True}, id="half", marks=pytest.mark.thorough)]
)
@pytest.mark.parametrize(("service", "method", "path"), ASKED)
def test_a_repeat_finds_what_was_done_whichever_answer_is_lost(
    bank: Bank, service: str, method: str, path: str, effect: dict[str, object], nth: int
) -> None:
    if (method, effect) == ("DELETE", {"truncate": True}):
        pytest.skip("its answer has no body")
    chitra = bank.user()
    phone = chitra.phone()
    fault = {"service": service, "method": method, "path": path, "effect": effect, "times": 1, "after": nth}
    bank.client.control("POST", "/faults", fault)
    body = {"flow": "device", "emCertID": phone.em_cert_id}
    begun = act_until_done(bank, lambda: bank.ask("orchestrator", "POST", "/registrations", body, chitra.token))
    registration = Registration(chitra, phone, str(begun.body["id"]))
    for _ in range(2):
        act_until_done(bank, registration.sign_up)
    assert registration.types().status == 200
    bank.advance("PT1H")
    if "register" in registration.now["allowed_actions"]:
        act_until_done(bank, lambda: registration.act("register"))
    act_until_done(bank, lambda: registration.act("activate"))
    bank.advance("PT1H")
    assert registration.path[-3:] == WHOLE_WAY[-3:]
    assert chitra.devices() == [phone.em_cert_id]
    assert [len(chitra.told(purpose)) for purpose in ("device-registered", "device-activated")] == [1, 1]
    assert bank.worked("auth_service", "PUT", DEVICE) == 1
    assert bank.worked("tsg", "POST", REGISTER) == 1
