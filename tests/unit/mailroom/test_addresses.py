"""A message is found however its address is written."""

import pytest

from simulators.mailroom.addresses import normalise


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" Asha@Example.Test ", "asha@example.test"),
        ("98765 43210", "+919876543210"),
        ("+91 98765-43210", "+919876543210"),
        ("Front Desk", "FrontDesk"),
    ],
)
def test_an_address_is_kept_in_one_spelling(written: str, kept: str) -> None:
    assert normalise(written) == kept
