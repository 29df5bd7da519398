import re

import msgspec
import pytest

from simulators.kit.wire.strict_json import DEEPEST, read_json, refuse_nul


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "truncated"),
        (b'{"a": "\xff"}', "UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), "^JSON is malformed: it is nested too deeply$"),
        (b'{"a":' * (DEEPEST + 1) + b"1" + b"}" * (DEEPEST + 1), "nested too deeply"),
        (b'{"a": [{"b": "x\\u0000"}]}', "NUL character - at `$.a[0].b`"),
        (b'{"a": {"b\\u0000": 1}}', "NUL character - at `$.a`"),
        (b'{"a": [[1], {"b": [[2], {"c": "\\u0000"}]}]}', "NUL character - at `$.a[1].b[1].c`"),
        (b'{"a": [{"b": %d}]}' % 2**63, "64 bits - at `$.a[0].b`"),
        (b'{"a": [{"b": %d}]}' % -(2**63), "64 bits - at `$.a[0].b`"),
        (b"1" + b"0" * 400, "64 bits - at `$`"),
    ],
)
def test_json_that_cannot_be_kept_is_refused(raw, said):
    with pytest.raises(msgspec.MsgspecError, match=said if said.startswith("^") else re.escape(said)):
        read_json(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * DEEPEST + b"]" * DEEPEST,
        b'{"a":' * DEEPEST + b"1" + b"}" * DEEPEST,
        b'["' + b"[" * 5000 + b'"]',
        b"[" + b",".join([b"[]"] * 5000) + b"]",
        b'{"a": "\\\\u0000"}',
        b'{"a": %d, "b": -%d, "c": "%d"}' % (2**63 - 1, 2**63 - 1, 10**30),
        b'{"a": 0.%d}' % 10**30,
    ],
)
def test_brackets_and_backslashes_in_texts_are_no_nesting_and_no_nul(raw):
    assert read_json(raw)


class Name(str):
    """A field's name that counts how often it was written into a place."""

    written = 0

    def __format__(self, spec: str) -> str:
        Name.written += 1
        return super().__format__(spec)


def test_a_place_is_written_only_for_what_is_refused(monkeypatch):
    monkeypatch.setattr(Name, "written", 0)
    fields = {Name(number): [{Name("inner"): 0}] * 5 for number in range(100)}
    refuse_nul(fields)
    assert Name.written == 0
    with pytest.raises(msgspec.ValidationError, match=re.escape("at `$.last[1].inner`")):
        refuse_nul({**fields, Name("last"): [0, {Name("inner"): "\0"}]})
    assert Name.written == 2
