"""Many at once: no more guesses than allowed, and everything happens once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.contract.cymmetri.rig import CHITRA, DEBIT, NO_CODE, PASSWORD, Cymmetri, other

MANY = 24


@pytest.fixture
def cymmetri(settings):
    return Cymmetri(settings)


def at_once(call, arguments):
    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(lambda each: call(*each), arguments))


def reasons(answers):
    return Counter(reply.reason for reply in answers)


def test_wrong_codes_side_by_side_are_no_more_guesses_than_allowed(cymmetri):
    token = cymmetri.at_email()
    wrong = other(cymmetri.code)
    answers = at_once(cymmetri.call, [("VerifyEmailOtp", {"otp": wrong}, token)] * MANY)
    assert reasons(answers) == {"INVALID_OTP": 2, "USER_BLOCKED": MANY - 2}
    assert Counter(reply.branches for reply in answers)["WR-2.3"] == 1


def test_the_right_code_side_by_side_wins_once(cymmetri):
    token = cymmetri.at_email()
    answers = at_once(cymmetri.call, [("VerifyEmailOtp", {"otp": cymmetri.code}, token)] * MANY)
    assert reasons(answers)[None] == 1
    assert len(cymmetri.post.messages) == 2


def test_resends_side_by_side_send_one_code(cymmetri):
    token = cymmetri.at_email()
    cymmetri.advance("PT30S")
    answers = at_once(cymmetri.call, [("resendOtpEmail", {}, token)] * MANY)
    assert reasons(answers) == {None: 1, "RESEND_TOO_SOON": MANY - 1}
    assert len(cymmetri.post.messages) == 2


def test_wrong_cards_side_by_side_are_no_more_guesses_than_allowed(cymmetri):
    token = cymmetri.at_card()
    answers = at_once(cymmetri.call, [("authenticateUser", DEBIT | {"pin": "0000"}, token)] * MANY)
    assert reasons(answers) == {"AUTHENTICATION_FAILED": 2, "USER_BLOCKED": MANY - 2}
    assert [path for _, path, _ in cymmetri.bank.asked].count("/cbs/cards/verify") == 3


def test_the_right_card_side_by_side_wins_once(cymmetri):
    token = cymmetri.at_card()
    answers = at_once(cymmetri.call, [("authenticateUser", DEBIT, token)] * MANY)
    assert reasons(answers) == {None: 1, "STEP_OUT_OF_ORDER": MANY - 1}


def test_while_the_bank_still_thinks_no_guess_too_many_is_put_to_it(settings):
    cymmetri = Cymmetri(settings, {"card": {"max_attempts": 1}})
    token = cymmetri.at_card()
    thinking, answer = Event(), Event()

    def think(path):
        if path.endswith("verify"):
            thinking.set()
            assert answer.wait(5)

    cymmetri.bank.before_answer = think
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cymmetri.call, "authenticateUser", DEBIT | {"pin": "0000"}, token)
        assert thinking.wait(5)
        second = pool.submit(cymmetri.call, "authenticateUser", DEBIT, token)
        answer.set()
        assert [*first.result()] == [423, "USER_BLOCKED", "WR-7.4"]
        assert [*second.result()] == [423, "USER_BLOCKED", "WR-7.8"]
    assert [path for _, path, _ in cymmetri.bank.asked].count("/cbs/cards/verify") == 1


def test_passwords_set_side_by_side_set_one(cymmetri):
    token = cymmetri.at_set()
    candidates = [PASSWORD, "An0ther!one"] * (MANY // 2)
    answers = at_once(cymmetri.set_password, [(token, password) for password in candidates])
    assert reasons(answers) == {None: 1, "STEP_OUT_OF_ORDER": MANY - 1}
    (won,) = [password for reply, password in zip(answers, candidates, strict=True) if reply.status == 200]
    assert cymmetri.log_in("asha.rao", won).status == 200


def test_one_user_id_wanted_by_two_is_saved_for_one(cymmetri):
    tokens = [cymmetri.at_user_id(), cymmetri.at_user_id(id="100000002")]
    answers = at_once(cymmetri.call, [("saveuserid", {"userId": "sunrise"}, token) for token in tokens * 6])
    holders = {token for reply, token in zip(answers, tokens * 6, strict=True) if reply.branches == "WR-9.1"}
    assert len(holders) == 1


def test_wrong_passwords_side_by_side_are_no_more_guesses_than_allowed(cymmetri):
    answers = at_once(cymmetri.log_in, [(CHITRA["userId"], "x")] * MANY)
    assert reasons(answers) == {"INVALID_CREDENTIALS": 2, "USER_BLOCKED": MANY - 2}


def test_identities_checked_side_by_side_send_no_more_codes_than_allowed(settings):
    cymmetri = Cymmetri(settings, {"otp": {"max_sent": 5}})
    answers = at_once(cymmetri.check, [()] * MANY)
    assert reasons(answers) == {None: 5, "TOO_MANY_CODES": MANY - 5}
    assert len(cymmetri.post.messages) == 5


def test_identities_checked_side_by_side_leave_one_registration(cymmetri):
    tokens = [reply.token for reply in at_once(cymmetri.check, [()] * 8)]
    alive = [
        token for token in tokens if cymmetri.call("VerifyEmailOtp", {"otp": NO_CODE}, token).reason != "UNAUTHORIZED"
    ]
    assert len(alive) == 1
