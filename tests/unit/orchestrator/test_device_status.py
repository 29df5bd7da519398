"""Step 0: what the Auth Service and the TSG know of a device, at the beginning and when it is asked again."""

import pytest

from simulators.kit.wire.client import UpstreamFailure
from tests.unit.orchestrator.bank import OTHER, PHONE, told

NOT_FOUND = (201, "Not_Found", "DR-0.1")


@pytest.mark.parametrize(
    ("owner", "on_tsg", "expected"),
    [
        (None, None, NOT_FOUND),
        (None, "signed_up", NOT_FOUND),
        (None, "registered", (201, "Register_Complete", "DR-0.3")),
        ("asha", None, (201, "Device_Activate", "DR-0.2")),
        ("asha", "registered", (201, "Device_Activate", "DR-0.2")),
        ("jai", None, (409, "device-of-another-user", "DR-0.7")),
        ("jai", "registered", (409, "device-of-another-user", "DR-0.7")),
    ],
)
def test_a_device_is_where_both_systems_know_it(middleware, owner, on_tsg, expected):
    middleware.bank.owners = {PHONE: owner} if owner else {}
    middleware.bank.on_tsg = {PHONE: on_tsg} if on_tsg else {}
    assert told(middleware.open()) == expected
    if expected[0] != 201:
        listed = middleware.client.get("/_sandbox/worlds/default/registrations").json["registrations"]
        assert listed == []
    middleware.settle()
    notified = [("asha", "device-not-found", f"notify/device-not-found/{middleware.id}/0")]
    assert middleware.bank.notified == (notified if expected == NOT_FOUND else [])


def test_tsg_is_asked_only_where_the_auth_service_does_not_know_the_device(middleware):
    middleware.bank.owners[PHONE] = "asha"
    middleware.open()
    assert middleware.bank.calls("tsg") == []


def test_an_owner_in_another_letter_case_is_the_same_user(middleware):
    middleware.bank.fail("auth_service", "GET", "/users/asha/devices/", (404, {}))
    middleware.bank.owners[PHONE] = "ASHA"
    assert told(middleware.open()) == (201, "Device_Activate", "DR-0.2")


UNUSABLE = [UpstreamFailure("x", "down"), (500, {}), (418, {}), (302, {})]


@pytest.mark.parametrize("outcome", UNUSABLE)
@pytest.mark.parametrize(
    ("service", "path", "branch"),
    [("auth_service", "/users/", "DR-0.5"), ("auth_service", "/devices/", "DR-0.5"), ("tsg", "/tsg/", "DR-0.6")],
)
def test_an_outage_is_never_read_as_not_found(middleware, service, path, branch, outcome):
    middleware.bank.fail(service, "POST" if service == "tsg" else "GET", path, outcome)
    answer = middleware.open()
    assert told(answer) == (503, "upstream-unavailable", branch)
    assert answer.headers["Retry-After"] == "5"
    assert told(middleware.open()) == NOT_FOUND
    middleware.bank.fail(service, "POST" if service == "tsg" else "GET", path, outcome)
    assert told(middleware.act("check")) == (503, "upstream-unavailable", branch)
    assert middleware.status == "Not_Found"


@pytest.mark.parametrize("said", [{}, {"username": 7}, {"username": None}])
def test_an_owner_of_whom_nothing_usable_is_said_is_an_outage(middleware, said):
    middleware.bank.fail("auth_service", "GET", "/devices/", (200, said))
    assert told(middleware.open()) == (503, "upstream-unavailable", "DR-0.5")


@pytest.mark.parametrize("said", [(404, {}), (404, {"error": "SOMETHING_NEW"}), (200, {}), (200, {"registered": 1})])
def test_only_subject_not_found_is_not_found(middleware, said):
    middleware.bank.fail("tsg", "POST", "/tsg/subject_info", said)
    assert told(middleware.open()) == (503, "upstream-unavailable", "DR-0.6")


def test_a_subject_that_is_said_not_to_be_registered_is_not_found(middleware):
    middleware.bank.fail("tsg", "POST", "/tsg/subject_info", (200, {"registered": False}))
    assert told(middleware.open()) == NOT_FOUND


@pytest.mark.parametrize("device", ["", "AB" * 32, "ab" * 31, "xy" * 32, None])
def test_what_is_no_em_cert_id_is_refused_by_its_name(middleware, device):
    answer = middleware.open(device)
    assert (answer.status_code, answer.json["field"]) == (400, "emCertID")


def test_asking_during_a_sign_up_does_not_end_it(middleware):
    middleware.at_sign_up()
    assert told(middleware.act("check")) == (200, "Sign_Up_In_Progress", "DR-0.1")
    middleware.bank.fail("tsg", "POST", "/tsg/register")
    middleware.push()
    middleware.settle()
    assert told(middleware.act("check")) == (200, "Sign_Up_Complete", "DR-0.1")
    assert [purpose for _, purpose, _ in middleware.bank.notified] == ["device-not-found"]


def test_a_check_finds_what_an_earlier_try_has_done_and_notifies_of_it_once(middleware):
    middleware.at_sign_up()
    middleware.bank.fail("tsg", "POST", "/tsg/register")
    middleware.push()
    middleware.settle()
    middleware.bank.on_tsg[PHONE] = "registered"
    for _ in range(2):
        assert told(middleware.act("check")) == (200, "Register_Complete", "DR-0.3")
        middleware.settle()
    assert [purpose for _, purpose, _ in middleware.bank.notified].count("device-registered") == 1
    middleware.bank.meanwhile("auth_service", "PUT", "/", lambda: middleware.bank.owners.update({PHONE: "asha"}))
    middleware.bank.fail("auth_service", "PUT", "/")
    assert told(middleware.act("activate")) == (503, "upstream-unavailable", "DR-4.5")
    for _ in range(2):
        assert told(middleware.act("check")) == (200, "Device_Activate", "DR-0.2")
        middleware.settle()
    assert [purpose for _, purpose, _ in middleware.bank.notified].count("device-activated") == 1


def test_a_device_that_is_no_longer_found_is_notified_of_each_time(middleware):
    for _ in range(2):
        middleware.bank.on_tsg[PHONE] = "registered"
        middleware.open()
        middleware.bank.on_tsg.clear()
        assert told(middleware.act("check")) == (200, "Not_Found", "DR-0.1")
        assert told(middleware.act("check")) == (200, "Not_Found", "DR-0.1")
        middleware.settle()
    assert len({key for _, purpose, key in middleware.bank.notified if purpose == "device-not-found"}) == 2


def test_an_answer_that_another_request_has_overtaken_moves_nothing(middleware):
    middleware.open()
    middleware.bank.meanwhile("tsg", "POST", "/tsg/subject_info", middleware.sign_up)
    answer = middleware.act("check")
    assert told(answer) == (200, "Sign_Up_In_Progress", "DR-0.1")
    assert middleware.path == ["Not_Found", "Sign_Up_In_Progress"]


def test_an_answer_older_than_an_activation_does_not_take_it_back(middleware):
    middleware.at_activate()
    middleware.bank.meanwhile("tsg", "POST", "/tsg/subject_info", lambda: middleware.act("activate"))
    assert told(middleware.act("check")) == (200, "Device_Activate", "DR-0.3")
    assert middleware.path[-1] == "Device_Activate"


def test_another_phone_of_the_user_has_a_registration_of_its_own(middleware):
    first = middleware.open().json["id"]
    middleware.bank.on_tsg[OTHER] = "registered"
    assert middleware.open(OTHER).json["status"] == "Register_Complete"
    assert middleware.id != first
