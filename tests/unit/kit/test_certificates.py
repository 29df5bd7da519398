"""What a certificate's common name can hold."""

import pytest

from simulators.kit.certificates import common_name


@pytest.mark.parametrize(
    ("text", "name"),
    [("", ""), ("phone", "phone"), ("x" * 64, "x" * 64), ("x" * 65, "x" * 64), ("x" * 63 + "\u00e9", "x" * 63)],
)
def test_a_name_is_cut_to_its_longest_and_never_within_a_character(text: str, name: str) -> None:
    assert common_name(text) == name
