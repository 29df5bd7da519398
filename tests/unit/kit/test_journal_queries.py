"""What can be asked of a journal: what is new since a look, and what belongs to something."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from simulators.cbs.app import create_app
from simulators.kit import journal
from simulators.kit.journal import LONGEST_SOUGHT, Exchange, JournalQuery
from simulators.kit.web import keeping
from simulators.kit.web.app import service_of
from simulators.kit.web.parts import MOST_WATCHED
from simulators.kit.work import Service
from simulators.kit.world import WorldPart
from tests.conftest import settings_in

WORLD = "default"


class Bank:
    """A CBS with a world, and somebody who asks it."""

    def __init__(self, data_dir: Path) -> None:
        app = create_app(settings_in(data_dir))
        self.service: Service = service_of(app)
        self.client: FlaskClient = app.test_client()
        self.begin()

    def begin(self) -> None:
        keeping.make_world(self.service, WorldPart(), WORLD)

    def asks(self, *names: str) -> None:
        for name in names:
            self.client.get(f"/cbs/user-ids/{name}")

    def read(self, **query: str) -> list[Exchange]:
        return journal.read(self.service.store, WORLD, JournalQuery(**query)).exchanges  # type: ignore[arg-type]


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return Bank(tmp_path)


def asked(exchanges: list[Exchange]) -> list[str]:
    return [exchange.path.rpartition("/")[2] for exchange in exchanges]


def test_a_look_brings_what_was_written_since_the_last_one(bank: Bank) -> None:
    bank.asks("one")
    first = journal.news(bank.service.store, WORLD, None)
    assert not first.exchanges
    bank.asks("two", "three")
    second = journal.news(bank.service.store, WORLD, first.cursor)
    assert asked(second.exchanges) == ["two", "three"]
    assert not journal.news(bank.service.store, WORLD, second.cursor).exchanges


def test_much_that_is_new_comes_in_several_looks(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "NEWS_AT_ONCE", 2)
    bank.asks("one", "two", "three")
    first = journal.news(bank.service.store, WORLD, 0)
    assert asked(first.exchanges) == ["one", "two"]
    assert asked(journal.news(bank.service.store, WORLD, first.cursor).exchanges) == ["three"]


def test_a_world_that_was_replaced_is_told_from_its_start(bank: Bank) -> None:
    bank.asks("one", "two", "three")
    seen = journal.news(bank.service.store, WORLD, None).cursor
    bank.begin()
    bank.asks("four")
    assert asked(journal.news(bank.service.store, WORLD, seen).exchanges) == ["four"]


def test_news_are_asked_of_so_many_worlds_at_once_and_no_more(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []

    def count(query: str, **_: Any) -> list[dict[str, int]]:
        reads.append(query)
        return [{"seq": 1}]

    monkeypatch.setattr(bank.service.store, "read", count)
    after = {f"w{number}": 1 for number in range(MOST_WATCHED)}
    assert bank.client.post("/_sandbox/news", json={"after": after}).status_code == 200
    reads.clear()
    refused = bank.client.post("/_sandbox/news", json={"after": {**after, "one-more": 1}})
    assert (refused.status_code, refused.json["code"], refused.json["field"]) == (400, "validation-failed", "after")
    assert reads == []


def test_much_that_is_new_in_several_worlds_comes_in_several_looks(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "NEWS_AT_ONCE", 2)
    keeping.make_world(bank.service, WorldPart(), "other")
    bank.asks("one", "two")
    bank.client.get("/w/other/cbs/user-ids/three")
    after: dict[str, int | None] = {WORLD: 0, "other": 0, "quiet": None}
    news = bank.client.post("/_sandbox/news", json={"after": after}).json["worlds"]
    assert {world: len(what["exchanges"]) for world, what in news.items()} == {WORLD: 2, "quiet": 0}
    after.update({world: what["cursor"] for world, what in news.items()})
    news = bank.client.post("/_sandbox/news", json={"after": after}).json["worlds"]
    assert {world: len(what["exchanges"]) for world, what in news.items()} == {"other": 1}


def test_exchanges_are_found_by_their_id_and_by_their_trace(bank: Bank) -> None:
    bank.asks("one", "two")
    one, _ = bank.read()
    assert bank.read(id=one.id) == [one]
    assert bank.read(trace=one.trace_id) == [one]
    assert not bank.read(id="%")
    assert not bank.read(trace="%")


def test_exchanges_are_found_by_what_stands_in_them(bank: Bank) -> None:
    bank.asks("one", "two")
    assert asked(bank.read(about="user-ids/two")) == ["two"]


def test_exchanges_before_an_instant_are_told(bank: Bank) -> None:
    bank.asks("one", "two")
    _, two = bank.read()
    assert asked(bank.read(until=two.recorded_at.isoformat())) == ["one"]


@pytest.mark.parametrize("text", ["x", "_", "*", "*😀"])
@pytest.mark.parametrize("name", ["path", "branch", "id", "trace", "about"])
def test_what_is_looked_for_has_a_longest_length(bank: Bank, name: str, text: str) -> None:
    longest = text * (LONGEST_SOUGHT // len(text))
    path = f"/_sandbox/worlds/{WORLD}/journal"
    assert bank.client.get(path, query_string={name: longest}).status_code == 200
    refused = bank.client.get(path, query_string={name: longest + "x"})
    told = refused.get_json()
    assert (refused.status_code, told["code"], told["field"]) == (400, "validation-failed", name)
    assert told["detail"] == f"{name} has up to {LONGEST_SOUGHT} characters."
