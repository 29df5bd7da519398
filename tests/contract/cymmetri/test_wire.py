"""Wire profiles: what an installation says otherwise."""

import re

import pytest

from simulators.cymmetri.app import create_app
from simulators.cymmetri.wire_profiles import PUBLISHED_ERRORS, PUBLISHED_STATUSES
from tests.conftest import settings_in
from tests.contract.cymmetri.rig import ASHA, CHITRA, DEBIT, NO_CODE, PASSWORD, Cymmetri

OWN = {
    "errors": {"USER_NOT_FOUND": "CUST.0404", "USER_BLOCKED@WR-1.4": "CUST.0423"},
    "statuses": {"404": 200, "USER_BLOCKED": 403},
    "instants": "%d/%m/%Y %H:%M:%S",
    "message": "null",
    "fields": {"otp": "verificationCode", "maskedEmail": "hint", "errorCode": "code", "timestamp": "serverTime"},
    "extra": {"apiVersion": "2.1", "data.locale": "en-IN"},
    "paths": {
        "/ciamregsrvc/webRegistration/": "/ciam/registration/v2/",
        "/ciamregsrvc/webRegistration/checkIdentity": "/ciam/identity",
    },
}


def cymmetri_of(settings, wire, **policies):
    return Cymmetri(settings, {"wire": wire, **policies})


@pytest.mark.parametrize("wire", ["published", {"like": "published"}])
def test_the_published_profile_has_the_vendors_own_codes_and_statuses(settings, wire):
    cymmetri = cymmetri_of(settings, wire, otp={"max_attempts": 1})
    assert cymmetri.check(id="999").status == 404
    malformed = cymmetri.call("checkIdentity", {})
    assert (malformed.status, malformed.body["errorCode"]) == (400, "REGSRVC.INVALID_ARGUMENTS")
    token = cymmetri.at_email()
    soon = cymmetri.call("resendOtpEmail", token=token)
    assert (soon.status, soon.body["errorCode"]) == (400, "MFASRVC.RESEND_PERIOD_NOT_ALLOWED")
    assert soon.headers["Retry-After"] == "30"
    exhausted = cymmetri.call("VerifyEmailOtp", {"otp": NO_CODE}, token)
    assert (exhausted.status, exhausted.body["errorCode"]) == (403, "REGSRVC.OTP_LIMIT_EXCEED")
    blocked = cymmetri.check()
    assert (blocked.status, blocked.body["errorCode"]) == (403, "AUTHSRVC.USER_LOCKED")
    denied = cymmetri.log_in("nobody", "x")
    assert (denied.status, denied.body["errorCode"]) == (401, "AUTHSRVC.ACCESS_DENIED")


@pytest.mark.parametrize(
    ("change", "step", "operation", "body", "code"),
    [
        ({"email": None}, None, None, None, "MFASRVC.EMAIL_MOBILE_NOT_FOUND"),
        ({"mobile": None}, "at_email", "VerifyEmailOtp", "code", "MFASRVC.MOBILE_NOT_FOUND"),
        ({}, "at_card", "authenticateUser", DEBIT | {"pin": "0000"}, "REGSRVC.INVALID_CREDENTIALS"),
        ({}, "at_user_id", "saveuserid", {"userId": CHITRA["userId"]}, "USRSRVC.EXISTING_LOGIN"),
        ({}, "at_password", "validatePassword", {"password": "x"}, "AUTHSRVC.PASSWORD_COMPOSITION_RULE_VIOLATION"),
    ],
)
def test_each_reason_has_its_published_code(settings, change, step, operation, body, code):
    cymmetri = cymmetri_of(settings, "published")
    cymmetri.change(**change)
    if step is None:
        reply = cymmetri.check()
    else:
        token = getattr(cymmetri, step)()
        reply = cymmetri.call(operation, {"otp": cymmetri.code} if body == "code" else body, token)
    assert reply.body["errorCode"] == code
    assert reply.status in PUBLISHED_STATUSES


def test_a_session_that_has_ended_has_its_published_code(settings):
    cymmetri = cymmetri_of(settings, "published")
    token = cymmetri.at_email()
    cymmetri.advance("PT30M")
    assert cymmetri.call("resendOtpEmail", token=token).body["errorCode"] == "REGSRVC.INVALID_TOKEN"


def test_too_many_resends_have_their_published_code(settings):
    cymmetri = cymmetri_of(settings, "published", otp={"max_resends": 0})
    reply = cymmetri.call("resendOtpEmail", token=cymmetri.at_email())
    assert (reply.status, reply.body["errorCode"]) == (400, "MFASRVC.RESEND_COUNT_EXCEED")


def test_the_dotnet_sdk_reads_its_instants_and_a_success_without_a_message(settings):
    cymmetri = cymmetri_of(settings, "dotnet-sdk", otp={"max_attempts": 1})
    reply = cymmetri.check()
    assert (reply.body["timestamp"], reply.body["message"]) == ("05-Jan-2026 09:00:00", None)
    blocked = cymmetri.call("VerifyEmailOtp", {"otp": NO_CODE}, reply.token)
    assert (blocked.status, blocked.meta) == (423, {"blockedUntil": "05-Jan-2026 09:30:00"})
    assert blocked.body["message"]


def test_a_profile_of_ones_own_renames_adds_moves_and_leaves_out(settings):
    cymmetri = cymmetri_of(settings, OWN)
    begin = {"deviceId": "d", "type": "CIF", "id": ASHA["cif"]}
    reply = cymmetri.call("/ciam/identity", begin)
    assert reply.status == 200
    assert reply.body["data"]["hint"] == "A•••@example.test"
    assert (reply.body["apiVersion"], reply.body["data"]["locale"]) == ("2.1", "en-IN")
    assert (reply.body["serverTime"], reply.body["message"]) == ("05/01/2026 09:00:00", None)
    assert not {"errorCode", "timestamp"} & reply.body.keys()
    code = {"verificationCode": cymmetri.code}
    assert cymmetri.call("/ciam/registration/v2/VerifyEmailOtp", code, reply.token).branches == "WR-2.1"
    unknown = cymmetri.call("/ciam/identity", begin | {"id": "999"})
    assert (unknown.status, unknown.body["code"], unknown.body["success"]) == (200, "CUST.0404", False)
    assert "message" in unknown.body


def test_an_installation_has_nothing_where_the_contract_has_it(settings):
    cymmetri = cymmetri_of(settings, OWN)
    for path in ("checkIdentity", "VerifyEmailOtp", "/ciam/registration/v2/nothing"):
        assert cymmetri.call(path, {"otp": "1"}).status in (200, 404), path
        assert not cymmetri.bank.asked
    assert cymmetri.log_in(CHITRA["userId"], CHITRA["password"]).status == 200


def test_a_profile_is_a_worlds_own_and_is_reached_by_its_prefix(settings):
    cymmetri = Cymmetri(settings)
    part = {"seed": 7, "policies": {"wire": OWN}, "people": {"accounts": [CHITRA]}}
    assert cymmetri.client.put("/_sandbox/worlds/other", json=part).status_code == 201
    begin = {"deviceId": "d", "type": "CIF", "id": CHITRA["cif"]}
    assert cymmetri.call("/w/other/ciam/identity", begin).branches == "WR-1.1"
    assert cymmetri.call("/ciam/identity", begin).status == 404
    assert cymmetri.check(id=CHITRA["cif"]).branches == "WR-1.1"


def test_the_journal_faults_and_masks_keep_to_the_contract(settings):
    cymmetri = cymmetri_of(settings, OWN)
    begin = {"deviceId": "d", "type": "CIF", "id": ASHA["cif"]}
    token = cymmetri.call("/ciam/identity", begin).token
    cymmetri.call("/ciam/registration/v2/VerifyEmailOtp", {"verificationCode": cymmetri.code}, token)
    code = cymmetri.post.messages[0]["code"]
    journal = cymmetri.client.get("/_sandbox/worlds/default/journal").json["exchanges"]
    assert [each["path"].rpartition("/")[2] for each in journal] == ["checkIdentity", "VerifyEmailOtp"]
    assert code not in str(journal)
    fault = {"path": "*/checkIdentity", "effect": {"status": 418, "body": {"as": "it is"}}}
    assert cymmetri.client.post("/_sandbox/worlds/default/faults", json=fault).status_code == 201
    struck = cymmetri.call("/ciam/identity", begin)
    assert (struck.status, struck.body) == (418, {"as": "it is"})


def test_errors_as_200_and_a_profile_go_together(settings):
    cymmetri = cymmetri_of(settings, "published", errors_as_200=True)
    reply = cymmetri.check(id="")
    assert (reply.status, reply.body["errorCode"]) == (200, "REGSRVC.INVALID_ARGUMENTS")


@pytest.mark.parametrize(
    ("wire", "problem"),
    [
        ("theirs", "is no profile"),
        ({"like": "theirs"}, "is no profile"),
        ({"instants": "%Y"}, "must tell day and time"),
        ({"instants": "%d %d"}, "is no strftime pattern"),
        ({"fields": {"otp": "x", "token": "x"}}, "stands for two of ours"),
        ({"paths": {"/a": "/c", "/b": "/c"}}, "stands for two of ours"),
        ({"paths": {"a": "/c"}}, "does not begin with /"),
        ({"paths": {"/€": "/c"}}, "must have only letters, digits"),
        ({"paths": {"/a": "/c d"}}, "must have only letters, digits"),
        ({"paths": {"/a/": "/c"}}, "end with / or none does"),
        (
            {"paths": {"/ciamauthsrvc/login": "/ciamauthsrvc/userinfo"}},
            "'/ciamauthsrvc/userinfo' would stand for two of ours",
        ),
        ({"statuses": {"404": 99}}, ">= 200"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_a_profile_that_cannot_be_spoken_is_refused(settings, wire, problem):
    cymmetri = Cymmetri(settings)
    answer = cymmetri.client.put("/_sandbox/worlds/other", json={"policies": {"wire": wire}})
    assert answer.status_code == 400
    assert problem in answer.text


def test_no_answer_under_the_published_profile_has_an_unpublished_status(settings):
    cymmetri = cymmetri_of(settings, "published", otp={"max_sent": 1}, min_age=30)
    cymmetri.change(dateOfBirth="2000-01-01")
    seen = {cymmetri.check().status}
    cymmetri.set_policies(min_age=18)
    token = cymmetri.at_email()
    for operation, body in [("checkIdentity", {"deviceId": "d", "type": "CIF", "id": ASHA["cif"]}), ("mfa/list", {}),
                            ("resendOtpEmail", {}), ("setIbPassword", {"password": PASSWORD, "confirmPassword": "x"}),
                            ("nothing", {}), ("saveuserid", {})]:  # fmt: skip
        seen.add(cymmetri.call(operation, body, token).status)
    seen |= {cymmetri.call("checkIdentity", method="GET").status, cymmetri.call("/nothing").status}
    assert seen <= PUBLISHED_STATUSES


def test_every_published_code_is_of_the_vendors_form():
    assert all(re.fullmatch(r"[A-Z]+SRVC\.[A-Z_]+", code) for code in PUBLISHED_ERRORS.values())


def test_every_status_and_code_says_on_what_it_rests(settings):
    document = Cymmetri(settings).client.get("/openapi.json").json
    check = document["paths"]["/ciamregsrvc/webRegistration/checkIdentity"]["post"]
    bases = {status: response["x-basis"] for status, response in check["responses"].items() if "x-basis" in response}
    assert bases == {
        "200": "published", "400": "published", "403": "published", "404": "published", "503": "published",
        "409": "assumed", "423": "assumed", "429": "assumed",
    }  # fmt: skip
    assert check["responses"]["429"]["x-error-codes"] == {"REGSRVC.TOO_MANY_CODES": "assumed"}
    headers = {each["name"]: each["x-basis"] for each in check["parameters"] if each["in"] == "header"}
    assert headers == {"tenant": "assumed", "locLatitude": "published", "locLongitude": "published"}
    schemas = document["components"]["schemas"]
    assert schemas["CheckIdentity"]["properties"]["type"]["x-basis"] == "published"
    assert schemas["CheckIdentity"]["properties"]["type"]["x-values-basis"] == "assumed"
    for name in ("CheckedIdentity", "VerifiedOtp"):
        assert schemas[name]["properties"]["otpLength"]["x-basis"] == "published"
        assert schemas[name]["properties"]["expInMinute"]["x-basis"] == "published"
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert all("x-basis" in each or "x-sandbox" in each for each in operation["responses"].values()), path


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
@pytest.mark.parametrize("path", ["/w/%00/anything", "/anything"])
def test_a_world_with_a_nul_in_its_name_is_unknown(request, tmp_path, database, path):
    url = request.getfixturevalue("make_database")() if database == "postgres" else None
    client = create_app(settings_in(tmp_path, database_url=url)).test_client()
    answer = client.get(path, headers={"baggage": "sandbox.world=%00"})
    assert answer.status_code == 404


@pytest.mark.parametrize("contact", ["email", "mobile"])
def test_a_users_contacts_are_no_longer_than_addresses_are(settings, contact):
    cymmetri = Cymmetri(settings)
    for length, status in ((320, 201), (321, 400)):
        people = {"accounts": [CHITRA | {contact: "a" * length}]}
        answer = cymmetri.client.put(f"/_sandbox/worlds/w{length}", json={"people": people})
        assert answer.status_code == status
    assert answer.json["field"] == f"people.accounts[0].{contact}"
