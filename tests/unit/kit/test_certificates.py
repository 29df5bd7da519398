"""What a certificate's common name can hold, and the keys that numbers give."""

import pytest

from simulators.kit.certificates import P256_ORDER, common_name, p256_key


@pytest.mark.parametrize(
    ("text", "name"),
    [("", ""), ("phone", "phone"), ("x" * 64, "x" * 64), ("x" * 65, "x" * 64), ("x" * 63 + "\u00e9", "x" * 63)],
)
def test_a_name_is_cut_to_its_longest_and_never_within_a_character(text: str, name: str) -> None:
    assert common_name(text) == name


@pytest.mark.parametrize(("drawn", "value"), [(0, 1), (P256_ORDER - 2, P256_ORDER - 1), (P256_ORDER - 1, 1)])
def test_whatever_number_is_drawn_gives_a_key(drawn: int, value: int) -> None:
    assert p256_key(drawn).private_numbers().private_value == value
