"""What a PostgreSQL server's errors mean, and that nobody waits for ever for another's transaction."""

from contextlib import ExitStack

import psycopg
import pytest

from simulators.kit import clock
from simulators.kit.services import KIT_TABLES
from simulators.kit.store import connections, databases
from simulators.kit.store.databases import MOST_TRANSACTIONS, Postgres, find_postgres_trouble
from simulators.kit.store.failures import StoreFailure, Trouble
from simulators.kit.store.transactions import Store

PATIENCE = 30.0


@pytest.mark.parametrize(
    ("sqlstate", "trouble"),
    [
        ("53100", Trouble.FULL),
        ("53200", Trouble.OVERLOADED),
        ("53300", Trouble.UNREACHABLE),
        ("08006", Trouble.UNREACHABLE),
        ("08P01", Trouble.UNREACHABLE),
        ("25P03", Trouble.UNREACHABLE),
        ("57P01", Trouble.UNREACHABLE),
        ("57P05", Trouble.UNREACHABLE),
        ("40001", Trouble.OVERLOADED),
        ("40P01", Trouble.OVERLOADED),
        ("55P03", Trouble.OVERLOADED),
        ("57014", Trouble.OVERLOADED),
        ("58030", Trouble.FAILING),
        ("25006", Trouble.READ_ONLY),
        ("XX001", Trouble.DAMAGED),
        ("25P02", None),
        ("23505", None),
        ("54000", None),
        ("", None),
    ],
)
def test_an_error_is_the_databases_trouble_or_the_programs(sqlstate: str, trouble: Trouble | None) -> None:
    assert find_postgres_trouble(sqlstate) is trouble


@pytest.fixture
def store(new_database: str) -> Store:
    return Store(KIT_TABLES, lambda: Postgres(new_database, "x"))


def set_in_database(url: str, setting: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {url.rpartition('/')[2]} SET {setting}")  # type: ignore[call-overload]


def wait_until_alone(url: str) -> None:
    """Wait until the server has ended all other sessions of a database."""
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    deadline = clock.monotonic() + PATIENCE
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute(others).fetchone() != (0,):
            assert clock.monotonic() < deadline
            clock.pause(0.02)


def test_a_session_that_the_server_has_ended_for_being_idle_is_opened_again(new_database: str, store: Store) -> None:
    set_in_database(new_database, "idle_session_timeout = '300ms'")
    for _ in range(2):
        with store.transaction("w") as tx:
            tx.next("n")
        wait_until_alone(new_database)
    assert [row["name"] for row in store.read("SELECT name FROM counters")] == ["n"]


@pytest.mark.parametrize(("statement_timeout", "sqlstate"), [("50ms", "57014"), ("20s", "55P03")])
def test_a_world_that_somebody_holds_is_not_waited_for_for_ever(
    new_database: str, store: Store, monkeypatch: pytest.MonkeyPatch, statement_timeout: str, sqlstate: str
) -> None:
    monkeypatch.setattr(databases, "BUSY_LIMIT", 0.1)
    store.open()
    set_in_database(new_database, f"statement_timeout = '{statement_timeout}'")
    other = Store(KIT_TABLES, lambda: Postgres(new_database, "x"))
    with store.transaction("w"):
        with pytest.raises(StoreFailure) as met:
            other.begin("w")
        assert met.value.trouble is Trouble.OVERLOADED
        assert isinstance(met.value.__cause__, psycopg.Error)
        assert met.value.__cause__.sqlstate == sqlstate
        with other.transaction("another") as tx:
            tx.next("n")


def test_room_that_does_not_become_free_is_not_waited_for_for_ever(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "LONGEST_WAIT", 0.05)
    with ExitStack() as busy:
        for number in range(MOST_TRANSACTIONS):
            busy.enter_context(store.transaction(f"w{number}"))
        with pytest.raises(StoreFailure) as met:
            store.begin("another")
        assert met.value.trouble is Trouble.OVERLOADED
    with store.transaction("another") as tx:
        tx.next("n")
