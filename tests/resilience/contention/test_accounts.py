"""User ids, passwords and identities wanted by many at once: one gets each."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.resilience.contention.rounds import ROUNDS
from tests.support.registrant import PASSWORD, Registrant, log_in
from tests.support.world import Request, World

pytestmark = pytest.mark.thorough


Fresh = Callable[..., World]

MANY = 50
NO_CODE = "000000"
ANOTHER_PASSWORD = "Masala7&tea"


@pytest.mark.parametrize("_", ROUNDS)
def test_one_of_fifty_customers_who_want_one_user_id_at_once_gets_it(fresh: Fresh, _: int) -> None:
    names = [f"Customer {number}" for number in range(MANY)]
    world = fresh(*names)
    with ThreadPoolExecutor(8) as pool:
        customers = list(pool.map(lambda name: Registrant(world, name).at_user_id(), names))
    spellings = ["Sunrise", "sunrise", "SUNRISE"]
    answers = world.at_once(
        [
            customer.request("saveuserid", {"userId": spellings[number % len(spellings)]})
            for number, customer in enumerate(customers)
        ]
    )
    codes = Counter(said.body["errorCode"] for said in answers)
    assert codes == {None: 1, "REGSRVC.USER_ID_ALREADY_EXISTS": MANY - 1}
    assert sum("WR-9.1" in said.branches for said in answers) == 1
    assert sum("WR-9.6" in said.branches for said in answers) == MANY - 1


@pytest.mark.parametrize("_", ROUNDS)
def test_passwords_set_at_once_make_one_account_with_one_of_them(fresh: Fresh, _: int) -> None:
    world = fresh()
    asha = Registrant(world, "Asha").at_set("asha.rao")
    passwords = [PASSWORD, ANOTHER_PASSWORD] * 15
    answers = world.at_once(
        [asha.request("setIbPassword", {"password": each, "confirmPassword": each}) for each in passwords]
    )
    assert Counter(said.reason for said in answers) == {None: 1, "STEP_OUT_OF_ORDER": len(passwords) - 1}
    (set_one,) = [password for said, password in zip(answers, passwords, strict=True) if said.status == 200]
    (refused,) = {PASSWORD, ANOTHER_PASSWORD} - {set_one}
    assert log_in(world, "asha.rao", refused).status == 401
    assert log_in(world, "asha.rao", set_one).status == 200
    world.client.messages(to=asha.persona["mobile"], purpose="registered", wait=10)
    world.client.messages(to=asha.persona["email"], purpose="registered", wait=10)
    assert len(world.messages(purpose="registered")) == 2


@pytest.mark.parametrize("_", ROUNDS)
def test_identities_checked_at_once_leave_one_live_registration_with_one_live_code(fresh: Fresh, _: int) -> None:
    world = fresh(otp={"max_attempts": 1000, "max_sent": 100})
    asha = Registrant(world, "Asha")
    tokens = [said.body["data"]["token"] for said in world.at_once([asha.check()] * 20)]
    codes = [message["code"] for message in world.messages(asha.persona["email"], "email-otp")]
    assert len(set(codes)) == 20
    answers = {
        token: world.send(asha.request("VerifyEmailOtp", {"otp": NO_CODE}, token=token)).reason for token in tokens
    }
    assert Counter(answers.values()) == {"INVALID_OTP": 1, "UNAUTHORIZED": 19}
    (live,) = [token for token, reason in answers.items() if reason == "INVALID_OTP"]
    tried = [world.send(asha.request("VerifyEmailOtp", {"otp": code}, token=live)).status for code in codes]
    assert tried.count(200) == 1


@pytest.mark.parametrize("_", ROUNDS)
def test_registrations_begun_at_once_under_one_idempotency_key_are_one(fresh: Fresh, _: int) -> None:
    world = fresh()
    asha = world.personas["Asha"]
    body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": asha["cif"]}
    request = Request("orchestrator", "POST", "/registrations", body, headers={"Idempotency-Key": "the-same"})
    answers = world.at_once([request] * 20)
    made = {said.body["id"] for said in answers if said.status == 201}
    assert len(made) == 1
    assert all(said.body["code"] == "idempotency-key-in-use" for said in answers if said.status != 201)
    assert all(said.status == 409 and said.headers["retry-after"] for said in answers if said.status != 201)
    assert {world.send(request).body["id"]} == made
    assert len(world.messages(asha["email"], "email-otp")) == 1


@pytest.mark.parametrize("_", ROUNDS)
def test_wrong_passwords_at_once_are_no_more_guesses_than_allowed(fresh: Fresh, _: int) -> None:
    world = fresh(personas=[{"name": "Chitra", "cymmetri": {}}])
    chitra = world.personas["Chitra"]
    body = {"userId": chitra["username"], "password": "not-hers"}
    answers = world.at_once([Request("cymmetri", "POST", "/ciamauthsrvc/login", body)] * 50)
    assert Counter(said.reason for said in answers) == {"INVALID_CREDENTIALS": 2, "USER_BLOCKED": 48}
    assert log_in(world, chitra["username"], chitra["password"]).status == 423
    world.client.messages(to=chitra["mobile"], purpose="user-blocked", wait=10)
    world.client.messages(to=chitra["email"], purpose="user-blocked", wait=10)
    assert len(world.messages(purpose="user-blocked")) == 2
