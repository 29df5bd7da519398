"""What an SQLite store does with its file, and how many connections to it are kept."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.kit import clock
from simulators.kit.services import KIT_TABLES
from simulators.kit.store import connections as kept
from simulators.kit.store.databases import LARGEST_WAL, LEAST_ROOM, Sqlite
from simulators.kit.store.failures import StoreFailure, Trouble
from simulators.kit.store.named_values import with_percent_names
from simulators.kit.store.tables import JournalRow, journal
from simulators.kit.store.transactions import Store

PAGE = 4096
ROWS = 2000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "x.sqlite3"


@pytest.fixture
def store(file: Path) -> Store:
    return Store(KIT_TABLES, lambda: Sqlite(file))


def fill(store: Store, world: str = "w") -> None:
    with store.transaction(world) as tx:
        for number in range(ROWS):
            tx.insert(journal, JournalRow(number, f"e{number}", "", "", "", "x" * PAGE))


def checkpoint(store: Store) -> None:
    store.read("PRAGMA wal_checkpoint(TRUNCATE)")


def test_the_file_shrinks_when_a_world_is_forgotten(store: Store, file: Path) -> None:
    fill(store)
    checkpoint(store)
    before = file.stat().st_size
    with store.transaction("w") as tx:
        tx.forget()
    checkpoint(store)
    assert before > ROWS * PAGE
    assert file.stat().st_size < before / 20


def test_the_write_ahead_log_shrinks_when_it_begins_again(store: Store, file: Path) -> None:
    fill(store)
    log = file.with_name(file.name + "-wal")
    assert log.stat().st_size > LARGEST_WAL
    for number in range(2):  # the log was written to the file at the last commit, and begins again with the next
        with store.transaction("w") as tx:
            tx.next(str(number))
    assert log.stat().st_size <= LARGEST_WAL


@pytest.mark.parametrize(("setting", "level"), [("OFF", 0), ("FULL", 2)])
def test_a_commit_waits_for_the_disk_where_that_is_wanted(file: Path, setting: str, level: int) -> None:
    store = Store(KIT_TABLES, lambda: Sqlite(file, setting))
    assert store.read("PRAGMA synchronous") == [{"synchronous": level}]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The connections that were opened."""
    made: list[object] = []
    connect = Sqlite.connect

    def count(self: Sqlite) -> object:
        made.append(connect(self))
        return made[-1]

    monkeypatch.setattr(Sqlite, "connect", count)
    return made


def use_at_once(store: Store, number: int) -> None:
    """Have so many connections in use at once."""
    if number:
        store.open().read(lambda _: use_at_once(store, number - 1))


def test_as_many_connections_are_kept_as_are_in_use(store: Store, opened: list[object]) -> None:
    use_at_once(store, 16)
    assert len(opened) == 16
    use_at_once(store, 16)
    assert len(opened) == 16


def test_connections_that_nobody_needs_any_more_are_closed(
    store: Store, opened: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_at_once(store, 16)
    now = clock.monotonic()
    monkeypatch.setattr(clock, "monotonic", lambda: now + kept.LONGEST_IDLE + 1)
    use_at_once(store, 1)
    use_at_once(store, 2)
    assert len(opened) == 17


def remove(directory: Path) -> None:
    shutil.rmtree(directory)


def replace(directory: Path) -> None:
    remove(directory)
    Store(KIT_TABLES, lambda: Sqlite(directory / "x.sqlite3")).open()


@pytest.mark.parametrize("take_away", [remove, replace])
def test_a_file_that_is_taken_away_is_told_and_not_made_again(
    store: Store, file: Path, take_away: Callable[[Path], None]
) -> None:
    with store.transaction("w") as tx:
        tx.next("n")
    store.check()
    take_away(file.parent)
    there = os.path.exists(file)
    for use in (store.check, lambda: store.begin("w"), lambda: store.read("SELECT * FROM counters")):
        with pytest.raises(StoreFailure, match="was removed or replaced while the sandbox was up") as met:
            use()
        assert met.value.trouble is Trouble.REMOVED
    assert file.exists() == there


@pytest.mark.parametrize(
    ("sql", "translated"),
    [
        ("SELECT :a, :b_2 FROM t", "SELECT %(a)s, %(b_2)s FROM t"),
        ("SELECT x::text, :a::int", "SELECT x::text, %(a)s::int"),
        ("SELECT ':a', 'it''s :b' WHERE c = :d", "SELECT ':a', 'it''s :b' WHERE c = %(d)s"),
        ("SELECT a % 2 WHERE b LIKE '50%'", "SELECT a %% 2 WHERE b LIKE '50%%'"),
    ],
)
def test_named_values_are_written_as_psycopg_takes_them(sql: str, translated: str) -> None:
    assert with_percent_names(sql) == translated


@pytest.mark.parametrize(
    ("free", "trouble"), [(LEAST_ROOM - 1, Trouble.FULL), (LEAST_ROOM, Trouble.FAILING)], ids=["no room", "room"]
)
def test_a_file_that_cannot_grow_has_no_more_room_if_the_disk_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, trouble: Trouble
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=free))
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    failure = Sqlite(tmp_path / "w.sqlite3").failure(error)
    assert failure is not None
    assert failure.trouble is trouble
