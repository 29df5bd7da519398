"""Instants as the vendors' systems write them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from simulators.kit.wire.instants import read_instant, round_up, write_instant

NINE = datetime(2026, 1, 5, 9, tzinfo=UTC)
INDIA = timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (NINE, "2026-01-05T09:00:00.000Z"),
        (NINE.astimezone(INDIA), "2026-01-05T09:00:00.000Z"),
        (NINE + timedelta(microseconds=1_999), "2026-01-05T09:00:00.001Z"),
    ],
)
@pytest.mark.usefixtures("machine_in_india")
def test_an_instant_is_written_in_utc_wherever_the_machine_is_and_cut_to_milliseconds(
    instant: datetime, text: str
) -> None:
    assert write_instant(instant) == text


@pytest.mark.parametrize(
    ("microseconds", "rounded"), [(0, 0), (1, 1000), (999, 1000), (1000, 1000), (999_001, 1_000_000)]
)
def test_an_end_is_rounded_up_to_a_millisecond(microseconds: int, rounded: int) -> None:
    assert round_up(NINE + timedelta(microseconds=microseconds)) == NINE + timedelta(microseconds=rounded)


def test_what_was_written_is_read_back() -> None:
    assert read_instant("2026-01-05T09:00:00.001Z") == NINE + timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2026-01-05 09:00:00.000Z", "2026-01-05T09:00:00.0000", "2026-01-05T09:00:00.00Z",
        "2026-01-05T09:00:00.0000Z", "2026-01-05T09:00:00Z", "2026-01-05T09:00+05:30:00", "2026-13-05T09:00:00.000Z",
    ],
)  # fmt: skip
def test_any_other_text_is_no_instant(text: str) -> None:
    assert read_instant(text) is None
