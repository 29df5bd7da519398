"""Who a customer says to be, in the spelling that is compared."""

import pytest

from simulators.cymmetri.identities import Identity, card_key, identify, is_card_number
from simulators.kit.errors import Flaw


@pytest.mark.parametrize(
    ("type", "given", "value"),
    [
        ("CIF", " 123 ", "123"),
        ("MOBILE", "090000-00001", "+919000000001"),
        ("MOBILE", "+44 20 7946 0958", "+442079460958"),
        ("EMAIL", " Asha@Example.Test", "asha@example.test"),
        ("CARD", "4111-1111 1111 1111", "4111111111111111"),
    ],
)
def test_an_identity_is_brought_into_one_spelling(type, given, value):
    given = {"id": None, "card_number": given} if type == "CARD" else {"id": given, "card_number": None}
    assert identify(type, **given) == Identity(type, value)


@pytest.mark.parametrize(
    ("type", "given", "message"),
    [
        ("CIF", " ", "is missing: a customer is found by it when type is CIF"),
        ("MOBILE", "12", "is no telephone number"),
        ("MOBILE", "x", "is no telephone number"),
        ("EMAIL", "a@b", "is no email address"),
        ("EMAIL", "a b@c.de", "is no email address"),
        ("EMAIL", "a@b..de", "is no email address"),
    ],
)
def test_what_is_no_identity_is_told_by_its_field(type, given, message):
    assert identify(type, given, None) == Flaw("id", message)


def test_a_card_number_whose_check_digit_is_wrong_is_no_identity():
    assert identify("CARD", None, "4111 1111 1111 1112") == Flaw("cardNumber", "is no card number")


def test_a_card_is_not_found_by_the_other_field():
    assert identify("CARD", "4111111111111111", None) == Flaw(
        "cardNumber", "is missing: a customer is found by it when type is CARD"
    )


@pytest.mark.parametrize(
    ("digits", "valid"),
    [
        ("4111111111111111", True), ("4111111111111112", False), ("378282246310005", True), ("18", False),
        ("5555555555554444", True), ("000000000091", True), ("000000000090", False), ("000000000109", True),
        ("0" * 20, False), ("0" * 19, True), ("٤١١١١١١١١١١١١١١١", False), ("", False),
    ],
)  # fmt: skip
def test_a_card_number_has_its_length_and_check_digit(digits, valid):
    assert is_card_number(digits) is valid


def test_a_card_is_known_by_a_keyed_hash():
    key = card_key("signing-key", "4111111111111111")
    assert "4111" not in key
    assert key != card_key("other-key", "4111111111111111")
    assert key != card_key("signing-key", "4111111111111112")


def test_a_card_that_is_kept_is_found_by_every_version():
    kept = "bb97e2afd48a711cf52373c2fc1e12cc6b8d5e81142e4dbb5af195d365710cf7"
    assert card_key("signing-key", "4111111111111111") == kept
