"""The rules of wrong attempts and blocks."""

from datetime import UTC, datetime, timedelta

import pytest

from simulators.cymmetri.lockout import (
    add_wrong_attempt,
    attempts_left,
    book_attempt,
    count_lost_attempts,
    current_lockout,
    forget_attempts,
    give_back_attempt,
    may_begin,
)
from simulators.cymmetri.policies import block_ends
from simulators.cymmetri.records import Lockout

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


def wrong(lockout, times, kind="email_otp", block="PT30M"):
    for _ in range(times):
        lockout = add_wrong_attempt(lockout, kind, 3, block, NOW)
    return lockout


def test_wrong_attempts_count_down_to_a_block():
    assert [attempts_left(wrong(Lockout("1"), times), "email_otp", 3) for times in range(4)] == [3, 2, 1, 0]
    assert [wrong(Lockout("1"), times).blocked for times in range(4)] == [False, False, False, True]
    assert wrong(Lockout("1"), 3).blocked_until == NOW + HALF_AN_HOUR


def test_a_permanent_block_has_no_end():
    lockout = wrong(Lockout("1"), 3, block="permanent")
    assert (lockout.blocked, lockout.blocked_until) == (True, None)
    assert current_lockout(lockout, "1", NOW + timedelta(days=3650)).blocked


def test_a_block_ends_at_its_very_instant_and_takes_all_counts_with_it():
    lockout = wrong(wrong(Lockout("1"), 2, "card"), 3)
    assert current_lockout(lockout, "1", NOW + HALF_AN_HOUR - timedelta(microseconds=1)) is lockout
    assert current_lockout(lockout, "1", NOW + HALF_AN_HOUR) == Lockout("1")


def test_kinds_are_counted_apart_and_forgotten_apart():
    lockout = wrong(wrong(Lockout("1"), 2), 1, "card")
    assert forget_attempts(lockout, "email_otp").wrong == {"card": 1}


def test_a_record_is_never_changed_in_place():
    lockout = Lockout("1")
    wrong(lockout, 3)
    book_attempt(lockout, NOW)
    assert lockout == Lockout("1")


def test_attempts_under_way_use_up_what_is_left():
    lockout = wrong(Lockout("1"), 1, "card")
    lockout = book_attempt(book_attempt(lockout, NOW), NOW + HALF_AN_HOUR)
    assert not may_begin(lockout, "card", 3)
    assert may_begin(give_back_attempt(lockout, NOW), "card", 3)
    assert give_back_attempt(lockout, NOW - HALF_AN_HOUR) == lockout


def test_attempts_that_were_lost_count_as_wrong():
    lockout = book_attempt(book_attempt(wrong(Lockout("1"), 1, "card"), NOW), NOW + HALF_AN_HOUR)
    one = count_lost_attempts(lockout, "card", 3, "PT30M", NOW, NOW + timedelta(seconds=1))
    assert (one.wrong, one.under_way, one.blocked) == ({"card": 2}, [NOW + HALF_AN_HOUR], False)
    assert count_lost_attempts(lockout, "card", 3, "PT30M", NOW, NOW + timedelta(days=1)).blocked
    assert count_lost_attempts(lockout, "card", 3, "PT30M", NOW, NOW) == lockout


@pytest.mark.parametrize("block", ["", "soon", "PT0S", "-PT1M", "P99999D", "Permanent"])
def test_what_is_no_length_of_a_block_is_refused(block):
    with pytest.raises(ValueError, match="neither permanent nor a duration"):
        block_ends(block, NOW)
