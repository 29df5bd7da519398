"""A data directory that cannot be written to, or databases that are damaged: told in one line before anything is up."""

import os
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.kit.store.databases import Sqlite
from simulators.kit.store.failures import StoreFailure, Trouble
from simulators.kit.store.transactions import Store
from simulators.mailroom import tables
from simulators.mailroom.models import Message
from tests.resilience.interrupted.conftest import Disk
from tests.support.typed import assert_one_clear_line, typed
from tests.unit.kit.test_store import MODULES, message

pytestmark = pytest.mark.thorough


FILE = "mailroom.sqlite3"
PAGE = 4096
MESSAGES = 50


def kept(directory: Path) -> Path:
    """Make a mailroom's database with messages in it."""
    file = directory / FILE
    store = Store(MODULES, lambda: Sqlite(file))
    with store.transaction("w") as tx:
        for number in range(MESSAGES):
            tx.insert(tables.messages, message(number, "x" * PAGE))
    store.close()
    return file


@pytest.fixture
def read_only(disk: Disk) -> Callable[[], Path]:
    """Return a place with databases, which from then on cannot be written to, not even by root."""
    place = disk(16 * 1024 * 1024)
    kept(place)
    (place / "secrets.toml").write_text(
        'tsg_api_key = "a"\ntsg_push_secret = "whsec_YQ=="\nauth_service_api_key = "b"\nsigning_key = "c"\n'
    )

    def made() -> Path:
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        return place

    return made


def test_a_data_directory_on_a_disk_that_is_read_only_is_told(read_only: Callable[[], Path]) -> None:
    place = read_only()
    assert_one_clear_line(typed("--data-dir", place), str(place), "cannot be written to", "--data-dir")


def test_a_new_data_directory_where_nothing_can_be_written_is_told(read_only: Callable[[], Path]) -> None:
    place = read_only() / "data"
    assert_one_clear_line(typed("--data-dir", place), str(place), "Read-only file system", "--data-dir")


def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.mkdir()
    assert_one_clear_line(typed("--data-dir", tmp_path), str(file), "cannot be written to", "--data-dir")


def overwritten(file: Path) -> None:
    with file.open("r+b") as content:
        content.seek(3 * PAGE)
        content.write(b"\xff" * (file.stat().st_size - 3 * PAGE))


def cut_off(file: Path) -> None:
    os.truncate(file, 5 * PAGE)


def without_its_beginning(file: Path) -> None:
    with file.open("r+b") as content:
        content.seek(16)
        content.write(b"\xff" * PAGE)


@pytest.mark.parametrize("damaged", [overwritten, cut_off, without_its_beginning])
def test_a_damaged_database_is_told_with_what_to_do(tmp_path: Path, damaged: Callable[[Path], None]) -> None:
    file = kept(tmp_path)
    damaged(file)
    assert_one_clear_line(typed("--data-dir", tmp_path), str(file), "Restore it, or remove it", "--data-dir")


def test_damage_that_is_met_later_is_told_by_its_file(tmp_path: Path) -> None:
    file = kept(tmp_path)
    overwritten(file)
    store = Store(MODULES, lambda: Sqlite(file))
    with pytest.raises(StoreFailure, match=f"{FILE} is damaged: end the sandbox, and restore or remove it") as met:
        store.look(tables.by_id, Message, world="w", id="m1")
    assert met.value.trouble is Trouble.DAMAGED
    assert not met.value.trouble.may_pass


def test_a_database_that_another_program_has_locked_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulators.kit.store.databases.BUSY_LIMIT", 0.05)
    file = kept(tmp_path)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreFailure, match="has been locked by another program") as met:
        Store(MODULES, lambda: Sqlite(file)).begin("w")
    assert met.value.trouble is Trouble.BUSY
    other.close()
