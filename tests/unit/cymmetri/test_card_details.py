"""What can be the details of a card at all."""

import pytest

from simulators.cymmetri.card_details import find_flaw
from simulators.cymmetri.models import CardDetails
from simulators.kit.errors import Flaw

GOOD = {"mfaType": "DEBIT_CARD", "cardLast4": "1111", "expiry": "1230", "pin": "1357", "cvv": "246"}


@pytest.mark.parametrize(
    ("change", "proof"),
    [
        ({}, "pin"), ({}, "cvv"), ({"pin": "123456"}, "pin"), ({"cvv": "1234"}, "cvv"), ({"expiry": "0100"}, "pin"),
        ({"cvv": "x"}, "pin"), ({"pin": None}, "cvv"),
    ],
)  # fmt: skip
def test_details_that_can_be_a_cards_are_let_through(change, proof):
    assert find_flaw(CardDetails(**GOOD | change), proof) is None


@pytest.mark.parametrize(
    ("change", "proof", "field"),
    [
        ({"cardLast4": "111"}, "pin", "cardLast4"), ({"cardLast4": "11111"}, "pin", "cardLast4"),
        ({"cardLast4": "111x"}, "pin", "cardLast4"), ({"cardLast4": "१२३४"}, "pin", "cardLast4"),
        ({"expiry": "0030"}, "pin", "expiry"), ({"expiry": "1330"}, "pin", "expiry"),
        ({"expiry": "12/30"}, "pin", "expiry"), ({"expiry": "123"}, "pin", "expiry"),
        ({"pin": "123"}, "pin", "pin"), ({"pin": "1234567"}, "pin", "pin"), ({"pin": "12a4"}, "pin", "pin"),
        ({"pin": None}, "pin", "pin"), ({"cvv": "12"}, "cvv", "cvv"), ({"cvv": "12345"}, "cvv", "cvv"),
        ({"cvv": None}, "cvv", "cvv"), ({"cardLast4": "", "expiry": "", "pin": ""}, "pin", "cardLast4"),
    ],
)  # fmt: skip
def test_the_first_field_that_can_be_none_is_named(change, proof, field):
    flaw = find_flaw(CardDetails(**GOOD | change), proof)
    assert flaw is not None
    assert flaw.field == field


@pytest.mark.parametrize(
    ("change", "proof", "flaw"),
    [
        ({"pin": None}, "pin", Flaw("pin", "is missing: DEBIT_CARD is verified with it")),
        ({"cardLast4": "111"}, "pin", Flaw("cardLast4", "must be the last four digits of the card number")),
        ({"expiry": "1330"}, "pin", Flaw("expiry", "must be month and year as MMYY, with a month from 01 to 12")),
        ({"pin": "123"}, "pin", Flaw("pin", "must have four to six digits")),
        ({"cvv": "12"}, "cvv", Flaw("cvv", "must have three or four digits")),
    ],
)
def test_a_customer_is_told_what_a_detail_must_be(change, proof, flaw):
    assert find_flaw(CardDetails(**GOOD | change), proof) == flaw
