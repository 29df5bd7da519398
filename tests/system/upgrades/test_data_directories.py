"""What another version of the sandbox has kept is told in one line before anything is up."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from simulators.kit.store.schema import MAKE_VERSIONS, VERSIONS
from tests.support.typed import assert_one_clear_line, typed

pytestmark = pytest.mark.thorough


OLD = ("CREATE TABLE customers (world TEXT)", "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
NEWER = (MAKE_VERSIONS, f"INSERT INTO {VERSIONS} VALUES ('cbs', 9999, '')")

WORDS = {OLD: "whose worlds cannot be carried over. Remove it", NEWER: "kept by a newer version"}


@pytest.mark.parametrize("statements", WORDS)
def test_in_files(tmp_path: Path, statements: tuple[str, ...]) -> None:
    file = tmp_path / "cbs.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(";".join(statements))
    assert_one_clear_line(typed("--data-dir", tmp_path), str(file), WORDS[statements], "--data-dir")


@pytest.mark.parametrize("statements", WORDS)
def test_on_postgresql(new_database: str, tmp_path: Path, statements: tuple[str, ...]) -> None:
    with psycopg.connect(new_database) as connection:
        for statement in ("CREATE SCHEMA cbs", "SET search_path TO cbs", *statements):
            connection.execute(statement)  # type: ignore[call-overload]
    said = typed("--data-dir", tmp_path, SANDBOX_DATABASE_URL=new_database)
    assert_one_clear_line(said, "schema cbs", WORDS[statements], "another database with SANDBOX_DATABASE_URL")
