"""Which answers by Idempotency-Key are forgotten: those that nobody gets any more, and none that is being made."""

from datetime import timedelta
from pathlib import Path

import pytest

from orchestrator import tables
from orchestrator.records import AnswerRow
from simulators.kit import clock
from simulators.kit.services import spec_of
from simulators.kit.store.databases import Sqlite
from simulators.kit.store.transactions import Store

SECOND = timedelta(seconds=1)
WALL = clock.wall_now()
NOW = clock.parse("2026-01-05T09:00:00Z")


@pytest.mark.parametrize(
    ("leased", "expires", "status", "kept"),
    [
        (-SECOND, SECOND, 201, True),
        (-SECOND, 0 * SECOND, 201, False),
        (SECOND, 0 * SECOND, 201, False),
        (SECOND, -SECOND, None, True),
        (-SECOND, -SECOND, None, False),
    ],
    ids=["may be given still", "lapsed", "made just now", "being made", "left by a process that died"],
)
def test_an_answer_is_forgotten_when_nobody_gets_it_any_more(
    tmp_path: Path, leased: timedelta, expires: timedelta, status: int | None, kept: bool
) -> None:
    store = Store(spec_of("orchestrator").tables, lambda: Sqlite(tmp_path / "o.sqlite3"))
    with store.transaction("w") as tx:
        tx.insert(tables.answers, AnswerRow("k", "r", WALL + leased, NOW + expires, status=status))
        tx.run(tables.forget_expired_answers, now=clock.stamp(NOW), wall=clock.stamp(WALL))
        assert (tx.get(tables.answers, AnswerRow, key="k") is not None) is kept
