"""By what a search finds customers."""

import pytest

from simulators.cbs.customers import Criterion, criterion
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
    assert criterion(NOTHING | {by: written}) == Criterion(by, kept)


@pytest.mark.parametrize(
    ("by", "written"), [("cif", "  "), ("mobile", "12"), ("mobile", "Asha"), ("email", " "), ("cardNumber", "12 34")]
)
def test_a_value_that_cannot_be_one_is_refused_with_its_field(by, written):
    with pytest.raises(Refusal) as refused:
        criterion(NOTHING | {by: written})
    assert (refused.value.status, refused.value.field) == (400, by)


@pytest.mark.parametrize("given", [{}, {"cif": "100", "email": "a@b.test"}])
def test_exactly_one_criterion_is_wanted(given):
    with pytest.raises(Refusal, match="exactly one of cif, mobile, email, cardNumber"):
        criterion(NOTHING | given)
