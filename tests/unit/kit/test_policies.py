"""What every model of policies has: descriptions, and bounds that are told and refused."""

from datetime import timedelta
from typing import Annotated, Any

import msgspec
import pytest

from simulators.kit.policies import LONGEST, SHORTEST, Policies, duration, duration_bounds, number, setting, text


def model_of(kind: Any, meta: msgspec.Meta) -> type[Policies]:
    """Return a model with one policy, ``it``, made when a test runs."""
    return msgspec.defstruct("Model", [("it", Annotated[kind, meta])], bases=(Policies,), frozen=True)  # type: ignore[return-value]


def schema_of(kind: Any, meta: msgspec.Meta) -> Any:
    return msgspec.json.schema(Annotated[kind, meta])


@pytest.mark.parametrize(
    ("kind", "make", "schema"),
    [
        (bool, lambda: setting("What for."), {"type": "boolean"}),
        (int, lambda: number("What for.", 2, 7), {"type": "integer", "minimum": 2, "maximum": 7}),
        (str, lambda: text("What for.", 7), {"type": "string", "maxLength": 7}),
        (
            timedelta,
            lambda: duration("What for.", timedelta(seconds=2), timedelta(days=7)),
            {"type": "string", "format": "duration", "x-minimum": "PT2S", "x-maximum": "P7D"},
        ),
        (
            timedelta,
            lambda: duration("What for."),
            {"type": "string", "format": "duration", "x-minimum": "PT1S", "x-maximum": "P3650D"},
        ),
    ],
)
def test_a_policy_tells_what_it_is_for_and_its_bounds(kind: Any, make: Any, schema: Any) -> None:
    assert schema_of(kind, make()) == schema | {"description": "What for."}


@pytest.mark.parametrize("value", [2, 7])
def test_both_ends_of_a_number_are_within_its_bounds(value: int) -> None:
    assert msgspec.convert({"it": value}, model_of(int, number("What for.", 2, 7))).it == value  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", [1, 8])
def test_a_number_beyond_its_bounds_is_refused(value: int) -> None:
    with pytest.raises(msgspec.ValidationError, match=r"\$\.it"):
        msgspec.convert({"it": value}, model_of(int, number("What for.", 2, 7)))


def test_a_text_has_a_longest_length() -> None:
    model = model_of(str, text("What for.", 7))
    assert msgspec.convert({"it": "x" * 7}, model).it == "x" * 7  # type: ignore[attr-defined]
    with pytest.raises(msgspec.ValidationError, match=r"\$\.it"):
        msgspec.convert({"it": "x" * 8}, model)


@pytest.mark.parametrize("value", [SHORTEST, LONGEST, None])
def test_both_ends_of_a_duration_are_within_its_bounds_and_it_may_be_left_out(value: timedelta | None) -> None:
    model: Any = model_of(timedelta | None, duration("What for."))
    assert model(value).it == value


@pytest.mark.parametrize(
    ("value", "told"),
    [(SHORTEST - timedelta(milliseconds=1), "PT0.999S"), (LONGEST + timedelta(seconds=1), "P3650DT1S")],
)
def test_a_duration_beyond_its_bounds_is_refused(value: timedelta, told: str) -> None:
    model: Any = model_of(timedelta, duration("What for."))
    with pytest.raises(ValueError, match=rf"^it must be between PT1S and P3650D, not {told}$"):
        model(value)


def test_only_durations_have_bounds_of_their_own() -> None:
    class Model(Policies, frozen=True):
        plain: int = 1
        bounded: Annotated[int, number("What for.", 1, 2)] = 1
        titled: Annotated[timedelta, "not a Meta", duration("What for.", timedelta())] = SHORTEST

    assert duration_bounds(Model) == {"titled": (timedelta(), LONGEST)}
