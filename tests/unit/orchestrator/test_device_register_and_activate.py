"""Steps 3 and 4: the device is registered on the TSG, and associated with its user on the Auth Service."""

import pytest

from simulators.kit.wire.client import UpstreamFailure
from tests.unit.orchestrator.bank import OTHER, PHONE, told

REGISTER, INFO, DEVICES = "/tsg/register", "/tsg/subject_info", "/users/asha/devices"
UNUSABLE = [UpstreamFailure("x", "down"), (500, {}), (418, {}), (200, {}), (200, {"registered": "maybe"})]


def notified(middleware, purpose):
    middleware.settle()
    return [key for _, each, key in middleware.bank.notified if each == purpose]


@pytest.fixture
def signed_up(middleware):
    """A registration whose sign-up is complete, but which the TSG has failed to register."""
    middleware.at_sign_up()
    middleware.bank.on_tsg[PHONE] = "signed_up"
    middleware.bank.fail("tsg", "POST", REGISTER)
    middleware.push()
    middleware.settle()
    assert told(middleware.look())[:2] == (200, "Sign_Up_Complete")
    return middleware


@pytest.mark.parametrize("outcome", UNUSABLE)
def test_a_tsg_that_fails_to_register_leaves_the_status_for_a_retry_that_registers_once(signed_up, outcome):
    signed_up.bank.fail("tsg", "POST", REGISTER, outcome)
    answer = signed_up.act("register")
    assert told(answer) == (503, "upstream-unavailable", "DR-3.3")
    assert (signed_up.status, notified(signed_up, "device-registered")) == ("Sign_Up_Complete", [])
    assert told(signed_up.act("register")) == (200, "Register_Complete", "DR-3.1")
    assert len(notified(signed_up, "device-registered")) == 1


def test_a_registration_whose_answer_was_lost_is_found_by_the_retry(signed_up):
    signed_up.bank.on_tsg[PHONE] = "registered"
    before = len(signed_up.bank.calls("tsg", "POST", REGISTER))
    assert told(signed_up.act("register")) == (200, "Register_Complete", "DR-3.4")
    assert len(signed_up.bank.calls("tsg", "POST", REGISTER)) == before
    assert len(notified(signed_up, "device-registered")) == 1


def test_the_first_try_does_not_ask_whether_there_was_one_before(middleware):
    middleware.at_sign_up()
    before = len(middleware.bank.calls("tsg", "POST", INFO))
    middleware.push()
    middleware.settle()
    assert len(middleware.bank.calls("tsg", "POST", INFO)) == before
    assert middleware.look().json["last_outcome"]["branch"] == "DR-3.1"


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_revoked_device_is_refused_for_good_and_needs_a_new_sign_up(middleware, by_itself):
    middleware.at_sign_up()
    if not by_itself:
        middleware.bank.fail("tsg", "POST", REGISTER)
    reference = middleware.reference
    middleware.push()
    middleware.bank.on_tsg[PHONE] = "revoked"
    middleware.settle()
    if not by_itself:
        assert told(middleware.act("register")) == (409, "device-revoked", "DR-3.5")
    assert middleware.look().json["last_outcome"]["branch"] == "DR-3.5"
    assert middleware.status == "Not_Found"
    assert told(middleware.push("msg_2", external_reference=reference))[2] == "DR-2.7"
    assert told(middleware.sign_up())[1] == "Sign_Up_In_Progress"


@pytest.mark.parametrize(("action", "branch"), [("register", "DR-3.2"), ("activate", None)])
@pytest.mark.parametrize("at", ["open", "at_sign_up"])
def test_what_is_too_early_is_refused_and_asks_nobody(middleware, at, action, branch):
    getattr(middleware, at)()
    before = len(middleware.bank.calls("tsg"))
    answer = middleware.act(action)
    assert told(answer) == (409, "action-not-allowed", branch)
    assert answer.json["allowed_actions"] == ["sign-up", "check"]
    assert len(middleware.bank.calls("tsg")) == before


@pytest.mark.parametrize("action", ["register", "sign-up"])
def test_what_is_too_late_is_refused_without_a_branch(middleware, action):
    middleware.at_activate()
    fields = {"via": "qr"} if action == "sign-up" else {}
    answer = middleware.act(action, **fields)
    assert told(answer) == (409, "action-not-allowed", None)
    assert answer.json["allowed_actions"] == ["activate", "check"]


def test_a_device_is_registered_once_though_it_is_asked_for_meanwhile(signed_up):
    signed_up.bank.meanwhile("tsg", "POST", INFO, lambda: signed_up.act("register"))
    assert told(signed_up.act("register"))[:2] == (200, "Register_Complete")
    assert len(notified(signed_up, "device-registered")) == 1


def test_a_registered_device_becomes_active_and_its_user_is_notified(middleware):
    middleware.at_activate()
    assert told(middleware.act("activate")) == (200, "Device_Activate", "DR-4.1")
    assert middleware.bank.owners == {PHONE: "asha"}
    assert len(notified(middleware, "device-activated")) == 1
    assert middleware.look().json["allowed_actions"] == ["check"]


def test_a_device_that_somebody_else_has_associated_already_is_active_and_notifies_of_nothing(middleware):
    middleware.at_activate()
    middleware.bank.owners[PHONE] = "asha"
    assert told(middleware.act("activate")) == (200, "Device_Activate", "DR-4.2")
    assert middleware.bank.calls("auth_service", "PUT") == []
    assert notified(middleware, "device-activated") == []


def test_a_device_that_is_no_longer_on_the_tsg_is_not_activated(middleware):
    middleware.at_activate()
    middleware.bank.on_tsg[PHONE] = "signed_up"
    assert told(middleware.act("activate")) == (409, "device-not-registered", "DR-4.3")
    assert (middleware.status, middleware.bank.owners) == ("Not_Found", {})


def test_a_device_that_became_another_users_is_refused_and_both_facts_are_in_the_journal(middleware):
    middleware.at_activate()
    middleware.bank.owners[PHONE] = "jai"
    answer = middleware.act("activate")
    assert told(answer) == (409, "device-of-another-user", "DR-4.4")
    assert "jai" not in answer.get_data(as_text=True)
    assert middleware.status == "Register_Complete"
    exchanges = middleware.client.get("/_sandbox/worlds/default/journal?branch=DR-4.4").json["exchanges"]
    assert exchanges[0]["decisions"][0]["facts"]["asked_by"] == "asha"
    assert notified(middleware, "device-activated") == []


def test_one_device_too_many_is_told_with_the_others_and_goes_on_when_one_is_removed(middleware):
    middleware.at_activate()
    middleware.bank.max_devices = 1
    middleware.bank.owners[OTHER] = "asha"
    for _ in range(2):
        answer = middleware.act("activate")
        assert told(answer) == (409, "device-limit-reached", "DR-4.6")
        assert [each["emCertID"] for each in answer.json["details"]["devices"]] == [OTHER]
        assert middleware.status == "Register_Complete"
    middleware.bank.owners.clear()
    assert told(middleware.act("activate")) == (200, "Device_Activate", "DR-4.1")
    assert len(notified(middleware, "device-activated")) == 1


@pytest.mark.parametrize(
    ("service", "method", "path"),
    [("auth_service", "GET", f"{DEVICES}/"), ("tsg", "POST", INFO), ("auth_service", "PUT", DEVICES)],
)
@pytest.mark.parametrize("outcome", [UpstreamFailure("x", "down"), (500, {}), (418, {})])
def test_a_failure_leaves_the_device_registered_and_a_retry_activates_once(middleware, service, method, path, outcome):
    middleware.at_activate()
    middleware.bank.fail(service, method, path, outcome)
    assert told(middleware.act("activate")) == (503, "upstream-unavailable", "DR-4.5")
    assert middleware.status == "Register_Complete"
    assert told(middleware.act("activate")) == (200, "Device_Activate", "DR-4.1")
    assert len(notified(middleware, "device-activated")) == 1


def test_an_association_whose_answer_was_lost_is_notified_of_by_the_retry(middleware):
    middleware.at_activate()
    middleware.bank.meanwhile("auth_service", "PUT", "/", lambda: middleware.bank.owners.update({PHONE: "asha"}))
    middleware.bank.fail("auth_service", "PUT", "/")
    assert told(middleware.act("activate")) == (503, "upstream-unavailable", "DR-4.5")
    assert told(middleware.act("activate")) == (200, "Device_Activate", "DR-4.2")
    assert len(notified(middleware, "device-activated")) == 1


def test_activations_at_once_are_one_and_notified_of_once(middleware):
    middleware.at_activate()
    middleware.bank.meanwhile("auth_service", "PUT", "/", lambda: middleware.act("activate"))
    assert told(middleware.act("activate"))[:2] == (200, "Device_Activate")
    assert len(notified(middleware, "device-activated")) == 1


def test_a_second_activation_has_a_notification_of_its_own(middleware):
    middleware.at_activate()
    for _ in range(2):
        assert told(middleware.act("activate"))[2] == "DR-4.1"
        middleware.bank.owners.clear()
        assert told(middleware.act("check")) == (200, "Register_Complete", "DR-0.3")
    assert len(set(notified(middleware, "device-activated"))) == 2


def test_a_second_sign_up_has_a_notification_of_its_own(middleware):
    middleware.at_activate()
    middleware.bank.on_tsg.clear()
    middleware.act("check")
    middleware.sign_up()
    middleware.push("msg_2")
    assert len(set(notified(middleware, "device-registered"))) == 2
