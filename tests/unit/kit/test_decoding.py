import msgspec
import pytest

from simulators.kit.decoding import DEEPEST, read_json


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "truncated"),
        (b'{"a": "\xff"}', "UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), "nested too deeply"),
        (b'{"a": [{"b": "x\\u0000"}]}', "NUL character - at `$.a[0].b`"),
    ],
)
def test_json_that_cannot_be_kept_is_refused(raw, said):
    with pytest.raises(msgspec.MsgspecError, match=said.replace("$", r"\$").replace("[0]", r"\[0\]")):
        read_json(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * DEEPEST + b"]" * DEEPEST,
        b'["' + b"[" * 5000 + b'"]',
        b"[" + b",".join([b"[]"] * 5000) + b"]",
        b'{"a": "\\\\u0000"}',
    ],
)
def test_brackets_and_backslashes_in_texts_are_no_nesting_and_no_nul(raw):
    assert read_json(raw)
