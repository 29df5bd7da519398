"""What a PostgreSQL server's errors mean, and that nobody waits for ever for another's transaction."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
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


def wait_until_somebody_waits(url: str) -> None:
    """Wait until somebody waits for a world's lock."""
    deadline = clock.monotonic() + PATIENCE
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone() is None:
            assert clock.monotonic() < deadline
            clock.pause(0.02)


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


def test_those_who_wait_for_a_busy_world_keep_nobody_from_the_others(
    new_database: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where another process holds the world for long, and more wait than there is room for."""
    monkeypatch.setattr(connections, "LONGEST_WAIT", 20.0)
    elsewhere = Store(KIT_TABLES, lambda: Postgres(new_database, "x"))
    numbers: list[int] = []

    def number() -> None:
        with store.transaction("busy") as tx:
            numbers.append(tx.next("n"))

    with ThreadPoolExecutor(2 * MOST_TRANSACTIONS) as pool, elsewhere.transaction("busy"):
        for _ in range(2 * MOST_TRANSACTIONS):
            pool.submit(number)
        wait_until_somebody_waits(new_database)
        with ExitStack() as others:
            for other in range(MOST_TRANSACTIONS - 1):
                others.enter_context(store.transaction(f"w{other}"))
        assert numbers == []
    assert numbers == [*range(1, 2 * MOST_TRANSACTIONS + 1)]
    turns = store.open()._transactions
    assert not turns._worlds
    assert not turns._users


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


def test_a_connection_that_cannot_be_prepared_is_closed(new_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[psycopg.Connection] = []
    connect = psycopg.connect

    def keep(*given: object, **more: object) -> object:
        opened.append(connect(*given, **more))  # type: ignore[arg-type]
        return opened[-1]

    monkeypatch.setattr(psycopg, "connect", keep)
    monkeypatch.setattr(databases, "BUSY_LIMIT", 0.1)
    with connect(new_database) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended('x', 0))")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            Postgres(new_database, "x").connect()
    assert [each.closed for each in opened] == [True]


TAKE_TURNS = """
from simulators.kit.store.connections import Turns  # as the command line does, before it is known what is served
from gevent import joinall, monkey, sleep, spawn
monkey.patch_all(os=False, signal=False, subprocess=False)
turns = Turns(3)

def use(world):
    for _ in range(20):
        assert turns.enter(world)
        sleep(0)
        turns.leave(world)

joinall([spawn(use, f"w{number % 5}") for number in range(40)], raise_error=True)
"""


def test_turns_are_taken_by_greenlets_also_where_the_module_was_there_before_gevent() -> None:
    subprocess.run([sys.executable, "-c", TAKE_TURNS], check=True, timeout=PATIENCE)
