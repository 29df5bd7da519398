"""What others have written, made fit for terminals and XML."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration_sandbox.gate.plain import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;a title\x07text", "text"),
        ("a\x00b\x08c\x9bd", "a�b�c�d"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("Zoë ✓ 𝄞", "Zoë ✓ 𝄞"),
        ("\ud800", "�"),
    ],
)
def test_colours_go_and_control_characters_are_replaced(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text(alphabet=st.characters()))
def test_whatever_it_is_it_can_stand_in_xml(text: str) -> None:
    element = ElementTree.Element("a")
    element.text = plain(text)
    ElementTree.fromstring(ElementTree.tostring(element))
