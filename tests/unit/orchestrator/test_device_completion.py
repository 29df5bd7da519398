"""Step 2: a sign-up is completed once, by its own phone, whether the TSG pushes it or is polled."""

import json
from datetime import timedelta

import pytest

from tests.unit.orchestrator.bank import NINE, OTHER, PHONE, told

SIGNED_UP = ["Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete"]
POLL = "/tsg/poll_sign_up"


@pytest.mark.parametrize(("via", "branch"), [("email", "DR-2.1"), ("sms", "DR-2.1"), ("qr", "DR-2.2")])
def test_a_push_completes_the_sign_up_and_has_the_device_registered(middleware, via, branch):
    middleware.at_sign_up(via)
    answer = middleware.push()
    assert (answer.json, answer.headers["Sandbox-Branch"]) == ({"received": True, "repeated": False}, branch)
    assert middleware.path == SIGNED_UP
    middleware.settle()
    assert middleware.path == [*SIGNED_UP, "Register_Complete"]
    middleware.move("PT1H")
    assert middleware.status == "Register_Complete"


@pytest.mark.parametrize(
    ("data", "status", "code", "branch"),
    [
        ({"external_reference": ""}, 422, "empty-external-reference", "DR-2.6"),
        ({"external_reference": "  "}, 422, "empty-external-reference", "DR-2.6"),
        ({"external_reference": None}, 422, "empty-external-reference", "DR-2.6"),
        ({"external_reference": 7, "subject_id": None}, 422, "empty-external-reference", "DR-2.6"),
        ({"external_reference": "nobody's"}, 404, "unknown-external-reference", "DR-2.7"),
        ({"subject_id": None}, 422, "incomplete-push", "DR-2.8"),
        ({"subject_id": " "}, 422, "incomplete-push", "DR-2.8"),
        ({"credential": None}, 422, "incomplete-push", "DR-2.8"),
        ({"credential": ""}, 422, "incomplete-push", "DR-2.8"),
        ({"credential": "  "}, 422, "incomplete-push", "DR-2.8"),
        ({"credential": {}}, 422, "incomplete-push", "DR-2.8"),
        ({"credential": ["a"]}, 422, "incomplete-push", "DR-2.8"),
        ({"subject_id": OTHER}, 409, "external-reference-of-another-sign-up", "DR-2.16"),
        ({"id": "", "external_reference": "x"}, 401, "push-not-trusted", "DR-2.9"),
        ({"secret": "whsec_b3RoZXI="}, 401, "push-not-trusted", "DR-2.9"),
        ({"at": NINE - timedelta(seconds=301)}, 401, "push-not-trusted", "DR-2.9"),
        ({"at": NINE + timedelta(seconds=301)}, 401, "push-not-trusted", "DR-2.9"),
        ({"raw": b"[]"}, 400, "validation-failed", None),
        ({"raw": b'{"type": "sign_out", "data": {}}'}, 400, "validation-failed", None),
        ({"raw": b'{"type": "sign_up", "data": []}'}, 400, "validation-failed", None),
    ],
)
def test_a_push_that_must_not_move_anything_moves_nothing(middleware, data, status, code, branch):
    middleware.at_sign_up()
    assert told(middleware.push(**data)) == (status, code, branch)
    assert middleware.path == SIGNED_UP[:2]
    assert middleware.push().status_code == 200


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_a_push_is_fresh_for_five_minutes_either_way(middleware, seconds):
    middleware.at_sign_up()
    assert middleware.push(at=NINE + timedelta(seconds=seconds)).status_code == 200


@pytest.mark.parametrize("credential", ["of the app", {"token": 1}])
def test_a_credential_is_a_text_or_an_object(middleware, credential):
    middleware.at_sign_up()
    assert middleware.push(credential=credential).status_code == 200


@pytest.mark.parametrize("credential", [None, "", {}, ["a"]])
def test_where_the_credential_is_optional_none_is_missed(new, credential):
    middleware = new(credential="optional").at_sign_up()
    assert middleware.push(credential=credential).status_code == 200


@pytest.mark.parametrize("id", ["msg_1", "msg_2"])
def test_a_sign_up_is_completed_once_also_by_another_push_of_it(middleware, id):
    middleware.at_sign_up()
    middleware.push()
    again = middleware.push(id)
    assert (again.json, again.headers["Sandbox-Branch"]) == ({"received": True, "repeated": True}, "DR-2.10")
    middleware.settle()
    assert middleware.push(id).json["repeated"] is True
    assert len(middleware.bank.calls("tsg", "POST", "/tsg/register")) == 1


def test_the_same_push_of_another_message_id_by_another_phone_is_no_repetition(middleware):
    middleware.at_sign_up()
    middleware.push()
    assert told(middleware.push("msg_2", subject_id=OTHER)) == (
        409, "external-reference-of-another-sign-up", "DR-2.7",
    )  # fmt: skip


def test_a_push_of_a_sign_up_that_was_begun_again_is_of_another(middleware):
    middleware.at_sign_up()
    first = middleware.reference
    middleware.sign_up()
    assert told(middleware.push(external_reference=first))[2] == "DR-2.7"
    assert middleware.path == SIGNED_UP[:2]


def test_a_push_with_the_reference_of_anothers_sign_up_is_told_from_a_code_used_by_another_phone(middleware):
    middleware.at_sign_up()
    reference, ashas = middleware.reference, middleware.id
    assert told(middleware.push(external_reference=reference, subject_id=OTHER))[2] == "DR-2.16"
    middleware.open(OTHER, "token-jai")
    middleware.act("sign-up", "token-jai", via="qr")
    assert told(middleware.push(external_reference=reference, subject_id=OTHER))[2] == "DR-2.7"
    middleware.id = ashas
    assert middleware.path == SIGNED_UP[:2]


def test_both_facts_of_a_code_used_by_another_phone_are_in_the_journal(middleware):
    middleware.at_sign_up()
    middleware.push(subject_id=OTHER)
    exchanges = middleware.client.get("/_sandbox/worlds/default/journal?branch=DR-2.16").json["exchanges"]
    assert exchanges[0]["decisions"][0]["facts"] == {"asked_for": PHONE, "completed_by": OTHER}


def test_a_push_that_was_held_up_until_its_sign_up_had_lapsed_completes_it(middleware):
    middleware.at_sign_up()
    middleware.move("PT10M")
    assert middleware.push(at=NINE + timedelta(minutes=10)).status_code == 200
    assert middleware.path == ["Not_Found", "Sign_Up_In_Progress", *SIGNED_UP]


def test_no_credential_is_kept_or_in_the_journal(middleware):
    middleware.at_sign_up()
    middleware.push(credential="only the app knows")
    journal = middleware.client.get("/_sandbox/worlds/default/journal").get_data(as_text=True)
    kept = json.dumps(list(middleware.service.store.read("SELECT * FROM registrations")))
    assert "only the app knows" not in journal + kept


@pytest.fixture
def polling(middleware):
    middleware.bank.completion = "poll"
    return middleware.at_sign_up()


def claimed(**more):
    return {"status": "CLAIMED", "subject_id": PHONE, "credential": "of the app", **more}


def polls(middleware):
    return len(middleware.bank.calls("tsg", "POST", POLL))


@pytest.mark.parametrize(("completion", "polled"), [("push", 0), ("poll", 1), ("both", 1), ("something-new", 0)])
def test_tsg_is_polled_where_it_says_that_it_does_not_push(middleware, completion, polled):
    middleware.bank.completion = completion
    middleware.at_sign_up()
    middleware.move("PT5S")
    assert polls(middleware) == polled


def test_a_poll_completes_the_sign_up_and_is_the_last(polling):
    polling.move("PT5S")
    assert polling.path == SIGNED_UP[:2]
    polling.bank.polled = claimed()
    polling.move("PT5S")
    assert polling.path == [*SIGNED_UP, "Register_Complete"]
    assert polling.look("/history").json["history"][2]["branch"] == "DR-2.15"
    polling.move("PT1H")
    assert polls(polling) == 2


@pytest.mark.parametrize(
    ("said", "branch"),
    [
        (claimed(subject_id=None), "DR-2.8"), (claimed(credential=None), "DR-2.8"),
        (claimed(subject_id=OTHER), "DR-2.16"), ({"status": "EXPIRED"}, None), ({"status": "VOID"}, None),
    ],
)  # fmt: skip
def test_a_final_answer_that_completes_nothing_is_not_asked_for_again(polling, said, branch):
    polling.bank.polled = said
    polling.move("PT5S")
    polling.move("PT5M")
    assert (polling.path, polls(polling)) == (SIGNED_UP[:2], 1)
    taken = polling.client.get("/_sandbox/worlds/default/journal?path=/poll").json["exchanges"][-1]["branches"]
    assert taken == ([branch] if branch else [])


@pytest.mark.parametrize("said", [{}, {"status": "SOMETHING_NEW"}, {"status": 7}])
def test_an_answer_of_which_nothing_is_known_is_asked_for_again(polling, said):
    polling.bank.polled = said
    for _ in range(3):
        polling.move("PT5S")
    assert (polling.status, polls(polling)) == ("Sign_Up_In_Progress", 3)


def test_polling_ends_a_day_after_the_code_has_expired(polling):
    polling.bank.fail("tsg", "POST", POLL, times=1000)
    for _ in range(10 * 60 // 5):
        polling.move("PT5S")
    assert polling.status == "Not_Found"
    before = polls(polling)
    for _ in range(2):
        polling.move("PT10M")
    assert polls(polling) == before + 2
    polling.move("P1D")
    assert polls(polling) == before + 3
    polling.move("P7D")
    assert polls(polling) == before + 3


def test_a_sign_up_that_was_pushed_or_begun_again_is_not_polled_for(polling):
    first = polling.reference
    polling.sign_up()
    polling.bank.polled = claimed()
    polling.move("PT5S")
    assert (polling.path, polls(polling)) == ([*SIGNED_UP, "Register_Complete"], 1)
    polled = next(body for body in polling.bank.bodies if body and body.keys() == {"service_id", "external_reference"})
    assert polled["external_reference"] not in (first, None)
