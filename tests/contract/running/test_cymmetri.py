"""Cymmetri's calls: the envelope, the staged tokens, each call's answer and each reason of the contract's table."""

import pytest

from tests.support.registrant import BASE, PASSWORD, Registrant, log_in, other

pytestmark = pytest.mark.thorough


ENVELOPE = {"success", "data", "message", "errorCode", "errorMeta", "timestamp"}
MASKED = "•"


@pytest.fixture
def person(asha):
    return Registrant(asha, "Asha")


def assert_refused(said, status, reason):
    assert (said.status, said.body["errorCode"]) == (status, f"REGSRVC.{reason}"), said.text
    assert said.body.keys() == ENVELOPE
    assert said.body["success"] is False
    assert said.body["message"]


def does(person, operation, body=None, **more):
    return person.world.send(person.request(operation, body, **more))


def test_the_whole_success_path_answers_as_the_contract_says(person):
    world, persona = person.world, person.persona
    checked = world.send(person.check()).body
    assert checked.keys() == ENVELOPE
    assert (checked["success"], checked["errorCode"], checked["timestamp"]) == (
        True,
        None,
        "2026-01-05T09:00:00.000Z",
    )
    data = checked["data"]
    assert (data["flow"], data["nextStep"]) == ("REGISTRATION", "VERIFY_EMAIL_OTP")
    assert data.keys() >= {"token", "maskedEmail", "otpLength", "expInMinute", "attemptsLeft", "resendLeft"}
    assert MASKED in data["maskedEmail"]
    assert data["maskedEmail"] != persona["email"]
    assert (data["otpLength"], data["expInMinute"], data["attemptsLeft"], data["resendLeft"]) == (6, 5, 3, 3)
    person.token = data["token"]

    data = person.does("VerifyEmailOtp", {"otp": person.email_code()}).body["data"]
    assert data["nextStep"] == "VERIFY_MOBILE_OTP"
    assert MASKED in data["maskedMobile"]
    assert data["maskedMobile"][-2:] == persona["mobile"][-2:]

    data = person.does("VerifyMobileOtp", {"otp": person.mobile_code()}).body["data"]
    assert (data.keys(), data["nextStep"]) == ({"token", "nextStep"}, "AUTHENTICATE_USER")

    factors = does(person, "mfa/list", method="GET").body["data"]
    assert factors == {"factors": ["DEBIT_CARD", "CREDIT_CARD"]}

    data = person.does("authenticateUser", person.card_details(1)).body["data"]
    assert (data.keys(), data["nextStep"]) == ({"token", "nextStep"}, "USER_ID")
    assert does(person, "existingUserId", method="GET").body["data"] == {"userId": None}

    data = person.does("saveuserid", {"userId": "asha.a"}).body["data"]
    assert (data["userId"], data["nextStep"]) == ("asha.a", "VALIDATE_PASSWORD")
    assert data["token"]

    data = person.does("validatePassword", {"password": PASSWORD}).body["data"]
    assert (data["valid"], data["nextStep"]) == (True, "SET_PASSWORD")

    data = person.does("setIbPassword", {"password": PASSWORD, "confirmPassword": PASSWORD}).body["data"]
    assert data == {"userId": "asha.a", "status": "ACTIVE"}

    login = log_in(world, "ASHA.A", PASSWORD)
    assert login.status == 200
    assert login.body.keys() >= {"token", "refreshToken", "expiresIn"}
    again = world.send(person.check()).body["data"]
    assert again["flow"] == "LOGIN"
    assert MASKED in again["userId"]


def test_the_debit_card_wants_the_pin(person):
    person.at_card()
    assert does(person, "authenticateUser", person.card_details(0)).status == 200


@pytest.mark.parametrize(
    ("kind", "field"), [("CIF", "cif"), ("MOBILE", "mobile"), ("EMAIL", "email"), ("CARD", None)]
)  # fmt: skip
def test_an_identity_of_each_type_is_found(person, kind, field):
    body = {"deviceId": "browser", "type": kind}
    if kind == "CARD":
        body["cardNumber"] = person.persona["cards"][0]["number"]
    else:
        body["id"] = person.persona[field]
    assert does(person, "checkIdentity", body).body["data"]["flow"] == "REGISTRATION"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"type": "CIF", "id": "1"}, "deviceId"),
        ({"deviceId": " ", "type": "CIF", "id": "1"}, "deviceId"),
        ({"deviceId": "d", "id": "1"}, "type"),
        ({"deviceId": "d", "type": "PASSPORT", "id": "1"}, "type"),
        ({"deviceId": "d", "type": "CIF"}, "id"),
        ({"deviceId": "d", "type": "CIF", "cardNumber": "4000000000000002"}, "id"),
        ({"deviceId": "d", "type": "CARD", "id": "1"}, "cardNumber"),
        ({"deviceId": "d", "type": "CARD", "cardNumber": "1234"}, "cardNumber"),
        ({"deviceId": "d", "type": "MOBILE", "id": "12"}, "id"),
        ({"deviceId": "d", "type": "EMAIL", "id": "nobody"}, "id"),
    ],
)
def test_a_malformed_identity_is_refused_with_its_field(asha, body, field):
    said = asha.ask("cymmetri", "POST", f"{BASE}/checkIdentity", body)
    assert_refused(said, 400, "VALIDATION_FAILED")
    assert said.body["errorMeta"]["field"] == field
    assert said.branches == ["WR-1.6"]


@pytest.mark.parametrize(
    ("persona", "status", "reason", "branch"),
    [
        ({"cbs": None}, 404, "USER_NOT_FOUND", "WR-1.3"),
        ({"cymmetri": {"blocked": "PT30M"}}, 423, "USER_BLOCKED", "WR-1.4"),
        ({"cymmetri": {"blocked": "permanent"}}, 423, "USER_BLOCKED", "WR-1.4"),
        ({"cbs": {"email": None}}, 409, "EMAIL_NOT_REGISTERED", "WR-1.7"),
        ({"cbs": {"status": "dormant"}}, 403, "CUSTOMER_NOT_ELIGIBLE", "WR-1.9"),
        ({"cbs": {"status": "closed"}}, 403, "CUSTOMER_NOT_ELIGIBLE", "WR-1.9"),
        ({"cbs": {"status": "deceased"}}, 403, "CUSTOMER_NOT_ELIGIBLE", "WR-1.9"),
    ],
)
def test_check_identity_refuses_with_the_contracts_reasons(new_world, persona, status, reason, branch):
    world = new_world(personas=[{"name": "Asha", **persona}])
    said = world.send(Registrant(world, "Asha").check())
    assert_refused(said, status, reason)
    assert said.branches == [branch]
    assert world.messages() == []


@pytest.mark.parametrize(
    ("service", "reason", "branch"), [("cbs", "UPSTREAM_UNAVAILABLE", "WR-1.5"), ("mailroom", "OTP_NOT_SENT", "WR-1.8")]
)
@pytest.mark.parametrize("effect", [{"status": 503}, {"garbage": True}, {"reset": True}, {"truncate": True}])
def test_an_outage_behind_it_is_503(person, service, reason, branch, effect):
    person.world.fault(service, "", "*", effect, times=None)
    said = person.world.send(person.check())
    assert_refused(said, 503, reason)
    assert said.branches == [branch]


@pytest.mark.parametrize(("step", "at"), [("VerifyEmailOtp", "at_email"), ("VerifyMobileOtp", "at_mobile")])
def test_wrong_codes_are_counted_until_the_user_is_blocked(person, step, at):
    getattr(person, at)()
    code = person.email_code() if at == "at_email" else person.mobile_code()
    for left in (2, 1):
        said = does(person, step, {"otp": other(code)})
        assert_refused(said, 401, "INVALID_OTP")
        assert said.body["errorMeta"]["attemptsLeft"] == left
    assert_refused(does(person, step, {"otp": other(code)}), 423, "USER_BLOCKED")
    assert_refused(does(person, step, {"otp": code}), 423, "USER_BLOCKED")
    assert_refused(person.world.send(person.check()), 423, "USER_BLOCKED")
    person.world.advance("PT30M")
    assert person.world.send(person.check()).status == 200


@pytest.mark.parametrize(("step", "at"), [("VerifyEmailOtp", "at_email"), ("VerifyMobileOtp", "at_mobile")])
def test_an_expired_code_is_refused(person, step, at):
    getattr(person, at)()
    code = person.email_code() if at == "at_email" else person.mobile_code()
    person.world.advance("PT5M")
    assert_refused(does(person, step, {"otp": code}), 401, "OTP_EXPIRED")


@pytest.mark.parametrize(
    ("resend", "at", "masked"),
    [("resendOtpEmail", "at_email", "maskedEmail"), ("resendOtpMobile", "at_mobile", "maskedMobile")],
)
def test_a_code_is_sent_again_but_not_too_soon_nor_too_often(person, resend, at, masked):
    getattr(person, at)()
    soon = does(person, resend, {})
    assert_refused(soon, 429, "RESEND_TOO_SOON")
    assert soon.headers["retry-after"] == "30"
    for left in (2, 1, 0):
        person.world.advance("PT30S")
        data = does(person, resend, {}).body["data"]
        assert data.keys() == {masked, "resendLeft", "retryAfterSeconds", "expInMinute"}
        assert (data["resendLeft"], data["retryAfterSeconds"], data["expInMinute"]) == (left, 30, 5)
    person.world.advance("PT30S")
    assert_refused(does(person, resend, {}), 429, "RESEND_LIMIT_REACHED")


def test_resending_needs_no_body(person, wire):
    person.at_email()
    person.world.advance("PT30S")
    path = f"{BASE}/resendOtpEmail"
    assert wire.ask("cymmetri", "POST", path, world=person.world.name, token=person.token).status == 200


STEPS = {
    "VerifyEmailOtp": {"otp": "123456"}, "resendOtpEmail": {}, "VerifyMobileOtp": {"otp": "123456"},
    "resendOtpMobile": {},
    "authenticateUser": {"mfaType": "DEBIT_CARD", "cardLast4": "1234", "expiry": "0130", "pin": "1234"},
    "saveuserid": {"userId": "asha.a"}, "validatePassword": {"password": PASSWORD},
    "setIbPassword": {"password": PASSWORD, "confirmPassword": PASSWORD}, "mfa/list": None, "existingUserId": None,
}  # fmt: skip


@pytest.mark.parametrize("token", [None, "forged", "a.b.c"])
@pytest.mark.parametrize("step", STEPS)
def test_every_step_wants_its_staged_token(person, step, token):
    person.at_email()
    method = "GET" if STEPS[step] is None else "POST"
    request = person.request(step, STEPS[step], method=method)
    person.token = token
    refused = person.world.send(person.request(step, STEPS[step], method=method))
    assert_refused(refused, 401, "UNAUTHORIZED")
    if step not in ("VerifyEmailOtp", "resendOtpEmail", "VerifyMobileOtp"):
        assert_refused(person.world.send(request), 409, "STEP_OUT_OF_ORDER")


def test_the_mobile_is_not_verified_before_the_email(new_world):
    world = new_world(personas=[{"name": "Asha"}], policies={"cymmetri": {"document_paths": False}})
    person = Registrant(world, "Asha").at_email()
    assert_refused(does(person, "VerifyMobileOtp", {"otp": person.email_code()}), 409, "STEP_OUT_OF_ORDER")


def test_a_used_token_opens_nothing_more(person):
    person.at_email()
    code, token = person.email_code(), person.token
    person.does("VerifyEmailOtp", {"otp": code})
    assert does(person, "VerifyEmailOtp", {"otp": code}, token=token).status in (401, 409)


def test_a_missing_mobile_ends_the_flow(new_world):
    world = new_world(personas=[{"name": "Esha", "cbs": {"mobile": None}}])
    person = Registrant(world, "Esha").at_email()
    assert_refused(does(person, "VerifyEmailOtp", {"otp": person.email_code()}), 409, "MOBILE_NOT_REGISTERED")


@pytest.mark.parametrize("path", [f"{BASE}/VerifyEmailOtp", "/otp/verifyOtp"])
def test_the_documents_own_slips_verify_whichever_code_the_token_is_for(person, path):
    person.at_email()
    for code in (person.email_code, person.mobile_code):
        said = person.world.ask("cymmetri", "POST", path, {"otp": code()}, person.token)
        assert said.status == 200
        person.token = said.body["data"]["token"]
    assert said.body["data"]["nextStep"] == "AUTHENTICATE_USER"


def test_the_documents_slips_can_be_switched_off(new_world):
    world = new_world(personas=[{"name": "Asha"}], policies={"cymmetri": {"document_paths": False}})
    person = Registrant(world, "Asha").at_email()
    assert world.ask("cymmetri", "POST", "/otp/verifyOtp", {"otp": "1"}, person.token).status == 404
    person.does("VerifyEmailOtp", {"otp": person.email_code()})
    assert_refused(does(person, "VerifyEmailOtp", {"otp": person.mobile_code()}), 409, "STEP_OUT_OF_ORDER")


def test_wrong_card_details_are_counted_and_not_told_apart(person):
    person.at_card()
    expiry = "0130" if person.persona["cards"][0]["expiry"] != "0130" else "0230"
    messages = set()
    for changed, left in (({"pin": "0000"}, 2), ({"expiry": expiry}, 1)):
        said = does(person, "authenticateUser", person.card_details(**changed))
        assert_refused(said, 401, "AUTHENTICATION_FAILED")
        assert said.body["errorMeta"]["attemptsLeft"] == left
        messages.add(said.body["message"].replace(str(left), "N"))
    assert len(messages) == 1
    assert_refused(does(person, "authenticateUser", person.card_details(cardLast4="0000")), 423, "USER_BLOCKED")


def test_a_factor_that_is_not_the_users_is_refused(new_world):
    world = new_world(personas=[{"name": "Asha", "cbs": {"cards": [{"type": "DEBIT"}]}}])
    person = Registrant(world, "Asha").at_card()
    for factor in ("CREDIT_CARD", "FINGERPRINT"):
        body = {"mfaType": factor, "cardLast4": "1234", "expiry": "0130", "cvv": "123"}
        assert_refused(does(person, "authenticateUser", body), 400, "FACTOR_NOT_AVAILABLE")


@pytest.mark.parametrize(
    ("step", "body"),
    [("authenticateUser", "card"), ("mfa/list", None), ("existingUserId", None), ("saveuserid", {"userId": "asha.a"})],
)
def test_an_outage_of_cbs_is_503_at_every_step_that_asks_it(person, step, body):
    person.at_card()
    if step in ("existingUserId", "saveuserid"):
        person.does("authenticateUser", person.card_details())
    person.world.fault("cbs", "", "*", {"reset": True}, times=None)
    body = person.card_details() if body == "card" else body
    said = does(person, step, body, method="GET" if body is None else "POST")
    assert_refused(said, 503, "UPSTREAM_UNAVAILABLE")
    person.world.mend()
    assert does(person, step, body, method="GET" if body is None else "POST").status == 200


def test_a_user_id_that_is_taken_or_no_user_id_is_refused(new_world):
    people = [
        {"name": "Asha"},
        {"name": "Chitra", "cymmetri": {"user_id": "chitra.c"}},
        {"name": "Bilal", "cbs": {"user_id": "bilal.b"}},
    ]
    person = Registrant(new_world(personas=people), "Asha").at_user_id()
    for taken in ("chitra.c", "CHITRA.C", "Bilal.B"):
        assert_refused(does(person, "saveuserid", {"userId": taken}), 409, "USER_ID_ALREADY_EXISTS")
    for wrong in ("", "ab", "9asha", "asha a", "x" * 65, "अशा"):
        assert_refused(does(person, "saveuserid", {"userId": wrong}), 400, "INVALID_USER_ID")
    assert does(person, "saveuserid", {"userId": "asha.a"}).status == 200


def test_the_banks_user_id_is_told_and_can_be_kept(new_world):
    person = Registrant(new_world(personas=[{"name": "Bilal", "cbs": {"user_id": "bilal.b"}}]), "Bilal").at_user_id()
    assert does(person, "existingUserId", method="GET").body["data"] == {"userId": "bilal.b"}
    assert does(person, "saveuserid", {"userId": "bilal.b"}).status == 200


VIOLATIONS = {
    "MIN_LENGTH": "Aa1!", "MAX_LENGTH": "Aa1!" + "x" * 61, "MIN_DIGITS": "Chaitwo!now", "MIN_SPECIALS": "Chai4twonow",
    "MIN_ALPHA": "A1234567!", "MIN_UPPER": "chai4two!now", "MIN_LOWER": "CHAI4TWO!NOW",
    "DISALLOWED_CHARACTER": "Chai4two!no w", "BLACKLISTED": "Password@123", "EQUALS_LOGIN_ID": "Asha4you-is",
    "CONTAINS_NAME": "Bcdefgh4!",
}  # fmt: skip


@pytest.mark.parametrize("rule", VIOLATIONS)
def test_every_broken_password_rule_is_named(person, rule):
    person.at_user_id().does("saveuserid", {"userId": "Asha4you-is"})
    password = VIOLATIONS[rule]
    if rule == "CONTAINS_NAME":
        password = person.persona["legalName"].split()[0] + password
    said = does(person, "validatePassword", {"password": password})
    assert_refused(said, 422, "PASSWORD_POLICY_VIOLATION")
    assert rule in said.body["errorMeta"]["violations"]


def test_one_of_the_last_passwords_is_refused(new_world):
    person = {"name": "Asha", "former_passwords": [PASSWORD]}
    asha = Registrant(new_world(personas=[person]), "Asha").at_user_id()
    asha.does("saveuserid", {"userId": "asha.a"})
    said = does(asha, "validatePassword", {"password": PASSWORD})
    assert_refused(said, 422, "PASSWORD_POLICY_VIOLATION")
    assert said.body["errorMeta"]["violations"] == ["PASSWORD_HISTORY"]


def test_setting_the_password_refuses_with_the_contracts_reasons(person):
    person.at_set("asha.a")
    body = {"password": PASSWORD, "confirmPassword": "Other4two!now"}
    assert_refused(does(person, "setIbPassword", body), 400, "PASSWORD_MISMATCH")
    weak = does(person, "setIbPassword", {"password": "weak", "confirmPassword": "weak"})
    assert_refused(weak, 422, "PASSWORD_POLICY_VIOLATION")
    assert weak.body["errorMeta"]["violations"]
    assert does(person, "setIbPassword", {"password": PASSWORD, "confirmPassword": PASSWORD}).status == 200


def test_a_user_id_that_somebody_else_took_in_between_is_refused(new_world):
    world = new_world(personas=[{"name": "Asha"}, {"name": "Bilal"}])
    first = Registrant(world, "Asha").at_set("same.id")
    world.advance("PT11M")
    second = Registrant(world, "Bilal").at_set("same.id")
    assert second.does("setIbPassword", {"password": PASSWORD, "confirmPassword": PASSWORD}).status == 200
    late = does(first, "setIbPassword", {"password": PASSWORD, "confirmPassword": PASSWORD})
    assert_refused(late, 409, "USER_ID_ALREADY_EXISTS")


def test_business_errors_can_be_200_but_an_outage_never(new_world):
    world = new_world(personas=[{"name": "Asha"}], policies={"cymmetri": {"errors_as_200": True}})
    body = {"deviceId": "d", "type": "CIF", "id": "000000000"}
    said = world.ask("cymmetri", "POST", f"{BASE}/checkIdentity", body)
    assert_refused(said, 200, "USER_NOT_FOUND")
    world.fault("cbs", "", "*", {"reset": True})
    assert world.ask("cymmetri", "POST", f"{BASE}/checkIdentity", body).status == 503


def test_the_published_headers_are_taken(person, wire):
    body = {"deviceId": "browser", "type": "CIF", "id": person.persona["cif"]}
    headers = {"tenant": "bank", "locLatitude": "19.07", "locLongitude": "72.87"}
    world = person.world.name
    assert wire.ask("cymmetri", "POST", f"{BASE}/checkIdentity", body, headers=headers, world=world).status == 200


def test_login_has_the_same_lockout_rules(chitra):
    persona = chitra.personas["Chitra"]
    for _ in range(2):
        said = log_in(chitra, persona["username"], "wrong")
        assert said.status == 401
    assert log_in(chitra, persona["username"], "wrong").status == 423
    assert log_in(chitra, persona["username"], persona["password"]).status == 423
    chitra.advance("PT30M")
    said = log_in(chitra, persona["username"], persona["password"])
    assert (said.status, said.body["expiresIn"]) == (200, 1800)
    assert said.body.keys() >= {"token", "refreshToken", "expiresIn"}
    assert log_in(chitra, "nobody.here", "wrong").status == 401
