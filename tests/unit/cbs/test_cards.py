"""What CBS says of a card whose details a customer gives."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from simulators.cbs import cards
from simulators.cbs.cards import Details, card_number, is_expired, judge, status_at
from simulators.cbs.records import Card

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def card(**changes):
    usual = {
        "card_id": "c1", "cif": "100", "rank": 0, "type": "DEBIT", "number": "4000000000001234", "expiry": "1227",
        "pin": "4321", "cvv": "777", "status": "active",
    }  # fmt: skip
    return Card(**usual | changes)


def details(**changes):
    return Details(**{"type": "DEBIT", "last4": "1234", "expiry": "1227", "secret": "4321"} | changes)


def test_a_debit_card_is_right_by_its_pin():
    assert judge([card()], details(), NOW) == cards.RIGHT
    assert judge([card()], details(secret="777"), NOW) == cards.WRONG


def test_a_credit_card_is_right_by_its_cvv():
    assert judge([card(type="CREDIT")], details(type="CREDIT", secret="777"), NOW) == cards.RIGHT
    assert judge([card(type="CREDIT")], details(type="CREDIT", secret="4321"), NOW) == cards.WRONG


@pytest.mark.parametrize("wrong", [{"type": "CREDIT"}, {"last4": "9999"}])
def test_a_card_that_the_customer_does_not_have_is_told_as_such(wrong):
    assert judge([card()], details(**wrong), NOW) == cards.NO_SUCH_CARD
    assert judge([], details(), NOW) == cards.NO_SUCH_CARD


@pytest.mark.parametrize("status", ["active", "hotlisted", "expired"])
@pytest.mark.parametrize("wrong", [{"expiry": "0128"}, {"secret": "0000"}, {"secret": ""}])
def test_wrong_details_tell_nothing_of_the_card(status, wrong):
    assert judge([card(status=status)], details(**wrong), NOW) == cards.WRONG


def test_right_details_of_a_hotlisted_or_expired_card_tell_what_is_amiss():
    assert judge([card(status="hotlisted")], details(), NOW) == cards.HOTLISTED
    assert judge([card(status="expired")], details(), NOW) == cards.EXPIRED


def test_a_card_for_which_no_pin_was_issued_is_never_right():
    assert judge([card(pin=None)], details(secret=""), NOW) == cards.WRONG


def test_of_two_cards_with_the_same_last_digits_the_one_that_fits_is_judged():
    twins = [card(status="hotlisted"), card(card_id="c2", number="5000000000001234", pin="1111")]
    assert judge(twins, details(secret="1111"), NOW) == cards.RIGHT


def test_a_card_is_good_to_the_end_of_its_month_and_then_expires_by_itself():
    assert not is_expired("0126", datetime(2026, 1, 1, tzinfo=UTC))
    assert not is_expired("0126", datetime(2026, 1, 31, 23, 59, 59, 999999, tzinfo=UTC))
    assert is_expired("0126", datetime(2026, 2, 1, tzinfo=UTC))
    assert is_expired("1225", NOW)
    assert status_at(card(expiry="1225"), NOW) == "expired"
    assert judge([card(expiry="1225")], details(expiry="1225"), NOW) == cards.EXPIRED


def test_a_hotlisted_card_stays_hotlisted_when_it_expires():
    assert status_at(card(expiry="1225", status="hotlisted"), NOW) == "hotlisted"


@pytest.mark.parametrize("written", ["4000 0000 0000 1234", "4000-0000-0000-1234", "4000000000001234"])
def test_a_card_number_is_understood_with_and_without_spaces(written):
    assert card_number(written) == "4000000000001234"


@pytest.mark.parametrize("length", [12, 19])
def test_the_shortest_and_the_longest_card_number_are_some(length):
    assert card_number("1" * length) == "1" * length


@pytest.mark.parametrize("written", ["", "4000 0000", "4000 0000 0000 123x", "1" * 11, "1" * 20, "٤" * 16])
def test_what_is_no_card_number_is_told_apart(written):
    assert card_number(written) is None


@pytest.mark.usefixtures("machine_in_india")
def test_a_card_expires_by_the_clock_in_utc_wherever_the_machine_is():
    india = timezone(timedelta(hours=5, minutes=30))
    assert not is_expired("0126", datetime(2026, 2, 1, 5, 29, tzinfo=india))
    assert is_expired("0126", datetime(2026, 2, 1, 5, 30, tzinfo=india))
    assert not is_expired("0126", datetime(2026, 1, 31, 20, tzinfo=UTC))


def test_the_last_digits_of_a_credit_card_are_compared():
    credit = card(type="CREDIT")
    assert judge([credit], details(type="CREDIT", secret="777", last4="1235"), NOW) == cards.NO_SUCH_CARD
    assert judge([credit], details(type="CREDIT", secret="777", last4="1234"), NOW) == cards.RIGHT
