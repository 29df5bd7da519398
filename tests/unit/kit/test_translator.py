"""Speaking and reading a wire profile: what is sent is read back as the contract has it."""

from typing import Any

import pytest

from simulators.kit.wire.profiles import LONGEST_INSTANT, EnvelopeFields, WireProfile
from simulators.kit.wire.translator import Translator

ENVELOPE = EnvelopeFields(code="errorCode", message="message")
NINE, NINE_OF_THEIRS = "2026-01-05T09:00:00.000Z", "05/01/2026 09:00:00"
THEIRS = WireProfile(
    errors={"BLOCKED": "E.1", "BLOCKED@WR-2.3": "E.2", "LIMIT": "E.2", "UNKNOWN": "E.3"},
    statuses={"423": 403, "UNKNOWN": 200},
    instants="%d/%m/%Y %H:%M:%S",
    fields={"otp": "code", "errorCode": "error", "at": "when"},
    extra={"api": "2", "data.locale": "en", "data.otp": "never", "none.there": 1},
    paths={"/a/": "/b/", "/a/one": "/uno", "/same": "/same"},
)


def speak(**profile: Any) -> Translator:
    return Translator(WireProfile(**profile), ENVELOPE)


@pytest.fixture
def theirs() -> Translator:
    return Translator(THEIRS, ENVELOPE)


def test_a_request_has_their_names_at_any_depth_and_is_read_back(theirs: Translator) -> None:
    ours = {"otp": "1", "at": NINE, "list": [{"otp": "2"}, "otp", 3, None]}
    sent = {"code": "1", "when": NINE, "list": [{"code": "2"}, "otp", 3, None]}
    assert theirs.write_request(ours) == sent
    assert theirs.read_request(sent) == ours


@pytest.mark.usefixtures("machine_in_india")
def test_instants_of_an_answer_are_spelt_their_way_and_read_back_in_utc(theirs: Translator) -> None:
    ours = {"errorCode": None, "at": NINE, "list": [NINE, "soon"], "data": {"at": NINE, "locale": "en", "code": 7}}
    status, sent = theirs.write_answer(200, ours)
    assert (status, sent["when"], sent["list"]) == (200, NINE_OF_THEIRS, [NINE_OF_THEIRS, "soon"])
    read = theirs.read_answer(sent)
    assert (read["at"], read["list"], read["data"]["at"]) == (NINE, [NINE, "soon"], NINE)


def test_a_profile_without_a_pattern_leaves_instants_alone() -> None:
    assert speak().write_answer(200, {"at": NINE}) == (200, {"at": NINE})
    assert speak().read_answer({"at": NINE_OF_THEIRS}) == {"at": NINE_OF_THEIRS}


def test_what_is_longer_than_any_instant_is_none() -> None:
    for blanks, read in ((LONGEST_INSTANT - 19, NINE), (LONGEST_INSTANT - 18, None)):
        instant = "05/01/2026" + " " * (blanks + 1) + "09:00:00"
        assert speak(instants="%d/%m/%Y %H:%M:%S").read_answer({"at": instant}) == {"at": read or instant}


@pytest.mark.parametrize("body", ["text", None, ["otp"], 7])
def test_an_answer_that_is_no_object_is_left_alone(theirs: Translator, body: Any) -> None:
    assert theirs.write_answer(423, body) == (423, body)


def test_an_answer_without_an_envelope_is_renamed_only(theirs: Translator) -> None:
    assert theirs.write_answer(423, {"otp": "1", "at": NINE}) == (423, {"code": "1", "when": NINE_OF_THEIRS})


@pytest.mark.parametrize(
    ("reason", "branches", "status", "sent"),
    [
        ("SRVC.BLOCKED", [], (423, 403), "E.1"),
        ("BLOCKED", ["WR-1.4"], (423, 403), "E.1"),
        ("SRVC.BLOCKED", ["WR-1.1", "WR-2.3"], (423, 403), "E.2"),
        ("SRVC.UNKNOWN", [], (404, 200), "E.3"),
        ("SRVC.OTHER", [], (404, 404), "SRVC.OTHER"),
    ],
)
def test_a_reason_has_their_code_and_status(
    theirs: Translator, reason: str, branches: list[str], status: tuple[int, int], sent: str
) -> None:
    body = {"errorCode": reason, "message": "No."}
    assert theirs.write_answer(status[0], body, branches) == (status[1], {"error": sent, "message": "No.", "api": "2"})
    assert body == {"errorCode": reason, "message": "No."}


@pytest.mark.parametrize(
    ("message", "on_success", "on_refusal"),
    [(None, "Done.", "Done."), ("text", "Done.", "Done."), ("null_on_success", None, "Done."), ("null", None, None)],
)
def test_a_message_is_sent_or_left_out_as_the_profile_says(message: Any, on_success: Any, on_refusal: Any) -> None:
    for code, expected in ((None, on_success), ("SRVC.BLOCKED", on_refusal)):
        body = {"errorCode": code, "message": "Done."}
        assert speak(message=message).write_answer(200, body) == (200, body | {"message": expected})


def test_further_fields_replace_none_and_enter_objects_only(theirs: Translator) -> None:
    _, sent = theirs.write_answer(200, {"errorCode": None, "api": "1", "data": {"otp": "1"}, "none": "text"})
    assert sent == {"error": None, "api": "1", "data": {"code": "1", "locale": "en", "otp": "never"}, "none": "text"}
    _, sent = theirs.write_answer(200, {"errorCode": None, "data": None})
    assert sent == {"error": None, "api": "2", "data": None}


@pytest.mark.parametrize(
    ("code", "expected", "reason"),
    [
        ("E.1", [], "BLOCKED"),
        ("E.2", [], "BLOCKED"),
        ("E.2", ["BLOCKED"], "BLOCKED"),
        ("E.2", ["LIMIT"], "LIMIT"),
        ("E.2", ["BLOCKED", "WR-2.3", "LIMIT"], "BLOCKED"),
        ("E.2", ["BLOCKED", "WR-1.4", "LIMIT"], "LIMIT"),
        ("E.9", ["LIMIT"], "E.9"),
        ("", [], ""),
        (None, [], None),
        (7, [], 7),
        (["E.1"], [], ["E.1"]),
    ],
)
def test_a_code_is_read_as_the_reason_that_the_operation_is_refused_for(
    theirs: Translator, code: Any, expected: list[str], reason: Any
) -> None:
    assert theirs.read_answer({"error": code}, expected) == {"errorCode": reason}
    assert theirs.code_in({"error": code}) == code


@pytest.mark.parametrize("body", ["text", None, [], 7])
def test_an_answer_of_theirs_that_is_no_object_is_read_as_it_is(theirs: Translator, body: Any) -> None:
    assert theirs.read_answer(body) == body


def test_a_code_is_found_under_our_name_where_it_has_no_other() -> None:
    assert speak().code_in({"errorCode": "E.1"}) == "E.1"
    assert speak().code_in({}) is None


@pytest.mark.parametrize(
    ("ours", "their_path"),
    [("/a/one", "/uno"), ("/a/two", "/b/two"), ("/a/", "/b/"), ("/a/b/a/", "/b/b/a/"), ("/same", "/same")],
)
def test_a_path_that_was_moved_is_found_from_both_ends(theirs: Translator, ours: str, their_path: str) -> None:
    assert theirs.write_path(ours) == their_path
    assert theirs.read_path(their_path) == ours
    assert theirs.hides(ours) is (ours != their_path)


@pytest.mark.parametrize("path", ["/c", "/a", "/x/a/one", "/same/more", "/uno/more"])
def test_a_path_that_was_not_moved_stays(theirs: Translator, path: str) -> None:
    assert theirs.write_path(path) == path
    assert theirs.read_path(path) is None
    assert not theirs.hides(path)
