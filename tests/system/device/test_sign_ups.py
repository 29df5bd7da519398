"""Sign-ups that lapse, come late, are begun again, or are under way on several phones and by several users."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.system.device.bank import (
    DEVICE,
    MESSAGES,
    PUSHED,
    REGISTER,
    SIGN_UP_CODES,
    SUBJECT_INFO,
    Bank,
    Registration,
    wait_for,
)

pytestmark = pytest.mark.thorough


SIGNED_UP = ["Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete", "Register_Complete"]


def refused(registration: Registration, code: str) -> Any:
    return registration.types(code).body.get("upstream_code")


def test_a_sign_up_lapses_at_the_instant_at_which_its_code_expires(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    bank.advance("PT9M59.999999S")
    assert registration.status == "Sign_Up_In_Progress"
    bank.advance("PT0.000001S")
    assert (registration.status, registration.told) == ("Not_Found", "DR-2.12")
    assert refused(registration, chitra.codes()[0]) == "SIGN_UP_CODE_EXPIRED"
    assert bank.pushes() == []
    assert registration.status == "Not_Found"


def test_a_code_is_good_until_the_instant_before_it_expires(either: Bank) -> None:
    chitra = either.user()
    registration = chitra.adds()
    either.advance("PT9M59.999999S")
    assert registration.types().status == 200
    either.advance("PT1H")
    assert registration.path == SIGNED_UP


def test_a_sign_up_that_has_lapsed_can_be_begun_again(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    bank.advance("PT11M")
    assert registration.sign_up("email").status == 200
    assert registration.status == "Sign_Up_In_Progress"
    assert refused(registration, chitra.codes()[0]) == "SIGN_UP_CODE_EXPIRED"
    assert registration.types(chitra.codes("email")[0]).status == 200
    assert registration.path == ["Not_Found", "Sign_Up_In_Progress", *SIGNED_UP]


def test_a_sign_up_that_was_begun_again_lapses_with_its_own_code(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    bank.advance("PT6M")
    assert registration.sign_up().status == 200
    bank.advance("PT9M")
    assert registration.status == "Sign_Up_In_Progress"
    bank.advance("PT1M")
    assert registration.status == "Not_Found"


def test_a_sign_up_that_is_being_begun_again_when_the_earlier_code_expires_goes_on(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    bank.advance("PT9M59S")
    bank.fault("mailroom", "POST", MESSAGES, {"delay": {"ms": 800}})
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(registration.sign_up)
        wait_for(lambda: len(bank.calls("tsg", "POST", SIGN_UP_CODES)) == 2)
        bank.advance("PT5S")
        assert answer.result().body["status"] == "Sign_Up_In_Progress"
    assert registration.path == SIGNED_UP[:2]
    bank.advance("PT9M54S")
    assert registration.status == "Sign_Up_In_Progress"
    bank.advance("PT1S")
    assert registration.status == "Not_Found"


def test_a_sign_up_whose_answer_takes_longer_than_its_code_holds_lapses(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.open(chitra.phone())
    bank.settle()
    bank.fault("mailroom", "POST", MESSAGES, {"delay": {"ms": 800}})
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(registration.sign_up)
        wait_for(lambda: len(bank.calls("tsg", "POST", SIGN_UP_CODES)) == 1)
        bank.advance("PT11M")
        assert answer.result().status == 200
    assert bank.client.wait_for(registration.id, "Not_Found", chitra.token).last_outcome.branch == "DR-2.12"


def test_of_two_sign_ups_begun_at_once_the_later_completes_and_the_earlier_is_told_so(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.open(chitra.phone())
    bank.settle()
    bank.fault("mailroom", "POST", MESSAGES, {"delay": {"ms": 800}})
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(registration.sign_up)
        wait_for(lambda: len(bank.calls("tsg", "POST", SIGN_UP_CODES)) == 1)
        assert registration.sign_up("email").status == 200
        assert (first.result().status, first.result().body["code"]) == (409, "sign-up-begun-again")
    assert (registration.status, registration.told) == ("Sign_Up_In_Progress", "DR-1.1")
    assert refused(registration, chitra.codes()[0]) == "SIGN_UP_CODE_INVALID"
    assert registration.types(chitra.codes("email")[0]).status == 200
    assert registration.path == SIGNED_UP


def test_a_sign_up_that_fails_does_not_end_one_that_was_begun_meanwhile(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.open(chitra.phone())
    bank.settle()
    bank.fault("tsg", "POST", SIGN_UP_CODES, {"hang": True})
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(registration.sign_up)
        wait_for(lambda: bank.client.control("GET", "/faults")["faults"][0]["fired"] == 1)
        assert registration.sign_up("email").status == 200
        assert first.result().status == 409
    assert registration.status == "Sign_Up_In_Progress"
    assert registration.types(chitra.codes("email")[0]).status == 200
    assert registration.status == "Register_Complete"


def test_a_status_that_is_asked_for_while_a_sign_up_begins_does_not_undo_it(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.open(chitra.phone())
    bank.settle()
    bank.fault("tsg", "POST", SUBJECT_INFO, {"delay": {"ms": 800}})
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(registration.act, "check")
        wait_for(lambda: bank.client.control("GET", "/faults")["faults"][0]["fired"] == 1)
        assert registration.sign_up().status == 200
        assert asked.result().body["status"] == "Sign_Up_In_Progress"
    assert registration.signed_up().path == SIGNED_UP


def test_a_status_that_is_asked_for_while_the_phone_is_activated_does_not_undo_it(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds().signed_up()
    bank.fault("tsg", "POST", SUBJECT_INFO, {"delay": {"ms": 800}})
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(registration.act, "check")
        wait_for(lambda: bank.client.control("GET", "/faults")["faults"][0]["fired"] == 1)
        assert registration.act("activate").body["status"] == "Device_Activate"
        assert asked.result().body["status"] == "Device_Activate"
    assert registration.path == [*SIGNED_UP, "Device_Activate"]


def test_a_user_who_begins_again_is_refused_what_has_just_been_completed(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    bank.fault("auth_service", "POST", "/users/*/contacts/verify", {"delay": {"ms": 800}})
    with ThreadPoolExecutor(1) as pool:
        again = pool.submit(registration.sign_up)
        wait_for(lambda: bank.client.control("GET", "/faults")["faults"][0]["fired"] == 1)
        assert registration.types().status == 200
        assert (again.result().status, again.result().body["code"]) == (409, "sign-up-completed")
    assert registration.path == SIGNED_UP
    bank.advance("PT1H")
    assert registration.act("activate").body["status"] == "Device_Activate"


def test_a_registration_that_is_asked_for_twice_at_once_is_made_and_told_once(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    bank.fault("tsg", "POST", REGISTER, {"status": 500})
    registration.types()
    assert (registration.status, registration.told) == ("Sign_Up_Complete", "DR-3.3")
    answers = bank.at_once([registration.request("register")] * 6)
    assert {said.status for said in answers} <= {200, 409}
    assert all(said.body["status"] == "Register_Complete" for said in answers if said.status == 200)
    bank.advance("PT1H")
    assert registration.path == SIGNED_UP
    assert bank.subject(registration.phone) == "registered"
    assert len(chitra.told("device-registered")) == 1


def test_a_phone_that_is_typed_a_code_of_another_phone_completes_neither(either: Bank) -> None:
    chitra = either.user()
    one, other = chitra.adds(), chitra.open(chitra.phone())
    assert one.types(phone=other.phone).status == 200
    assert (one.status, other.status) == ("Sign_Up_In_Progress", "Not_Found")
    refused = either.calls("orchestrator", "POST", PUSHED)[-1]
    assert (refused["status"], refused["branches"]) == (409, ["DR-2.16"])
    (made,) = [each for each in refused["decisions"] if each["branch"] == "DR-2.16"]
    assert made["facts"] == {"asked_for": one.phone.em_cert_id, "completed_by": other.phone.em_cert_id}
    assert either.calls("tsg", "POST", REGISTER) == []
    assert one.sign_up("email").status == 200
    assert one.types(chitra.codes("email")[0]).status == 200
    assert one.status == "Register_Complete"


def test_two_users_who_register_one_phone_get_it_once(either: Bank) -> None:
    chitra, jai = either.user(), either.user("Jai")
    phone = chitra.phone()
    hers, his = chitra.adds(phone), jai.adds(phone)
    for registration in (hers, his):
        assert registration.types(registration.user.codes()[0]).status == 200
        assert registration.status == "Register_Complete"
    answers = either.at_once([hers.request("activate"), his.request("activate")] * 3)
    codes = {said.body.get("code") for said in answers if said.status != 200}
    assert codes <= {"device-of-another-user", "action-not-allowed"}
    owner = either.owners()[phone.em_cert_id]
    winner, loser = (hers, his) if owner == chitra.username else (his, hers)
    assert (winner.status, loser.status) == ("Device_Activate", "Register_Complete")
    assert (winner.user.devices(), loser.user.devices()) == ([phone.em_cert_id], [])
    assert "DR-4.4" in either.branches()
    either.advance("PT1H")
    assert [len(each.user.told("device-activated")) for each in (winner, loser)] == [1, 0]


def test_two_registrations_of_one_phone_associate_it_once_and_notify_once(bank: Bank) -> None:
    chitra = bank.user()
    phone = chitra.phone()
    first, second = chitra.adds(phone), chitra.adds(phone, via="email")
    assert first.types(chitra.codes()[0]).status == 200
    assert second.types(chitra.codes("email")[0]).status == 200
    answers = bank.at_once([first.request("activate"), second.request("activate")])
    assert [said.body["status"] for said in answers] == ["Device_Activate"] * 2
    assert chitra.devices() == [phone.em_cert_id]
    bank.advance("PT1H")
    assert len(chitra.told("device-activated")) == 1


def test_a_code_that_was_voided_is_not_drawn_for_another_sign_up_while_somebody_may_have_it(fresh: Any) -> None:
    bank = fresh(tsg={"sign_up_code": {"min_length": 1, "length": 1}})
    key = bank.client.call("orchestrator", "GET", "/_sandbox/credentials")["SANDBOX_TSG_API_KEY"]
    codes = set()
    for _ in range(8):
        code = bank.client.call("tsg", "POST", SIGN_UP_CODES, {"service_id": "a bank"}, token=key)["sign_up_code"]
        bank.client.call("tsg", "DELETE", f"{SIGN_UP_CODES}/{code}", token=key)
        codes.add(code)
    assert len(codes) == 8


def test_a_phone_that_was_taken_off_can_be_activated_again_and_that_is_told_too(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds().signed_up()
    for _ in range(2):
        assert registration.act("activate").body["status"] == "Device_Activate"
        path = f"/users/{chitra.username}/devices/{registration.phone.em_cert_id}"
        bank.client.call("auth_service", "DELETE", path, token=chitra.token)
        assert registration.act("check").body["status"] == "Register_Complete"
    bank.advance("PT1H")
    assert len(chitra.told("device-activated")) == 2


def test_a_phone_that_was_unregistered_is_not_activated_and_can_sign_up_again(either: Bank) -> None:
    chitra = either.user()
    registration = chitra.adds().signed_up()
    either.unregister(registration.phone)
    answer = registration.act("activate")
    assert (answer.status, answer.branches) == (409, ["DR-4.3"])
    assert registration.status == "Not_Found"
    assert either.calls("auth_service", "PUT", DEVICE) == []
    assert registration.sign_up().status == 200
    registration.signed_up()
    assert registration.act("activate").body["status"] == "Device_Activate"
    either.advance("PT1H")
    assert len(chitra.told("device-registered")) == 2
    assert len(chitra.told("device-activated")) == 1


def test_a_phone_that_was_revoked_in_between_is_refused_for_good_by_register_and_by_the_tsg(either: Bank) -> None:
    chitra = either.user()
    registration = chitra.adds()
    either.fault("tsg", "POST", REGISTER, {"status": 500})
    registration.types()
    either.revoke(registration.phone)
    answer = registration.act("register")
    assert (answer.status, answer.branches) == (409, ["DR-3.5"])
    assert registration.status == "Not_Found"
    assert registration.sign_up().status == 200
    assert refused(registration, chitra.codes()[0]) == "SUBJECT_REVOKED"
    assert chitra.told("device-registered") == []


@pytest.mark.parametrize("action", ["register", "activate"])
def test_what_is_not_allowed_yet_asks_nobody(bank: Bank, action: str) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    before = len(bank.calls("tsg", "POST", SUBJECT_INFO))
    answer = registration.act(action)
    assert (answer.status, answer.body["allowed_actions"]) == (409, ["sign-up", "check"])
    assert answer.branches == (["DR-3.2"] if action == "register" else [])
    assert len(bank.calls("tsg", "POST", SUBJECT_INFO)) == before
    assert bank.calls("tsg", "POST", REGISTER) == bank.calls("auth_service", "PUT", DEVICE) == []


def test_an_offline_phone_signs_up_when_it_is_online_again_unless_that_is_too_late(either: Bank) -> None:
    chitra = either.user()
    in_time, too_late = chitra.adds(via="sms"), chitra.adds(via="email")
    codes = {in_time: chitra.codes()[0], too_late: chitra.codes("email")[0]}
    for registration, code in codes.items():
        connected(either, registration, False)
        assert registration.types(code).status == 202
    assert either.pushes() == []
    either.advance("PT5M")
    connected(either, in_time, True)
    either.advance("PT5M")
    connected(either, too_late, True)
    either.settle()
    assert (in_time.status, too_late.status) == ("Register_Complete", "Not_Found")
    assert len(either.calls("orchestrator", "POST", PUSHED)) == 1


def connected(bank: Bank, registration: Registration, there: bool) -> None:
    path = f"/handsets/{registration.phone.id}/offline"
    bank.client.call("handset", "PUT", path, {"offline": not there})
