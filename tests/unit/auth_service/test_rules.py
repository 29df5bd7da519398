"""The Auth Service's rules: who may act, by which contact, what Cymmetri meant, what a push holds, whose a device."""

from datetime import UTC, datetime

import pytest

from simulators.auth_service import access, cymmetri_client
from simulators.auth_service.access import Caller
from simulators.auth_service.cymmetri_client import Outcome
from simulators.auth_service.devices import Association, association, belongs_to
from simulators.auth_service.push_check import PushFlaw, find_flaw
from simulators.auth_service.records import Device, User
from simulators.auth_service.users import (
    Destination,
    choose_destination,
    is_registered_email,
    is_registered_mobile,
    new_user,
)
from simulators.kit.errors import Refusal

ASHA = new_user("Asha.Rao", "Asha@example.test", "98765 43210", "100")
DEV = new_user("dev", None, "+919876500000", None)
NOBODY = Caller(institution=False)
MIDDLEWARE = Caller(institution=True)


def refusal_of(call, *arguments):
    with pytest.raises(Refusal) as refused:
        call(*arguments)
    return refused.value


def test_a_user_acts_for_themselves_in_any_letter_case_and_the_middleware_for_everyone():
    access.permit(Caller(institution=False, username="Asha.Rao"), "asha.rao")
    access.permit(MIDDLEWARE, "asha.rao")


def test_a_user_does_not_act_for_another():
    refusal = refusal_of(access.permit, Caller(institution=False, username="dev"), "asha.rao")
    assert (refusal.code, refusal.status, refusal.headers) == ("FORBIDDEN", 403, {})
    assert refusal.message == "A user can act for themselves only."


def test_what_is_the_middlewares_is_no_users():
    access.permit_institution(MIDDLEWARE)
    refusal = refusal_of(access.permit_institution, Caller(institution=False, username="dev"))
    assert (refusal.code, refusal.status, refusal.headers) == ("FORBIDDEN", 403, {})
    assert refusal.message == "This call is the middleware's: it wants the API key, not a user's token."


@pytest.mark.parametrize(
    ("call", "arguments", "message"),
    [
        (
            access.permit, (NOBODY, "asha.rao"),
            "Log in and send the token as a bearer token; this one is missing, forged or has expired.",
        ),
        (
            access.permit_institution, (NOBODY,),
            "Send the middleware's API key (SANDBOX_AUTH_SERVICE_API_KEY) in X-API-Key.",
        ),
    ],
)  # fmt: skip
def test_a_stranger_is_told_how_to_be_known(call, arguments, message):
    refusal = refusal_of(call, *arguments)
    assert (refusal.code, refusal.status, refusal.message) == ("UNAUTHORIZED", 401, message)
    assert refusal.headers == {"WWW-Authenticate": "Bearer"}


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
    assert not is_registered_mobile(new_user("x", None, None, None), given)


def test_a_notification_goes_by_email_else_by_sms_else_nowhere():
    assert choose_destination(ASHA, None) == Destination("email", "Asha@example.test")
    assert choose_destination(ASHA, "email") == Destination("email", "Asha@example.test")
    assert choose_destination(ASHA, "sms") == Destination("sms", "+919876543210")
    assert choose_destination(DEV, None) == Destination("sms", "+919876500000")
    assert choose_destination(DEV, "email") is None
    assert choose_destination(new_user("x", "", "", None), None) is None


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
        (403, {"success": False, "errorCode": "AUTHSRVC.ACCESS_DENIED"}, Outcome.WRONG),
        (403, {"success": False, "errorCode": "AUTHSRVC.USER_LOCKED"}, Outcome.BLOCKED),
        (200, {"success": False}, Outcome.NO_ANSWER),
        (404, {"code": "unknown-world"}, Outcome.NO_ANSWER),
        (503, {"success": False, "errorCode": "AUTHSRVC.UPSTREAM_UNAVAILABLE"}, Outcome.NO_ANSWER),
    ],
)
def test_an_answer_of_cymmetri_is_read_by_its_code_and_an_outage_never_as_wrong_credentials(status, body, meant):
    assert cymmetri_client.outcome(status, body) is meant


def test_user_info_is_found_in_an_envelope_and_outside_one():
    info = {"userId": "Asha.Rao", "cif": "100", "legalName": "Asha Rao", "email": None, "mobile": "+919876543210"}
    expected = cymmetri_client.UserInfo("Asha.Rao", "100", None, "+919876543210")
    assert cymmetri_client.user_info({"success": True, "data": info}) == expected
    assert cymmetri_client.user_info(info) == expected
    assert cymmetri_client.user_info({"success": True, "data": None}) is None
    assert cymmetri_client.user_info({"userId": ""}) is None


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
        ({"subject_id": " "}, "DR-2.8"),
        ({"subject_id": None}, "DR-2.8"),
        ({"credential": None}, None),
        ({"credential": "of the app"}, None),
    ],
)
def test_a_push_must_hold_external_reference_and_subject_id(changes, branch):
    found = find_flaw({key: value for key, value in (PUSHED | changes).items() if value is not None})
    assert (found and found.branch) == branch


def test_what_is_wanting_in_a_push_is_told_by_its_field():
    assert find_flaw({}) == PushFlaw(
        "DR-2.6", "EMPTY_EXTERNAL_REFERENCE", "data.external_reference",
        "external_reference is empty: nobody can tell whose sign-up this is.",
    )  # fmt: skip
    assert find_flaw({"external_reference": "r"}) == PushFlaw(
        "DR-2.8", "INCOMPLETE_PUSH", "data.subject_id", "subject_id is missing: there is no device to register."
    )


def test_a_user_is_kept_by_a_key_and_a_mobile_in_one_spelling_if_it_is_a_number():
    assert new_user("Asha", "a@b.test", "98765 43210", None).mobile == "+919876543210"
    asha = new_user(" Asha ", "a@b.test", " front desk ", "100")
    assert asha == User("asha", " Asha ", "a@b.test", "front desk", "100")
    assert new_user("Dev", "", "", None) == User("dev", "Dev", None, None, None)


def test_a_device_belongs_to_one_user_once():
    device = Device("e" * 64, "asha", datetime(2026, 1, 5, tzinfo=UTC))
    assert (belongs_to(device, "asha"), belongs_to(device, "dev"), belongs_to(None, "asha")) == (True, False, False)
    assert association(device, "asha", 5, 5) is Association.THERE_ALREADY
    assert association(device, "dev", 0, 5) is Association.OF_ANOTHER_USER
    assert association(device, "dev", 5, 5) is Association.OF_ANOTHER_USER


@pytest.mark.parametrize(
    ("owned", "most", "result"),
    [(0, 1, Association.NEW), (1, 1, Association.LIMIT_REACHED), (4, 5, Association.NEW),
     (5, 5, Association.LIMIT_REACHED), (6, 5, Association.LIMIT_REACHED)],
)  # fmt: skip
def test_a_user_may_have_as_many_devices_as_the_policy_says_and_not_one_more(owned, most, result):
    assert association(None, "asha", owned, most) is result
