"""The user's notifications: delivered once, later while the Auth Service is down, and given up in the end."""

from orchestrator.notifications import MOST_TRIES
from simulators.kit.wire.client import UpstreamFailure
from tests.unit.orchestrator.bank import PHONE

NOTIFICATIONS = "/users/asha/notifications"


def tries(middleware):
    return len(middleware.bank.calls("auth_service", "POST", NOTIFICATIONS))


def test_a_notification_waits_with_growing_gaps_until_it_can_be_delivered(middleware):
    middleware.bank.fail("auth_service", "POST", NOTIFICATIONS, times=3)
    middleware.open()
    middleware.settle()
    for gap in ("PT5S", "PT10S", "PT20S"):
        before = tries(middleware)
        middleware.move(f"PT{int(gap[2:-1]) - 1}S")
        assert tries(middleware) == before
        middleware.move("PT1S")
        assert tries(middleware) == before + 1
    assert [purpose for _, purpose, _ in middleware.bank.notified] == ["device-not-found"]
    middleware.move("P1D")
    assert tries(middleware) == 4


def test_a_notification_that_nobody_takes_is_given_up_and_the_journal_says_so(middleware):
    middleware.bank.fail("auth_service", "POST", NOTIFICATIONS, (500, {}), times=1000)
    middleware.open()
    middleware.settle()
    for _ in range(MOST_TRIES):
        middleware.move("PT10M")
    assert tries(middleware) == MOST_TRIES
    exchanges = middleware.client.get("/_sandbox/worlds/default/journal?path=/notify").json["exchanges"]
    assert exchanges[-1]["decisions"][0]["rule"] == "notification.given_up"


def test_a_user_without_a_contact_is_not_notified_again_and_again(middleware):
    middleware.bank.fail("auth_service", "POST", NOTIFICATIONS, (409, {"error": "NO_CONTACT"}))
    middleware.open()
    middleware.move("P1D")
    assert tries(middleware) == 1


def test_a_notification_whose_answer_was_lost_is_sent_again_under_its_key(middleware):
    keys = []
    middleware.bank.fail("auth_service", "POST", NOTIFICATIONS, UpstreamFailure("auth_service", "hung up"))
    middleware.bank.meanwhile(
        "auth_service", "POST", NOTIFICATIONS, lambda: keys.append(middleware.bank.headers["Idempotency-Key"])
    )
    middleware.open()
    middleware.settle()
    middleware.move("PT5S")
    assert keys == [key for _, _, key in middleware.bank.notified] != []
    assert PHONE not in keys[0]
