"""The Auth Service's rules: who may act, by which contact, what Cymmetri meant, what a push holds, whose a device."""

from datetime import UTC, datetime

import pytest

from simulators.auth_service import access, cymmetri
from simulators.auth_service.access import Caller
from simulators.auth_service.cymmetri import Outcome
from simulators.auth_service.devices import Association, Device, association
from simulators.auth_service.sign_up_push import flaw
from simulators.auth_service.users import Destination, destination, is_registered_email, is_registered_mobile, user
from simulators.kit.errors import Refusal

ASHA = user("Asha.Rao", "Asha@example.test", "98765 43210", "100")
DEV = user("dev", None, "+919876500000", None)
NOBODY = Caller(institution=False)
MIDDLEWARE = Caller(institution=True)


def status_of(call, *arguments):
    with pytest.raises(Refusal) as refused:
        call(*arguments)
    return refused.value.status


def test_a_user_acts_for_themselves_in_any_letter_case_and_the_middleware_for_everyone():
    access.permit(Caller(institution=False, username="Asha.Rao"), "asha.rao")
    access.permit(MIDDLEWARE, "asha.rao")


def test_a_user_does_not_act_for_another_and_a_stranger_for_nobody():
    assert status_of(access.permit, Caller(institution=False, username="dev"), "asha.rao") == 403
    assert status_of(access.permit, NOBODY, "asha.rao") == 401


def test_what_is_the_middlewares_is_no_users():
    access.permit_institution(MIDDLEWARE)
    assert status_of(access.permit_institution, Caller(institution=False, username="dev")) == 403
    assert status_of(access.permit_institution, NOBODY) == 401


@pytest.mark.parametrize(
    ("given", "registered"), [("asha@EXAMPLE.test", True), (" asha@example.test ", True), ("ash@example.test", False)]
)
def test_an_email_is_recognised_in_any_letter_case(given, registered):
    assert is_registered_email(ASHA, given) is registered
    assert not is_registered_email(DEV, given)


@pytest.mark.parametrize(
    ("given", "registered"),
    [("+91 98765-43210", True), ("09876543210", True), ("919876543210", True), ("9876543211", False), ("Asha", False)],
)
def test_a_mobile_is_recognised_in_any_usual_spelling(given, registered):
    assert is_registered_mobile(ASHA, given) is registered
    assert not is_registered_mobile(user("x", None, None, None), given)


def test_a_notification_goes_by_email_else_by_sms_else_nowhere():
    assert destination(ASHA, None) == Destination("email", "Asha@example.test")
    assert destination(ASHA, "sms") == Destination("sms", "+919876543210")
    assert destination(DEV, None) == Destination("sms", "+919876500000")
    assert destination(DEV, "email") is None
    assert destination(user("x", "", "", None), None) is None


@pytest.mark.parametrize(
    ("status", "body", "meant"),
    [
        (200, {"success": True}, Outcome.ACCEPTED),
        (200, {"token": "t"}, Outcome.ACCEPTED),
        (401, {"success": False, "errorCode": "AUTHSRVC.INVALID_CREDENTIALS"}, Outcome.WRONG),
        (401, {}, Outcome.WRONG),
        (423, {}, Outcome.BLOCKED),
        (200, {"success": False, "errorCode": "AUTHSRVC.INVALID_CREDENTIALS"}, Outcome.WRONG),
        (200, {"success": False, "errorCode": "AUTHSRVC.USER_BLOCKED"}, Outcome.BLOCKED),
        (401, {"success": False, "errorCode": "AUTHSRVC.SOMETHING_NEW"}, Outcome.WRONG),
        (200, {"success": False}, Outcome.NO_ANSWER),
        (404, {"code": "unknown-world"}, Outcome.NO_ANSWER),
        (503, {"success": False, "errorCode": "AUTHSRVC.UPSTREAM_UNAVAILABLE"}, Outcome.NO_ANSWER),
    ],
)
def test_an_answer_of_cymmetri_is_read_by_its_code_and_an_outage_never_as_wrong_credentials(status, body, meant):
    assert cymmetri.outcome(status, body) is meant


def test_user_info_is_found_in_an_envelope_and_outside_one():
    info = {"userId": "Asha.Rao", "cif": "100", "legalName": "Asha Rao", "email": None, "mobile": "+919876543210"}
    expected = cymmetri.UserInfo("Asha.Rao", "100", None, "+919876543210")
    assert cymmetri.user_info({"success": True, "data": info}) == expected
    assert cymmetri.user_info(info) == expected
    assert cymmetri.user_info({"success": True, "data": None}) is None
    assert cymmetri.user_info({"userId": ""}) is None


PUSHED = {"service_id": "s", "subject_id": "e" * 64, "external_reference": "r", "credential": {"k": "v"}}


@pytest.mark.parametrize(
    ("changes", "branch"),
    [
        ({}, None),
        ({"external_reference": ""}, "DR-2.6"),
        ({"external_reference": "  "}, "DR-2.6"),
        ({"external_reference": None, "subject_id": None}, "DR-2.6"),
        ({"external_reference": 7}, "DR-2.6"),
        ({"subject_id": ""}, "DR-2.8"),
        ({"credential": None}, "DR-2.8"),
        ({"credential": {}}, "DR-2.8"),
    ],
)
def test_a_push_must_hold_external_reference_subject_id_and_credential(changes, branch):
    found = flaw({key: value for key, value in (PUSHED | changes).items() if value is not None})
    assert (found and found.branch) == branch


def test_a_device_belongs_to_one_user_once():
    device = Device("e" * 64, "asha", datetime(2026, 1, 5, tzinfo=UTC))
    assert association(None, "asha") is Association.NEW
    assert association(device, "asha") is Association.THERE_ALREADY
    assert association(device, "dev") is Association.OF_ANOTHER_USER
