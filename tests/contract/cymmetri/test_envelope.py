"""The envelope, the policies, a world's people, and what the journal keeps."""

import re

import pytest
from openapi_spec_validator import validate

from tests.contract.cymmetri.rig import BASE, CHITRA, DEBIT, NO_CODE, NOW, PASSWORD, Cymmetri

FIELDS = {"success", "data", "message", "errorCode", "errorMeta", "timestamp"}


@pytest.fixture
def cymmetri(settings):
    return Cymmetri(settings)


@pytest.mark.parametrize(
    ("path", "method", "code"),
    [
        ("checkIdentity", "GET", "REGSRVC.METHOD_NOT_ALLOWED"),
        ("nothing", "POST", "REGSRVC.NOT_FOUND"),
        ("/ciamauthsrvc/nothing", "POST", "AUTHSRVC.NOT_FOUND"),
        ("/ciamauthsrvc/login", "POST", "AUTHSRVC.VALIDATION_FAILED"),
        ("checkIdentity", "POST", "REGSRVC.VALIDATION_FAILED"),
        ("mfa/list", "GET", "REGSRVC.UNAUTHORIZED"),
    ],
)
def test_every_error_comes_in_the_envelope(cymmetri, path, method, code):
    reply = cymmetri.call(path, method=method)
    assert set(reply.body) == FIELDS
    assert (reply.body["success"], reply.body["errorCode"]) == (False, code)


def test_an_answer_tells_the_worlds_time(cymmetri):
    cymmetri.advance("PT1H")
    reply = cymmetri.check()
    assert set(reply.body) == FIELDS
    assert reply.body["timestamp"] == "2026-01-05T10:00:00.000Z"
    assert (reply.body["success"], reply.body["errorCode"], reply.body["errorMeta"]) == (True, None, None)
    assert cymmetri.check(id="999").body["timestamp"] == "2026-01-05T10:00:00.000Z"


def test_by_policy_business_errors_have_status_200_but_outages_have_not(settings):
    cymmetri = Cymmetri(settings, {"errors_as_200": True})
    assert [*cymmetri.check(id="999")] == [200, "USER_NOT_FOUND", "WR-1.3"]
    assert [*cymmetri.call("checkIdentity", {})] == [200, "VALIDATION_FAILED", "WR-1.6"]
    assert [*cymmetri.call("VerifyEmailOtp", {"otp": NO_CODE}, cymmetri.at_email())] == [200, "INVALID_OTP", "WR-2.2"]
    assert cymmetri.log_in("nobody", "x").status == 401
    assert cymmetri.client.post(f"{BASE}checkIdentity", data="{}", content_type="text/plain").status_code == 415
    cymmetri.bank.down = True
    assert [*cymmetri.check()] == [503, "UPSTREAM_UNAVAILABLE", "WR-1.5"]


@pytest.mark.parametrize(
    ("policies", "field"),
    [
        ({"block": "soon"}, "policies"),
        ({"block": "PT0S"}, "policies"),
        ({"otp": {"digits": 3}}, "policies.otp.digits"),
        ({"otp": {"lifetime": "PT0S"}}, "policies.otp"),
        ({"otp": {"attempts": 3}}, "policies.otp.attempts"),
        ({"user_id": {"pattern": "["}}, "policies.user_id"),
        ({"password": {"min_length": 9, "max_length": 8}}, "policies.password"),
        ({"colour": "red"}, "policies.colour"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused_by_name(cymmetri, policies, field):
    answer = cymmetri.client.put("/_sandbox/worlds/default", json={"policies": policies})
    assert answer.status_code == 400
    assert answer.json["field"].rstrip(".") == field


@pytest.mark.parametrize("digits", [4, 6, 10])
def test_an_otp_has_as_many_digits_as_the_policy_wants(settings, digits):
    cymmetri = Cymmetri(settings, {"otp": {"digits": digits, "lifetime": "PT90S"}})
    reply = cymmetri.check()
    assert (reply.data["otpLength"], reply.data["expInMinute"], len(cymmetri.code)) == (digits, 2, digits)
    assert cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, reply.token).status == 200


@pytest.mark.parametrize(
    "people",
    [
        {"accounts": [CHITRA, CHITRA | {"cif": "9"}]},
        {"accounts": [CHITRA, CHITRA | {"userId": "other"}]},
        {"accounts": [CHITRA | {"blocked": True}]},
        {"accounts": [CHITRA | {"cardNumbers": ["1"]}]},
        {"accounts": [{"cif": "9"}]},
        {"friends": []},
    ],
)
def test_people_that_make_no_sense_are_refused_and_there_is_no_world(cymmetri, people):
    answer = cymmetri.client.put("/_sandbox/worlds/new", json={"people": people})
    assert (answer.status_code, answer.json["code"]) == (400, "bad-world")
    assert answer.json["field"].startswith("people.")
    assert cymmetri.call("/w/new/ciamregsrvc/webRegistration/checkIdentity", {}).status == 404


def test_the_people_of_a_world_are_listed_with_their_blocks(settings):
    blocked = [CHITRA | {"blocked": "PT30M"}, CHITRA | {"cif": "9", "userId": "hari", "blocked": "permanent"}]
    cymmetri = Cymmetri(settings, people={"accounts": blocked})
    assert cymmetri.accounts == [
        {"cif": CHITRA["cif"], "userId": "Chitra.K", "blocked": True, "blockedUntil": NOW.replace("09:00", "09:30")},
        {"cif": "9", "userId": "hari", "blocked": True, "blockedUntil": None},
    ]


def test_no_secret_reaches_the_journal(cymmetri):
    token = cymmetri.at_set()
    cymmetri.set_password(token)
    login = cymmetri.log_in("asha.rao", PASSWORD)
    journal = cymmetri.client.get("/_sandbox/worlds/default/journal").text
    secrets = [token, PASSWORD, DEBIT["pin"], DEBIT["expiry"], login.token, login.data["refreshToken"]]
    secrets += [message["code"] for message in cymmetri.post.messages]
    assert [secret for secret in secrets if re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", journal)] == []


def test_the_journal_tells_why(cymmetri):
    cymmetri.call("VerifyEmailOtp", {"otp": NO_CODE}, cymmetri.at_email())
    (exchange,) = cymmetri.client.get("/_sandbox/worlds/default/journal?branch=WR-2.2").json["exchanges"]
    assert exchange["decisions"] == [{"rule": "otp.wrong", "branch": "WR-2.2", "facts": {"attempts": 1, "maximum": 3}}]


def test_openapi_is_valid_and_every_property_says_its_basis(cymmetri):
    document = cymmetri.client.get("/openapi.json").json
    validate(document)
    assert "/ciamregsrvc/webRegistration/saveuserid" in document["paths"]
    for name, schema in document["components"]["schemas"].items():
        assert all("x-basis" in each for each in schema.get("properties", {}).values()), name


INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]*Z?")


def test_every_instant_in_a_body_has_three_digits_of_a_second(settings):
    cymmetri = Cymmetri(settings, {"otp": {"max_attempts": 1, "max_sent": 1}})
    cymmetri.set_clock("2026-01-05T09:00:00.123456Z")
    token = cymmetri.at_email()
    replies = [
        cymmetri.check(), cymmetri.call("VerifyEmailOtp", {"otp": NO_CODE}, token), cymmetri.check(),
        cymmetri.call("nothing"), cymmetri.call("checkIdentity", method="GET"), cymmetri.log_in("nobody", "x"),
    ]  # fmt: skip
    for reply in replies:
        told = INSTANT.findall(reply.response.text)
        assert told
        assert all(re.fullmatch(r"2026-01-0[56]T\d\d:\d\d:\d\d\.\d{3}Z", each) for each in told), told
        assert "Sandbox-Now" in reply.headers
    assert replies[1].meta == {"blockedUntil": "2026-01-05T09:30:00.124Z"}
    assert replies[0].meta["retryAt"] == "2026-01-06T09:00:00.124Z"


def test_a_block_has_ended_at_the_instant_that_was_told(settings):
    cymmetri = Cymmetri(settings, {"otp": {"max_attempts": 1}})
    cymmetri.set_clock("2026-01-05T09:00:00.123456Z")
    until = cymmetri.call("VerifyEmailOtp", {"otp": NO_CODE}, cymmetri.at_email()).meta["blockedUntil"]
    cymmetri.set_clock("2026-01-05T09:30:00.123999Z")
    assert cymmetri.check().status == 423
    cymmetri.set_clock(until)
    assert cymmetri.check().status == 200
