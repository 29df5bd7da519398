"""The store, on SQLite and, where there is a server, on PostgreSQL."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import Struct

from simulators.kit.store.databases import Postgres, Sqlite
from simulators.kit.store.transactions import Store
from simulators.mailroom import tables
from simulators.mailroom.records import StoredMessage

MODULES = ("simulators.kit.store.tables", "simulators.mailroom.tables")
NINE = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Text(Struct):
    body: str


@pytest.fixture(params=["sqlite", "postgres"])
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Open the same database again, as another process would."""
    if request.param == "sqlite":
        return lambda: Store(MODULES, lambda: Sqlite(tmp_path / "x.sqlite3"))
    url = request.getfixturevalue("postgres_url")
    schema = "s" + tmp_path.name.replace("-", "_")
    return lambda: Store(MODULES, lambda: Postgres(url, schema))


def message(number: int, body: str = "hello") -> StoredMessage:
    return StoredMessage(
        id=f"m{number}", channel="email", to="a@example.test", subject="", body=body, code=None, purpose="test",
        sender="test", sent_at=NINE, number=number, dedupe=None,
    )  # fmt: skip


def test_a_record_comes_back_as_it_was_written(open_store: Callable[[], Store]) -> None:
    with open_store().transaction("w") as tx:
        tx.insert(tables.messages, message(1))
    with open_store().transaction("w") as tx:
        assert tx.get(tables.messages, StoredMessage, number=1) == message(1)


def test_a_world_does_not_see_another_and_can_be_forgotten_alone(open_store: Callable[[], Store]) -> None:
    store = open_store()
    for world in ("w", "v"):
        with store.transaction(world) as tx:
            tx.insert(tables.messages, message(1, world))
            assert tx.next("n") == 1
    with store.transaction("w") as tx:
        tx.forget()
    with store.transaction("w") as tx:
        assert tx.get(tables.messages, Text, number=1) is None
        assert tx.next("n") == 1
    with store.transaction("v") as tx:
        assert tx.get(tables.messages, Text, number=1) == Text("v")
        assert tx.next("n") == 2


def test_update_upsert_and_delete_go_by_the_key(open_store: Callable[[], Store]) -> None:
    store = open_store()
    with store.transaction("w") as tx:
        tx.insert(tables.messages, message(1))
        tx.insert(tables.messages, message(2))
        tx.update(tables.messages, message(1, "changed"))
        tx.upsert(tables.messages, message(2, "replaced"))
        tx.upsert(tables.messages, message(3, "new"))
        assert tx.delete(tables.messages, number=2)
        assert not tx.delete(tables.messages, number=2)
    with store.transaction("w") as tx:
        found = [tx.get(tables.messages, Text, number=n) for n in (1, 2, 3)]
    assert found == [Text("changed"), None, Text("new")]


def test_a_block_that_raises_leaves_nothing(open_store: Callable[[], Store]) -> None:
    store = open_store()

    def fail() -> None:
        with store.transaction("w") as tx:
            tx.insert(tables.messages, message(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.transaction("w") as tx:
        assert tx.get(tables.messages, Text, number=1) is None


def test_a_worlds_transactions_follow_one_another(open_store: Callable[[], Store]) -> None:
    stores = [open_store(), open_store()]
    numbers: list[int] = []

    def count(store: Store) -> None:
        for _ in range(50):
            with store.transaction("w") as tx:
                numbers.append(tx.next("n"))

    threads = [threading.Thread(target=count, args=(store,)) for store in stores * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 201))


def test_queries_find_what_they_ask_for(open_store: Callable[[], Store]) -> None:
    store = open_store()
    with store.transaction("w") as tx:
        for number in (1, 2, 3):
            tx.insert(tables.messages, message(number, str(number)))
        values = {"after": 1, "later": "", "channel": "email", "purpose": "", "limit": 10}
        assert tx.all(tables.to_one, Text, to="a@example.test", **values) == [Text("3"), Text("2")]
        assert tx.first(tables.by_id, Text, id="m1") == Text("1")
        assert tx.first(tables.by_id, Text, id="m9") is None
