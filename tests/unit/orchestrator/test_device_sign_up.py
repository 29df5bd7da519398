"""Step 1: a sign-up code is asked of the TSG and sent to the user."""

import pytest

from tests.unit.orchestrator.bank import EMAIL, MOBILE, OTHER, PHONE, told

SIGN_UP, VERIFY, MESSAGES = "/tsg/sign_up", "/users/asha/contacts", "/messages"


@pytest.mark.parametrize(
    ("via", "to", "branch"), [("email", EMAIL, "DR-1.1"), ("sms", MOBILE, "DR-1.2"), ("qr", None, "DR-1.3")]
)
def test_the_code_comes_by_the_way_that_the_user_has_chosen(middleware, via, to, branch):
    middleware.open()
    assert told(middleware.sign_up(via)) == (200, "Sign_Up_In_Progress", branch)
    messages = [(message["channel"], message["to"], message["code"]) for message in middleware.bank.messages]
    assert messages == ([(via, to, "00000001")] if to else [])
    image = middleware.look("/sign-up-qr")
    assert (image.status_code, image.data[:4]) == (200, b"\x89PNG")


@pytest.mark.parametrize(
    ("lifetime", "words"),
    [("PT10M", "10 minutes"), ("PT119S", "119 seconds"), ("PT2M", "2 minutes"), ("PT1S", "1 se")],
)
def test_the_message_says_how_long_the_code_is_valid(new, lifetime, words):
    middleware = new(sign_up={"lifetime": lifetime}).at_sign_up("email")
    assert f"within {words}" in middleware.bank.messages[0]["body"]
    assert middleware.bank.messages[0]["purpose"] == "sign-up-code"


def test_the_code_is_asked_for_as_the_policies_say(new):
    middleware = new(service_id="bank", sign_up={"length": 12, "charset": "ALPHANUMERIC", "lifetime": "PT90S"})
    middleware.at_sign_up()
    body = middleware.bank.bodies[-1]
    assert body["complexity"] == {"length": 12, "charset": "ALPHANUMERIC"}
    assert (body["service_id"], body["expires_in"]) == ("bank", 90)
    assert body["external_reference"]


@pytest.mark.parametrize(
    ("fields", "status", "code", "branch"),
    [
        ({"via": "email"}, 400, "validation-failed", None),
        ({"via": "sms", "contact": ""}, 400, "validation-failed", None),
        ({"via": "pigeon"}, 400, "validation-failed", None),
        ({}, 400, "validation-failed", None),
        ({"via": "email", "contact": "else@example.test"}, 422, "contact-not-registered", "DR-1.4"),
        ({"via": "sms", "contact": EMAIL}, 422, "contact-not-registered", "DR-1.4"),
    ],
)
def test_a_contact_that_will_not_do_is_refused_before_tsg_is_asked(middleware, fields, status, code, branch):
    middleware.open()
    assert told(middleware.act("sign-up", **fields)) == (status, code, branch)
    assert middleware.status == "Not_Found"
    assert middleware.bank.calls("tsg", "POST", SIGN_UP) == middleware.bank.messages == []


@pytest.mark.parametrize(("owned", "refused"), [(4, False), (5, True), (6, True)])
def test_a_user_with_as_many_devices_as_allowed_is_told_them(middleware, owned, refused):
    middleware.open()
    devices = [f"{number:064x}" for number in range(owned)]
    middleware.bank.owners = dict.fromkeys(devices, "asha")
    answer = middleware.sign_up()
    assert told(answer)[2] == ("DR-1.9" if refused else "DR-1.3")
    if refused:
        assert [each["emCertID"] for each in answer.json["details"]["devices"]] == devices
        assert middleware.bank.calls("tsg", "POST", SIGN_UP) == []
        del middleware.bank.owners[devices[0]]
        assert told(middleware.sign_up())[2] == ("DR-1.3" if owned == 5 else "DR-1.9")


def test_a_device_that_is_one_of_the_users_already_needs_no_room(middleware):
    middleware.open()
    middleware.bank.owners = {PHONE: "asha"}
    middleware.bank.max_devices = 1
    assert told(middleware.sign_up())[2] == "DR-1.3"


def test_an_auth_service_that_names_no_maximum_sets_none(middleware):
    middleware.open()
    middleware.bank.fail("auth_service", "GET", "/users/asha/devices", (200, {"devices": [{"emCertID": OTHER}] * 99}))
    assert told(middleware.sign_up())[2] == "DR-1.3"


@pytest.mark.parametrize(
    "said", [(200, {}), (200, {"devices": 7}), (200, {"devices": [{}]}), (200, {"devices": ["x"]}), (404, {})]
)
def test_devices_of_which_nothing_usable_is_said_are_an_outage(middleware, said):
    middleware.open()
    middleware.bank.fail("auth_service", "GET", "/users/asha/devices", said)
    assert told(middleware.sign_up()) == (503, "upstream-unavailable", None)
    assert middleware.status == "Not_Found"


@pytest.mark.parametrize(
    "said",
    [(500, {}), (200, {}), (201, {}), (201, {"sign_up_code": "", "qr_payload": "x", "expires_at": "2026-01-05T10:00Z"}),
     (201, {"sign_up_code": "1", "qr_payload": "x", "expires_at": "2026-01-05T10:00:00"}),
     (201, {"sign_up_code": "1", "qr_payload": "\u0915" * 667, "expires_at": "2026-01-05T10:00:00Z"})],
)  # fmt: skip
def test_without_a_usable_code_the_sign_up_has_not_begun(middleware, said):
    middleware.open()
    middleware.bank.fail("tsg", "POST", SIGN_UP, said)
    assert told(middleware.sign_up("email")) == (503, "upstream-unavailable", "DR-1.5")
    assert (middleware.status, middleware.bank.messages) == ("Not_Found", [])
    assert told(middleware.sign_up("email"))[1] == "Sign_Up_In_Progress"


@pytest.mark.parametrize("can_void", [True, False])
def test_a_code_that_cannot_be_delivered_is_voided_or_completes_nothing(middleware, can_void):
    middleware.open()
    middleware.bank.fail("mailroom", "POST", MESSAGES)
    if not can_void:
        middleware.bank.fail("tsg", "DELETE", SIGN_UP)
    assert told(middleware.sign_up("email")) == (503, "upstream-unavailable", "DR-1.7")
    assert middleware.status == "Not_Found"
    assert len(middleware.bank.codes) == (0 if can_void else 1)
    assert middleware.push().status_code in (404, 409)
    assert middleware.status == "Not_Found"
    middleware.sign_up("email")
    assert list(middleware.bank.codes) == ["00000002"]


def test_a_sign_up_that_is_begun_again_voids_the_code_before_it(middleware):
    middleware.at_sign_up("email")
    assert told(middleware.sign_up()) == (200, "Sign_Up_In_Progress", "DR-1.6,DR-1.3")
    assert middleware.bank.calls("tsg", "DELETE") == [("tsg", "DELETE", "/tsg/sign_up/00000001")]
    middleware.bank.fail("tsg", "DELETE", SIGN_UP)
    assert told(middleware.sign_up()) == (503, "upstream-unavailable", "DR-1.5")
    assert middleware.status == "Not_Found"


def test_a_code_that_tsg_no_longer_knows_does_not_stand_in_the_way(middleware):
    middleware.at_sign_up("email")
    middleware.bank.codes.clear()
    assert told(middleware.sign_up()) == (200, "Sign_Up_In_Progress", "DR-1.6,DR-1.3")


def test_a_code_that_has_expired_is_not_voided_any_more(middleware):
    middleware.at_sign_up()
    middleware.move("PT10M")
    assert told(middleware.sign_up())[2] == "DR-1.3"
    assert middleware.bank.calls("tsg", "DELETE") == []


def test_of_two_sign_ups_begun_at_once_the_earlier_is_told_so_and_its_code_is_void(middleware):
    middleware.open()
    middleware.bank.meanwhile("tsg", "POST", SIGN_UP, middleware.sign_up)
    answer = middleware.sign_up("email")
    assert told(answer) == (409, "sign-up-begun-again", None)
    assert (middleware.status, middleware.bank.messages) == ("Sign_Up_In_Progress", [])
    assert list(middleware.bank.codes) == ["00000001"]


def test_a_push_that_precedes_the_answer_moves_on_and_is_not_moved_back(middleware):
    middleware.open()
    middleware.bank.meanwhile("mailroom", "POST", MESSAGES, middleware.push)
    assert told(middleware.sign_up("email"))[:2] == (200, "Sign_Up_Complete")
    middleware.settle()
    middleware.move("PT10M")
    assert middleware.path == ["Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete", "Register_Complete"]


def test_a_code_that_was_used_although_its_delivery_seemed_to_fail_was_delivered(middleware):
    middleware.open()
    middleware.bank.meanwhile("mailroom", "POST", MESSAGES, middleware.push)
    middleware.bank.fail("mailroom", "POST", MESSAGES)
    assert told(middleware.sign_up("email"))[:2] == (200, "Sign_Up_Complete")


def test_a_sign_up_that_was_completed_meanwhile_is_not_begun_again(middleware):
    middleware.at_sign_up("email")
    middleware.bank.meanwhile("auth_service", "POST", VERIFY, middleware.push)
    assert told(middleware.sign_up("email")) == (409, "sign-up-completed", None)
    assert middleware.status == "Sign_Up_Complete"


def test_a_sign_up_before_the_status_was_determined_is_refused(middleware):
    middleware.id = "none"
    assert told(middleware.sign_up()) == (404, "unknown-registration", "DR-1.8")
    assert told(middleware.act("check")) == (404, "unknown-registration", None)


@pytest.mark.parametrize(("advance", "status"), [("PT9M59.999S", "Sign_Up_In_Progress"), ("PT10M", "Not_Found")])
def test_a_sign_up_lapses_at_the_instant_at_which_its_code_expires(middleware, advance, status):
    middleware.at_sign_up()
    middleware.move(advance)
    assert middleware.status == status
    assert middleware.look("/sign-up-qr").status_code == (200 if status == "Sign_Up_In_Progress" else 409)


def test_a_sign_up_during_which_the_device_was_found_does_not_lapse(middleware):
    middleware.at_sign_up()
    middleware.bank.on_tsg[PHONE] = "registered"
    assert told(middleware.act("check")) == (200, "Register_Complete", "DR-0.3")
    middleware.move("PT10M")
    assert middleware.status == "Register_Complete"


def test_a_sign_up_lapses_when_tsg_says_that_its_code_expires(middleware):
    middleware.bank.expires_in = 60
    middleware.at_sign_up()
    middleware.move("PT1M")
    assert middleware.status == "Not_Found"
    assert middleware.look().json["last_outcome"]["branch"] == "DR-2.12"
