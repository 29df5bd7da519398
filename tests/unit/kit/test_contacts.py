"""Contact details in one spelling."""

import pytest

from simulators.kit.wire.contacts import LONGEST_NUMBER, email_address, mobile_number


@pytest.mark.parametrize("text", ["+919876543210", "98765 43210", "098765-43210", "91 9876543210", "+91 (98765) 43210"])
def test_a_number_is_told_in_the_spelling_of_e164(text: str) -> None:
    assert mobile_number(text) == "+919876543210"


@pytest.mark.parametrize("text", ["", "12", "Asha", "+91987654321012345", "+999 1"])
def test_a_text_that_can_be_no_number_is_none(text: str) -> None:
    assert mobile_number(text) is None


def test_a_text_that_is_too_long_for_a_number_is_none() -> None:
    longest = "+91" + "9876543210".rjust(LONGEST_NUMBER - 3, "-")
    assert mobile_number(longest) == "+919876543210"
    assert mobile_number(longest.replace("+91-", "+91--")) is None


def test_an_email_is_compared_without_blanks_and_in_lower_case() -> None:
    assert email_address(" Asha@Example.Test ") == "asha@example.test"
