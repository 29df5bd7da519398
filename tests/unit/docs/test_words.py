"""Words that read translated are found, and the papers have none."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def words() -> ModuleType:
    spec = importlib.util.spec_from_file_location("words", ROOT / ".ci" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It begins anew.", [(1, "anew")]),
        ("def _reckon_due():", [(1, "reckon")]),
        ("three at\n    # the most", [(1, "at the most")]),
        ("one\ntwo: Whoever asks", [(2, "Whoever")]),
        ("a renewal of anewt", []),
        ("at most three", []),
        ("What can be no code", [(1, "can be no")]),
        ("It can be no longer than that.", []),
    ],
)
def test_words_are_found_across_lines_and_in_names_but_not_in_others(
    words: ModuleType, text: str, found: list[tuple[int, str]]
) -> None:
    rules = words.read_rules((ROOT / ".ci" / "words.txt").read_text("utf-8"))
    assert [(line, said) for line, said, _ in words.find_words(text, rules)] == found
