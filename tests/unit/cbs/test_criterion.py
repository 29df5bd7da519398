"""By what a search finds customers."""

import pytest

from simulators.cbs.customers import Criterion, read_criterion, user_key
from simulators.kit.errors import Refusal

NOTHING = {"cif": None, "mobile": None, "email": None, "cardNumber": None}


@pytest.mark.parametrize(
    ("by", "written", "kept"),
    [
        ("cif", " 100 ", "100"),
        ("mobile", "98765 43210", "+919876543210"),
        ("mobile", "098765-43210", "+919876543210"),
        ("mobile", "91 9876543210", "+919876543210"),
        ("mobile", "+44 7911 123456", "+447911123456"),
        ("email", " Asha@Example.TEST", "asha@example.test"),
        ("cardNumber", "4000 0000 0000 1234", "4000000000001234"),
    ],
)
def test_a_value_is_brought_into_the_spelling_in_which_it_is_kept(by, written, kept):
    assert read_criterion(NOTHING | {by: written}) == Criterion(by, kept)


@pytest.mark.parametrize(
    ("by", "written", "message"),
    [
        ("cif", "  ", "cif is no customer number."),
        ("mobile", "12", "mobile is no telephone number."),
        ("mobile", "Asha", "mobile is no telephone number."),
        ("email", " ", "email is no email address."),
        ("cardNumber", "12 34", "cardNumber is no card number."),
    ],
)
def test_a_value_that_cannot_be_one_is_refused_with_its_field(by, written, message):
    with pytest.raises(Refusal) as refused:
        read_criterion(NOTHING | {by: written})
    refusal = refused.value
    assert (refusal.code, refusal.status, refusal.field, refusal.message) == ("VALIDATION_FAILED", 400, by, message)


@pytest.mark.parametrize("given", [{}, {"cif": "100", "email": "a@b.test"}])
def test_exactly_one_criterion_is_wanted(given):
    with pytest.raises(Refusal) as refused:
        read_criterion(NOTHING | given)
    assert (refused.value.code, refused.value.status, refused.value.field) == ("VALIDATION_FAILED", 400, None)
    assert refused.value.message == "Give exactly one of cif, mobile, email, cardNumber."


def test_user_ids_and_emails_are_compared_in_no_letter_case():
    assert user_key(" Asha_Old ") == user_key("ASHA_old") == "asha_old"
    assert read_criterion(NOTHING | {"email": "ASHA@Example.Test"}).value == "asha@example.test"
