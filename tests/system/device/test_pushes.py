"""The TSG's push fails as real ones do: late, early, twice, altered, refused; nothing is lost or skipped."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.system.device.bank import LOSE, MESSAGES, PUSHED, REGISTER, Bank, Registration

pytestmark = pytest.mark.thorough


DOWN = {"status": 503}
SIGNED_UP = ["Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete", "Register_Complete"]


def tries(bank: Bank) -> list[dict[str, Any]]:
    """Return the TSG's tries of its pushes, oldest first."""
    return bank.calls("tsg", "POST", "push")


def decisions(bank: Bank, rule: str) -> list[dict[str, Any]]:
    return [made["facts"] for call in tries(bank) for made in call["decisions"] if made["rule"] == rule]


def went_by(call: dict[str, Any]) -> timedelta:
    return datetime.fromisoformat(call["at"]) - datetime.fromisoformat("2026-01-05T09:00:00+00:00")


def test_a_push_that_is_ahead_of_the_answer_to_sign_up_skips_no_status(either: Bank) -> None:
    chitra = either.user()
    registration = chitra.open(chitra.phone())
    either.settle()
    either.fault("mailroom", "POST", MESSAGES, LOSE)
    either.fault("tsg", "DELETE", "/tsg/sign_up/*", {"delay": {"ms": 1500}})
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(registration.sign_up)
        code = either.client.code(chitra.contact("sms"), "sign-up-code", "sms")
        assert registration.types(code).status == 200
        assert registration.status == "Register_Complete"
        said = answer.result()
    assert (said.status, said.body["status"]) == (200, "Register_Complete")
    assert registration.path == SIGNED_UP
    assert registration.told == "DR-3.1"
    assert "DR-1.7" not in either.branches()
    either.advance("PT1H")
    assert (registration.status, len(chitra.told("device-registered"))) == ("Register_Complete", 1)


def test_a_push_that_was_held_up_until_its_sign_up_had_lapsed_completes_it_all_the_same(either: Bank) -> None:
    chitra = either.user()
    registration = chitra.adds(via="qr")
    either.fault("orchestrator", "POST", PUSHED, DOWN, times=None)
    assert registration.types(registration.shown()).status == 200
    either.advance("PT15M")
    assert (registration.status, registration.told) == ("Not_Found", "DR-2.12")
    either.mend()
    either.advance("PT15M")
    assert registration.path == ["Not_Found", "Sign_Up_In_Progress", *SIGNED_UP]
    assert registration.told == "DR-3.1"
    assert "DR-2.2" in either.branches()


def test_a_push_of_a_sign_up_that_was_begun_again_meanwhile_is_rejected_and_moves_nothing(either: Bank) -> None:
    chitra = either.user()
    registration = chitra.adds()
    either.fault("orchestrator", "POST", PUSHED, DOWN, times=None)
    assert registration.types().status == 200
    assert registration.sign_up("email").status == 200
    either.mend()
    either.advance("PT9M")
    assert (registration.status, registration.told) == ("Sign_Up_In_Progress", "DR-1.1")
    assert [call["branches"] for call in either.calls("orchestrator", "POST", PUSHED)][-1] == ["DR-2.7"]
    assert registration.types(chitra.codes("email")[0]).status == 200
    assert registration.status == "Register_Complete"


@pytest.mark.parametrize(
    ("effect", "branch"),
    [
        ({"tamper": {"field": "external_reference", "value": ""}}, "DR-2.6"),
        ({"tamper": {"field": "external_reference", "remove": True}}, "DR-2.6"),
        ({"tamper": {"field": "external_reference", "value": "nobody's"}}, "DR-2.7"),
        ({"tamper": {"field": "subject_id", "remove": True}}, "DR-2.8"),
        ({"tamper": {"field": "external_reference", "value": "   "}}, "DR-2.6"),
        ({"tamper": {"field": "subject_id", "value": "0" * 64}}, "DR-2.16"),
        ({"tamper": {"field": "subject_id", "value": " "}}, "DR-2.8"),
        ({"tamper": {"field": "credential", "remove": True}}, "DR-2.8"),
        *(({"tamper": {"field": "credential", "value": value}}, "DR-2.8") for value in ("", " ", {}, None, 7, ["a"])),
        ({"bad_signature": True}, "DR-2.9"),
        ({"stale_timestamp": True}, "DR-2.9"),
    ],
)
def test_a_push_that_was_altered_is_rejected_and_the_next_try_is_taken(
    either: Bank, effect: dict[str, Any], branch: str
) -> None:
    chitra = either.user()
    registration = chitra.adds()
    either.fault("tsg", "", "push", effect)
    assert registration.types().status == 200
    assert registration.path == SIGNED_UP[:2]
    assert branch in either.branches()
    assert tries(either)[0]["status"] in (401, 404, 409, 422)
    assert either.calls("tsg", "POST", REGISTER) == []
    assert chitra.told("device-registered") == []
    either.advance("PT1M")
    assert registration.path == SIGNED_UP
    assert [push["state"] for push in either.pushes()] == ["delivered"]


def test_a_push_with_the_reference_of_anothers_sign_up_moves_neither(either: Bank) -> None:
    chitra, jai = either.user(), either.user("Jai")
    hers, his = chitra.adds(), jai.adds()
    asked = either.calls("tsg", "POST", "/tsg/sign_up")
    reference = asked[1]["request"]["external_reference"]
    either.fault("tsg", "", "push", {"tamper": {"field": "external_reference", "value": reference}}, times=None)
    assert hers.types().status == 200
    either.advance("PT5M")
    assert (hers.status, his.status) == ("Sign_Up_In_Progress", "Sign_Up_In_Progress")
    assert "DR-2.7" in either.branches()
    either.mend()
    either.advance("PT4M")
    assert hers.status == "Register_Complete"
    assert his.types().status == 200
    assert his.status == "Register_Complete"


@pytest.mark.parametrize("effect", [{"duplicate": 5}, {"reorder": True}, {"drop": True}])
def test_a_push_that_comes_often_late_or_not_at_all_has_one_effect(either: Bank, effect: dict[str, Any]) -> None:
    chitra, jai = either.user(), either.user("Jai")
    either.fault("tsg", "", "push", effect)
    registrations = [user.adds() for user in (chitra, jai)]
    for registration in registrations:
        assert registration.types().status == 200
    either.advance("PT1M")
    assert [registration.path for registration in registrations] == [SIGNED_UP] * 2
    assert either.worked("tsg", "POST", REGISTER) == 2
    either.advance("PT1H")
    assert [len(user.told("device-registered")) for user in (chitra, jai)] == [1, 1]


def test_gaps_between_tries_grow_in_the_worlds_time_until_the_receiver_is_up(either: Bank) -> None:
    chitra = either.user()
    registration = chitra.adds()
    either.fault("orchestrator", "POST", PUSHED, DOWN, times=6)
    assert registration.types().status == 200
    either.advance("PT9M")
    times = [went_by(call).total_seconds() for call in tries(either)]
    gaps = [after - before for before, after in pairwise(times)]
    assert len(gaps) == 6
    assert gaps == sorted(gaps)
    assert 5 <= gaps[0] <= 6
    assert gaps[-1] > 8 * gaps[0]
    assert [call["branches"] for call in tries(either)] == [["DR-2.11"]] * 6 + [[]]
    assert registration.path == SIGNED_UP


def test_a_receiver_that_never_answers_is_waited_for_and_tried_again(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    bank.fault("orchestrator", "POST", PUSHED, {"hang": True})
    assert registration.types().status == 200
    assert [call["status"] for call in tries(bank)] == [0]
    bank.advance("PT6S")
    assert registration.path == SIGNED_UP


def test_a_push_is_given_up_after_its_span_and_the_journal_says_so(fresh: Callable[..., Bank]) -> None:
    bank = fresh(tsg={"push_retry": {"span": "PT8M"}})
    chitra = bank.user()
    registration = chitra.adds()
    bank.fault("orchestrator", "POST", PUSHED, DOWN, times=None)
    registration.types()
    bank.advance("P1D")
    (push,) = bank.pushes()
    assert (push["state"], push["last_status"]) == ("failed", 503)
    (given_up,) = decisions(bank, "push.given_up")
    assert given_up == {"push": push["id"], "attempts": push["attempts"], "status": 503}
    assert went_by(tries(bank)[-1]) <= timedelta(minutes=8)
    bank.mend()
    bank.advance("P1D")
    assert len(tries(bank)) == push["attempts"]
    assert registration.status == "Not_Found"
    assert registration.sign_up().status == 200
    registration.signed_up()


def test_hours_of_tries_are_gone_through_in_one_move_of_the_clock(fresh: Callable[..., Bank]) -> None:
    bank = fresh(tsg={"push_retry": {"span": "PT6H"}})
    registration = bank.user().adds()
    bank.fault("orchestrator", "POST", PUSHED, DOWN, times=None)
    registration.types()
    bank.advance("PT12H")
    (push,) = bank.pushes()
    assert push["state"] == "failed"
    assert push["attempts"] > 30


@pytest.mark.parametrize("waits", [True, False])
def test_several_workers_never_send_one_push_at_once(bank: Bank, waits: bool) -> None:
    """Both workers' runners and eight moves of the clock are at one push, whose receiver takes its time."""
    chitra = bank.user()
    registration = chitra.adds()
    if waits:
        bank.fault("tsg", "", "push", {"delay": {"ms": 600}})
    bank.fault("orchestrator", "POST", PUSHED, {"delay": {"ms": 600}}, times=None)
    assert bank.send(registration.type_request(chitra.codes()[0])).status == 200
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: bank.settle(), range(8)))
    assert len(tries(bank)) == 1
    assert bank.branches().get("DR-2.10", 0) == 0
    assert registration.status == "Register_Complete"


def test_the_clock_waits_for_a_push_that_is_under_way(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    bank.fault("orchestrator", "POST", PUSHED, {"delay": {"ms": 500}})
    assert bank.send(registration.type_request(chitra.codes()[0])).status == 200
    bank.advance("PT10M")
    assert registration.path == SIGNED_UP


def test_two_sign_ups_that_are_pushed_at_once_are_both_completed(either: Bank) -> None:
    chitra, jai = either.user(), either.user("Jai")
    registrations: list[Registration] = [chitra.adds(via="email"), chitra.adds(via="sms"), jai.adds()]
    codes = [chitra.codes("email")[0], chitra.codes()[0], jai.codes()[0]]
    typed = [each.type_request(code) for each, code in zip(registrations, codes, strict=True)]
    assert [said.status for said in either.at_once(typed)] == [200] * 3
    either.settle()
    assert [registration.path for registration in registrations] == [SIGNED_UP] * 3
    activated = either.at_once([registration.request("activate") for registration in registrations])
    assert [said.body["status"] for said in activated] == ["Device_Activate"] * 3
    assert either.owners() == {
        registration.phone.em_cert_id: registration.user.username for registration in registrations
    }
    either.advance("PT1H")
    assert [len(user.told("device-activated")) for user in (chitra, jai)] == [2, 1]
