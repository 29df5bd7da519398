"""The user's session ends while the registration is under way: it goes on with a new login (DR-0.8)."""

from collections.abc import Callable

import pytest

from tests.support.world import Said
from tests.system.device.bank import Bank, Registration

pytestmark = pytest.mark.thorough


Fresh = Callable[..., Bank]
LOOKS = ("", "/history", "/sign-up-qr")
ACTIONS = ("check", "sign-up", "register", "activate")


def log_in_again(registration: Registration) -> None:
    user = registration.user
    body = {"username": user.username, "password": user.persona["password"]}
    user.token = user.bank.client.call("auth_service", "POST", "/auth/login", body)["token"]


def attempts(registration: Registration, token: str | None) -> list[Said]:
    """Look at the registration and act on it, in every way, with a token."""
    bank, path = registration.user.bank, f"/registrations/{registration.id}"
    looks = [bank.ask("orchestrator", "GET", f"{path}{rest}", token=token) for rest in LOOKS]
    fields = {"sign-up": {"via": "qr"}}
    acts = [
        bank.ask("orchestrator", "POST", f"{path}/actions/{action}", fields.get(action, {}), token)
        for action in ACTIONS
    ]
    return looks + acts


@pytest.fixture
def bank(fresh: Fresh) -> Bank:
    return fresh(auth_service={"token_lifetime": "PT5M"})


def test_a_user_whose_session_has_ended_logs_in_again_and_goes_on_where_it_was(bank: Bank) -> None:
    registration = bank.user().adds(via="qr")
    code = registration.shown()
    bank.advance("PT5M")
    for said in attempts(registration, registration.user.token):
        assert (said.status, said.body["code"], said.body["branch"]) == (401, "not-logged-in", "DR-0.8")
        assert said.branches == ["DR-0.8"]
        assert said.headers["www-authenticate"] == "Bearer"
    log_in_again(registration)
    assert (registration.status, len(registration.history)) == ("Sign_Up_In_Progress", 2)
    assert registration.types(code).status == 200
    assert registration.status == "Register_Complete"
    bank.advance("PT5M")
    assert registration.act("activate").branches == ["DR-0.8"]
    log_in_again(registration)
    assert registration.act("activate").body["status"] == "Device_Activate"


def test_a_session_holds_until_the_instant_at_which_it_ends(bank: Bank) -> None:
    registration = bank.user().adds()
    bank.advance("PT4M59.999S")
    assert registration.act("check").status == 200
    bank.advance("PT0.001S")
    assert registration.act("check").status == 401


def test_the_sign_up_is_completed_although_the_session_has_ended_meanwhile(bank: Bank) -> None:
    registration = bank.user().adds()
    bank.advance("PT6M")
    assert registration.types().status == 200
    log_in_again(registration)
    assert registration.status == "Register_Complete"


def test_after_the_session_another_user_still_gets_nothing(bank: Bank) -> None:
    registration, jai = bank.user().adds(via="qr"), bank.user("Jai")
    for said in attempts(registration, jai.token):
        assert (said.status, said.body["code"], said.branches) == (403, "not-your-registration", ["DR-0.4"])
    for said in attempts(registration, None):
        assert (said.status, said.body["code"], said.branches) == (401, "not-logged-in", ["DR-0.4"])
    for said in attempts(registration, "forged"):
        assert (said.status, said.body["code"]) == (401, "not-logged-in")
    assert (registration.status, len(registration.history)) == ("Sign_Up_In_Progress", 2)


def test_a_login_elsewhere_ends_the_session_where_the_bank_allows_one(fresh: Fresh) -> None:
    bank = fresh(auth_service={"sessions": "one"})
    registration = bank.user().adds()
    before = registration.user.token
    log_in_again(registration)
    bank.user("Jai")
    assert registration.act("check").status == 200
    registration.user.token, after = before, registration.user.token
    assert registration.act("check").branches == ["DR-0.8"]
    registration.user.token = after
    registration.signed_up()


def test_a_session_that_is_not_used_ends_and_the_middlewares_calls_are_uses(fresh: Fresh) -> None:
    bank = fresh(auth_service={"idle": "PT2M"})
    registration = bank.user().adds()
    for _ in range(3):
        bank.advance("PT1M59S")
        assert registration.act("check").status == 200
    bank.advance("PT2M")
    assert registration.act("check").branches == ["DR-0.8"]
    log_in_again(registration)
    assert registration.act("check").status == 200


def test_nobody_begins_a_registration_with_a_session_that_has_ended(bank: Bank) -> None:
    chitra = bank.user()
    phone = chitra.phone()
    bank.advance("PT5M")
    body = {"flow": "device", "emCertID": phone.em_cert_id}
    said = bank.ask("orchestrator", "POST", "/registrations", body, chitra.token)
    assert (said.status, said.branches) == (401, ["DR-0.4"])
