"""What the user is notified of (P0.1, P3.2, P4.1): its words, the channel, and that it comes once."""

from collections.abc import Callable

import pytest

from tests.system.device.bank import MESSAGES, NOTIFICATIONS, Bank
from tests.system.device.conftest import CHITRA

pytestmark = pytest.mark.thorough


WORDS = {
    "device-not-found": (
        "Your device is not known yet",
        "Device not found on our records. You can add it now with a sign-up code.",
    ),
    "device-registered": (
        "Your device is registered",
        "Your device is registered. Activate it to use it with your account.",
    ),
    "device-activated": ("Your device is active", "Your device is active. If this was not you, call the bank."),
}


@pytest.mark.parametrize("channel", ["email", "sms"])
def test_each_step_that_the_document_names_is_told_once_by_a_registered_contact(
    fresh: Callable[..., Bank], channel: str
) -> None:
    persona = CHITRA if channel == "email" else {**CHITRA, "cbs": {"email": None}}
    bank = fresh((persona,))
    chitra = bank.user()
    registration = chitra.open(chitra.phone())
    bank.settle()
    assert {purpose: len(chitra.told(purpose)) for purpose in WORDS} == {
        "device-not-found": 1, "device-registered": 0, "device-activated": 0
    }  # fmt: skip
    assert registration.sign_up().status == 200
    registration.signed_up()
    registration.act("activate")
    bank.advance("P2D")
    for purpose, words in WORDS.items():
        (message,) = chitra.told(purpose)
        assert (message["subject"], message["body"]) == words
        assert (message["channel"], message["to"]) == (channel, chitra.contact(channel))
        assert message["code"] is None


def test_a_notification_waits_until_it_can_be_delivered(bank: Bank) -> None:
    chitra = bank.user()
    bank.fault("mailroom", "POST", MESSAGES, {"status": 503}, times=4)
    chitra.open(chitra.phone())
    bank.settle()
    assert chitra.told("device-not-found") == []
    bank.advance("PT5M")
    assert len(chitra.told("device-not-found")) == 1


def test_a_notification_that_nobody_takes_for_hours_is_given_up_and_the_journal_says_so(bank: Bank) -> None:
    chitra = bank.user()
    bank.fault("auth_service", "POST", NOTIFICATIONS, {"status": 500}, times=None)
    chitra.open(chitra.phone())
    bank.advance("P1D")
    (given_up,) = [call for call in bank.calls("orchestrator", "DUE", "/notify") if call["decisions"]]
    assert given_up["decisions"][0]["rule"] == "notification.given_up"
    tried = len(bank.calls("auth_service", "POST", NOTIFICATIONS))
    bank.mend()
    bank.advance("P1D")
    assert len(bank.calls("auth_service", "POST", NOTIFICATIONS)) == tried
    assert chitra.told("device-not-found") == []


def test_asking_for_the_status_again_notifies_of_nothing_new(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.open(chitra.phone())
    for _ in range(3):
        assert registration.act("check").body["status"] == "Not_Found"
        bank.advance("PT1M")
    assert len(chitra.told("device-not-found")) == 1


def test_a_phone_that_is_no_longer_found_is_told_every_time_it_was_found_before(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.open(chitra.phone())
    for _ in range(2):
        assert registration.sign_up().status == 200
        registration.signed_up()
        bank.unregister(registration.phone)
        assert registration.act("check").body["status"] == "Not_Found"
        bank.settle()
    assert len(chitra.told("device-not-found")) == 3
    assert len(chitra.told("device-registered")) == 2


def test_steps_that_are_refused_or_fail_notify_of_nothing(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.open(chitra.phone())
    assert registration.act("sign-up", via="email", contact="somebody@example.test").branches == ["DR-1.4"]
    assert registration.sign_up().status == 200
    assert registration.types("00000000").status == 404
    assert registration.act("register").status == 409
    bank.advance("PT1H")
    assert {purpose: len(chitra.told(purpose)) for purpose in WORDS} == {
        "device-not-found": 1, "device-registered": 0, "device-activated": 0
    }  # fmt: skip
