"""The middleware learns of a sign-up by polling TSG: the same outcome by that route (DR-2.15)."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.system.device.bank import LOSE, PUSHED, REGISTER, Bank

pytestmark = pytest.mark.thorough


Fresh = Callable[..., Bank]
POLLED = "/tsg/poll_sign_up"
SIGNED_UP = ["Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete", "Register_Complete"]


@pytest.fixture
def polling(fresh: Fresh) -> Bank:
    return fresh(tsg={"completion": "poll"})


@pytest.mark.parametrize("via", ["email", "qr"])
def test_a_sign_up_is_noticed_at_the_next_poll_and_nothing_is_pushed(polling: Bank, via: str) -> None:
    chitra = polling.user()
    registration = chitra.adds(via=via)
    code = registration.shown() if via == "qr" else chitra.codes(via)[0]
    polling.advance("PT4S")
    assert registration.types(code).status == 200
    assert registration.status == "Sign_Up_In_Progress"
    polling.advance("PT1S")
    assert registration.path == SIGNED_UP
    assert registration.history[2]["branch"] == "DR-2.15"
    assert "DR-2.15" in polling.branches()
    assert not {"DR-2.1", "DR-2.2"} & polling.branches().keys()
    assert polling.pushes() == []
    assert polling.calls("orchestrator", "POST", PUSHED) == []
    polling.advance("PT1H")
    assert len(polling.calls("tsg", "POST", POLLED)) == 1
    assert registration.act("activate").body["status"] == "Device_Activate"
    assert len(chitra.told("device-registered")) == 1


def test_how_often_tsg_is_polled_is_a_policy(fresh: Fresh) -> None:
    bank = fresh(tsg={"completion": "poll"}, orchestrator={"poll_interval": "PT1M"})
    registration = bank.user().adds()
    registration.types()
    bank.advance("PT59.999S")
    assert (registration.status, bank.calls("tsg", "POST", POLLED)) == ("Sign_Up_In_Progress", [])
    bank.advance("PT0.001S")
    assert registration.path == SIGNED_UP


def test_where_tsg_pushes_it_is_not_polled(bank: Bank) -> None:
    registration = bank.user().adds()
    bank.advance("PT5M")
    registration.types()
    bank.advance("PT1H")
    assert registration.path == SIGNED_UP
    assert bank.calls("tsg", "POST", POLLED) == []


@pytest.mark.parametrize("late", ["push", "poll"])
def test_where_tsg_pushes_and_is_polled_whichever_comes_first_completes_and_the_other_has_no_effect(
    fresh: Fresh, late: str
) -> None:
    bank = fresh(tsg={"completion": "both"})
    chitra = bank.user()
    registration = chitra.adds()
    if late == "push":
        bank.fault("tsg", "", "push", {"drop": True})
    assert registration.types().status == 200
    bank.advance("PT1M")
    assert registration.path == SIGNED_UP
    assert registration.history[2]["branch"] == ("DR-2.15" if late == "push" else "DR-2.1")
    assert ("DR-2.10" in bank.branches()) is (late == "push")
    assert [push["state"] for push in bank.pushes()] == ["delivered"]
    bank.advance("PT1H")
    assert bank.worked("tsg", "POST", REGISTER) == 1
    assert len(chitra.told("device-registered")) == 1


def test_a_sign_up_that_is_never_completed_lapses_and_is_polled_for_no_longer(polling: Bank) -> None:
    registration = polling.user().adds()
    polling.advance("PT11M")
    assert (registration.status, registration.told) == ("Not_Found", "DR-2.12")
    polled = len(polling.calls("tsg", "POST", POLLED))
    assert polled in (119, 120)
    polling.advance("P1D")
    assert len(polling.calls("tsg", "POST", POLLED)) == polled


def test_a_code_that_was_used_just_before_it_expired_completes_the_sign_up(fresh: Fresh) -> None:
    bank = fresh(tsg={"completion": "poll"}, orchestrator={"poll_interval": "PT1M", "sign_up": {"lifetime": "PT90S"}})
    registration = bank.user().adds()
    bank.advance("PT89S")
    registration.types()
    bank.advance("PT1M")
    assert registration.path == ["Not_Found", "Sign_Up_In_Progress", *SIGNED_UP]
    assert {"DR-2.12", "DR-2.15"} <= bank.branches().keys()


def test_a_sign_up_begun_again_is_polled_for_in_place_of_the_first(polling: Bank) -> None:
    chitra = polling.user()
    registration = chitra.adds()
    polling.advance("PT3S")
    assert registration.sign_up("email").status == 200
    polling.advance("PT4S")
    assert polling.calls("tsg", "POST", POLLED) == []
    registration.types(chitra.codes("email")[0])
    polling.advance("PT1S")
    assert registration.path == SIGNED_UP
    assert len(polling.calls("tsg", "POST", POLLED)) == 1


@pytest.mark.parametrize("effect", [{"status": 503}, {"garbage": True}, {"reset": True}, {"status": 404}, LOSE])
def test_while_tsg_does_not_answer_it_is_polled_again(polling: Bank, effect: dict[str, Any]) -> None:
    registration = polling.user().adds()
    registration.types()
    polling.fault("tsg", "POST", POLLED, effect, times=3)
    polling.advance("PT15S")
    assert registration.status == "Sign_Up_In_Progress"
    polling.advance("PT5S")
    assert registration.path == SIGNED_UP


@pytest.mark.parametrize(
    "said",
    [{}, {"status": "UNKNOWN"}, {"status": "CLAIMED"}, {"status": "CLAIMED", "subject_id": " ", "credential": "c"}],
)
def test_a_poll_of_which_nothing_usable_is_said_moves_nothing(polling: Bank, said: dict[str, Any]) -> None:
    registration = polling.user().adds()
    registration.types()
    polling.fault("tsg", "POST", POLLED, {"status": 200, "body": said}, times=None)
    polling.advance("PT5M")
    assert (registration.status, registration.path) == ("Sign_Up_In_Progress", SIGNED_UP[:2])
    assert polling.calls("tsg", "POST", REGISTER) == []
    assert ("DR-2.8" in polling.branches()) is ("CLAIMED" in said.values())


def test_tsg_that_is_down_for_days_is_polled_for_one_and_then_given_up(polling: Bank) -> None:
    registration = polling.user().adds()
    polling.fault("tsg", "POST", POLLED, {"status": 503}, times=None)
    polling.advance("P1D")
    polling.advance("P1D")
    assert registration.told == "DR-2.12"
    polled = len(polling.calls("tsg", "POST", POLLED))
    assert polled < 300
    polling.advance("P2D")
    assert len(polling.calls("tsg", "POST", POLLED)) == polled


def test_a_code_used_by_another_phone_moves_nothing_and_both_facts_are_in_the_journal(polling: Bank) -> None:
    chitra = polling.user()
    registration, other = chitra.adds(), chitra.phone()
    assert registration.types(phone=other).status == 200
    polling.advance("PT1M")
    assert registration.status == "Sign_Up_In_Progress"
    (due,) = [call for call in polling.calls("orchestrator", "DUE", "/poll") if "DR-2.16" in call["branches"]]
    facts = due["decisions"][-1]["facts"]
    assert facts == {"asked_for": registration.phone.em_cert_id, "completed_by": other.em_cert_id}
    assert registration.sign_up().status == 200
    registration.types()
    polling.advance("PT5S")
    assert registration.status == "Register_Complete"


def test_an_institution_that_authenticates_by_http_basic_goes_the_whole_way(fresh: Fresh) -> None:
    bank = fresh(tsg={"auth": "basic", "completion": "both"})
    chitra = bank.user()
    registration = chitra.adds().signed_up()
    assert registration.act("activate").body["status"] == "Device_Activate"


@pytest.mark.parametrize("completion", ["push", "poll"])
@pytest.mark.parametrize("wanted", ["required", "optional"])
def test_whether_a_sign_up_must_carry_a_credential_is_a_policy(fresh: Fresh, completion: str, wanted: str) -> None:
    bank = fresh(tsg={"completion": completion}, orchestrator={"credential": wanted})
    chitra = bank.user()
    registration = chitra.adds()
    path = f"/handsets/{registration.phone.id}/sign-up"
    typed = {"code": chitra.codes()[0], "credential": None}
    bank.client.call("handset", "POST", path, typed)
    bank.advance("PT1M")
    assert registration.path == (SIGNED_UP if wanted == "optional" else SIGNED_UP[:2])
    assert ("DR-2.8" in bank.branches()) is (wanted == "required")


@pytest.mark.parametrize("credential", ["of the app", {"token": {"n": 1}}])
def test_the_middleware_takes_a_text_and_an_object_as_credential(either: Bank, credential: Any) -> None:
    chitra = either.user()
    registration = chitra.adds()
    typed = {"code": chitra.codes()[0], "credential": credential}
    either.client.call("handset", "POST", f"/handsets/{registration.phone.id}/sign-up", typed)
    either.settle()
    assert registration.path == SIGNED_UP
