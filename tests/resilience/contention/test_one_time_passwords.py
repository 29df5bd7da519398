"""Codes tried and asked for by many at once: no more guesses than allowed, one winner, one message."""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.resilience.contention.rounds import ROUNDS
from tests.support.registrant import Registrant, other
from tests.support.world import Request, Said, World

pytestmark = pytest.mark.thorough


Fresh = Callable[..., World]

MANY = 100
STEPS = {
    "email": ("VerifyEmailOtp", "WR-2.1", "WR-2.3", "WR-2.7"),
    "mobile": ("VerifyMobileOtp", "WR-4.1", "WR-4.3", "WR-4.7"),
}


def at(step: str, world: World) -> tuple[Registrant, str]:
    """Return Asha at a step, and the code that is right there."""
    asha = Registrant(world, "Asha")
    return (asha.at_email(), asha.email_code()) if step == "email" else (asha.at_mobile(), asha.mobile_code())


def reasons(answers: list[Said]) -> Counter[str | None]:
    return Counter(said.reason for said in answers)


def taken(answers: list[Said], branch: str) -> int:
    return sum(branch in said.branches for said in answers)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("_", ROUNDS)
def test_a_hundred_wrong_codes_at_once_are_no_more_guesses_than_allowed(fresh: Fresh, step: str, _: int) -> None:
    world = fresh(otp={"max_attempts": 5})
    asha, code = at(step, world)
    operation, _right, blocked, still_blocked = STEPS[step]
    answers = world.at_once([asha.request(operation, {"otp": other(code)})] * MANY)
    assert reasons(answers) == {"INVALID_OTP": 4, "USER_BLOCKED": MANY - 4}
    assert taken(answers, blocked) == 1
    assert sorted(said.body["errorMeta"]["attemptsLeft"] for said in answers if said.reason == "INVALID_OTP") == [
        1, 2, 3, 4,
    ]  # fmt: skip
    late = world.send(asha.request(operation, {"otp": code}))
    assert (late.reason, late.branches) == ("USER_BLOCKED", [still_blocked])


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("place", [0, MANY // 2, MANY - 1])
def test_the_right_code_among_wrong_ones_wins_only_within_the_guesses_allowed(
    fresh: Fresh, step: str, place: int
) -> None:
    world = fresh()
    asha, code = at(step, world)
    operation, right, blocked, still_blocked = STEPS[step]
    codes = [other(code)] * MANY
    codes[place] = code
    answers = world.at_once([asha.request(operation, {"otp": each}) for each in codes])
    found = reasons(answers)
    if answers[place].status == 200:
        assert answers[place].branches == [right]
        wrong = found.pop("INVALID_OTP", 0)
        assert wrong < 3
        assert found == {None: 1, "STEP_OUT_OF_ORDER": MANY - 1 - wrong}
    else:
        assert found == {"INVALID_OTP": 2, "USER_BLOCKED": MANY - 2}
        assert answers[place].branches == [still_blocked]
        assert taken(answers, blocked) == 1


@pytest.mark.parametrize("_", ROUNDS)
def test_the_right_code_among_wrong_ones_wins_once_where_the_guesses_allowed_outnumber_them(
    fresh: Fresh, _: int
) -> None:
    world = fresh(otp={"max_attempts": MANY + 1})
    asha, code = at("email", world)
    codes = [other(code)] * (MANY - 1) + [code]
    answers = world.at_once([asha.request("VerifyEmailOtp", {"otp": each}) for each in codes])
    assert [said.status == 200 for said in answers] == [False] * (MANY - 1) + [True]
    assert set(reasons(answers)) <= {None, "INVALID_OTP", "STEP_OUT_OF_ORDER"}


@pytest.mark.parametrize("_", ROUNDS)
def test_the_right_code_sent_many_times_at_once_opens_the_next_step_once(fresh: Fresh, _: int) -> None:
    world = fresh(otp={"max_attempts": MANY})
    asha, code = at("email", world)
    answers = world.at_once([asha.request("VerifyEmailOtp", {"otp": code})] * 30)
    assert reasons(answers) == {None: 1, "INVALID_OTP": 29}
    assert taken(answers, "WR-2.1") == 1
    assert len(world.messages(purpose="mobile-otp")) == 1


@pytest.mark.parametrize("_", ROUNDS)
def test_fifty_starts_of_one_customer_at_once_send_no_more_codes_than_allowed(fresh: Fresh, _: int) -> None:
    world = fresh("Asha", "Bina")
    asha, bina = Registrant(world, "Asha"), Registrant(world, "Bina")
    answers = world.at_once([asha.check()] * 50 + [bina.check()])
    assert reasons(answers[:-1]) == {None: 10, "TOO_MANY_CODES": 40}
    assert taken(answers, "WR-1.11") == 40
    assert len(world.messages(asha.persona["email"], "email-otp")) == 10
    assert answers[-1].status == 200
    world.advance("PT23H50M")
    assert world.send(asha.check()).reason == "TOO_MANY_CODES"
    world.advance("PT10M")
    assert world.send(asha.check()).status == 200


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("_", ROUNDS)
def test_a_contact_changed_while_its_code_is_verified_is_changed_before_or_after(
    fresh: Fresh, step: str, _: int
) -> None:
    world = fresh(otp={"max_attempts": 1000})
    asha, code = at(step, world)
    operation, right, *_rest = STEPS[step]
    contact = {"email": {"email": "asha@new.example.test"}, "mobile": {"mobile": "+919000012399"}}[step]
    path = f"/_sandbox/worlds/{world.name}/customers/{asha.persona['cif']}"
    change = Request("cbs", "PATCH", path, contact)
    answers = world.at_once([asha.request(operation, {"otp": code})] * 10 + [change])
    assert answers.pop().status == 200
    changed = f"WR-{right[3]}.{11 if step == 'email' else 10}"
    assert sum(right in said.branches for said in answers) <= 1
    passed = any(right in said.branches for said in answers)
    assert {said.reason for said in answers} <= {None, "OTP_EXPIRED", "INVALID_OTP"}
    late = world.send(asha.request(operation, {"otp": code}))
    assert (late.reason, late.branches) == (("INVALID_OTP", [f"WR-{right[3]}.5"]) if passed else
                                            ("OTP_EXPIRED", [changed]))  # fmt: skip


@pytest.mark.parametrize("_", ROUNDS)
def test_resends_asked_for_at_once_send_one_message(fresh: Fresh, _: int) -> None:
    world = fresh()
    asha, first = at("email", world)
    world.advance("PT31S")
    answers = world.at_once([asha.request("resendOtpEmail", {})] * 30)
    assert reasons(answers) == {None: 1, "RESEND_TOO_SOON": 29}
    codes = [message["code"] for message in world.messages(asha.persona["email"], "email-otp")]
    assert len(codes) == 2
    assert codes[1] == first
    assert world.send(asha.request("VerifyEmailOtp", {"otp": codes[0]})).status == 200


def test_wrong_codes_at_once_through_the_middleware_leave_the_registration_blocked(fresh: Fresh) -> None:
    world = fresh()
    asha = world.personas["Asha"]
    begin = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": asha["cif"]}
    made = world.ask("orchestrator", "POST", "/registrations", begin).body["id"]
    wrong = {"otp": other(world.client.code(asha["email"], "email-otp", "email"))}
    path = f"/registrations/{made}/actions/verify-email-otp"
    answers = world.at_once([Request("orchestrator", "POST", path, wrong)] * 30)
    codes = Counter(said.body["code"] for said in answers)
    assert codes["invalid-otp"] == 2
    assert set(codes) <= {"invalid-otp", "user-blocked", "action-not-allowed"}
    assert world.ask("orchestrator", "GET", f"/registrations/{made}").body["status"] == "Blocked"
