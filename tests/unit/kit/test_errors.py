"""What is wrong with a value is told by its field, whatever the field is called."""

import msgspec
import pytest
from msgspec import Struct

from simulators.kit.errors import (
    LONGEST_FIELD,
    LONGEST_MESSAGE,
    Flaw,
    Refusal,
    SandboxRefusal,
    flaw_of,
    make_problem,
    unknown_world,
)


class Inner(Struct, forbid_unknown_fields=True):
    number: int


class Outer(Struct, forbid_unknown_fields=True):
    inner: Inner
    by_name: dict[str, list[int]] = {}


def flaw(value):
    with pytest.raises(msgspec.ValidationError) as error:
        msgspec.convert(value, Outer)
    return flaw_of(error.value)


@pytest.mark.parametrize("name", ["x", "", "a.b", "[0]", "a`b", " ", "$", "`", "ä" * 10, "inner"])
def test_an_unknown_field_is_named_wherever_it_stands(name):
    if name != "inner":
        assert flaw({"inner": {"number": 1}, name: 1}) == Flaw(name, "is not a field that is known here", "", name)
    within = flaw({"inner": {"number": 1, name: 1}})
    assert within == Flaw(f"inner.{name}", "is not a field that is known here", "inner", name)


def test_a_missing_field_is_named():
    assert flaw({}) == Flaw("inner", "is missing", "", "inner")
    assert flaw({"inner": {}}) == Flaw("inner.number", "is missing", "inner", "number")


def test_a_wrong_value_is_named_by_its_path():
    assert flaw({"inner": {"number": "x"}}) == Flaw("inner.number", "expected int, got str")
    assert flaw({"inner": {"number": 1}, "by_name": {"a": [1, "x"]}}) == Flaw("by_name[1]", "expected int, got str")
    assert flaw([]) == Flaw("", "expected object, got array")


def test_a_field_is_named_by_its_own_letters():
    class Named(Struct):
        X: int = 0
        Xx: int = 0

    for given, field in (({"X": "x"}, "X"), ({"Xx": "x"}, "Xx")):
        with pytest.raises(msgspec.ValidationError) as error:
            msgspec.convert(given, Named)
        assert flaw_of(error.value) == Flaw(field, "expected int, got str")


def test_a_name_of_any_length_is_repeated_in_part_only():
    assert flaw({"inner": {"number": 1}, "x" * LONGEST_FIELD: 1}).field == "x" * LONGEST_FIELD
    assert flaw({"inner": {"number": 1}, "x" * 1_000_000: 1}).field == "x" * LONGEST_FIELD


def test_what_is_no_json_says_so():
    with pytest.raises(msgspec.DecodeError) as error:
        msgspec.json.decode(b"{x")
    assert flaw_of(error.value) == Flaw("", "is not valid JSON: object keys must be strings (byte 1)")


def test_a_refusal_is_told_as_a_problem():
    refusal = Refusal(
        "USER_BLOCKED", 423, "No.", field="otp", details={"left": 0}, data="d", headers={"Retry-After": "1"}
    )
    assert str(refusal) == "USER_BLOCKED: No."
    assert (refusal.data, refusal.headers) == ("d", {"Retry-After": "1"})
    assert make_problem(refusal) == {
        "type": "/problems/user-blocked", "title": "User blocked", "status": 423, "detail": "No.",
        "code": "user-blocked", "field": "otp", "left": 0,
    }  # fmt: skip
    bare = Refusal("NO", 400, "No.")
    assert (bare.field, bare.details, bare.data, bare.headers) == (None, {}, None, {})
    assert "field" not in make_problem(bare)


def test_of_a_message_and_a_field_of_any_length_a_part_is_repeated():
    refusal = Refusal("NO", 400, "x" * (LONGEST_MESSAGE + 1), field="y" * (LONGEST_FIELD + 1))
    assert (refusal.message, refusal.field) == ("x" * LONGEST_MESSAGE, "y" * LONGEST_FIELD)


def test_an_unknown_world_is_told_with_how_to_make_it():
    refusal = unknown_world("w")
    assert isinstance(refusal, SandboxRefusal)
    assert make_problem(refusal) == {
        "type": "/problems/unknown-world", "title": "Unknown world", "status": 404, "code": "unknown-world",
        "world": "w",
        "detail": "There is no world 'w' here. Make it with PUT /_sandbox/worlds/w on the control plane.",
    }  # fmt: skip
