"""What keeps a shared sandbox alive for months: unused worlds go, journals and messages have limits; the log tells."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.control_plane import housekeeping, observed
from registration_sandbox.worlds import locks, making
from simulators.kit import clock, journal
from simulators.kit.journal import JournalQuery
from simulators.mailroom.app import create_app as create_mailroom
from simulators.mailroom.steps import deliver_message
from tests.conftest import settings_in
from tests.support.house import House

TTL = timedelta(days=7)
PART = {"personas": [{"name": "Asha"}]}
Client = Callable[[House], object]


def ask_cbs(house: House, world: str, times: int = 1) -> None:
    client = house.apps["cbs"].test_client()
    for number in range(times):
        client.get(f"/w/{world}/cbs/user-ids/u{number}")


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    now = clock.wall_now
    monkeypatch.setattr(clock, "wall_now", lambda: now() + by)


def test_a_world_that_nobody_has_used_is_deleted_and_the_log_says_so(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    house.make("w", PART)
    later(monkeypatch, TTL + timedelta(minutes=1))
    assert housekeeping.delete_expired_worlds(house.control_plane) == ["w"]
    assert not any(house.rows().values())
    assert "The world w was deleted: nobody has used it for 7 days" in caplog.text
    assert "SANDBOX_WORLD_TTL" in caplog.text


def test_a_world_is_kept_until_its_time_to_live_is_over(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.make("w", PART)
    later(monkeypatch, TTL - timedelta(minutes=1))
    assert housekeeping.delete_expired_worlds(house.control_plane) == []


def test_a_world_that_was_used_meanwhile_is_kept(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.make("w", PART)
    with monkeypatch.context() as patched:
        later(patched, timedelta(days=3))
        ask_cbs(house, "w")
    later(monkeypatch, TTL + timedelta(minutes=1))
    assert housekeeping.delete_expired_worlds(house.control_plane) == []


@pytest.mark.parametrize("use", [lambda house: house.make("w", PART), lambda house: ask_cbs(house, "w")])
def test_a_world_that_is_made_or_used_while_its_lock_is_waited_for_is_kept(
    house: House, monkeypatch: pytest.MonkeyPatch, use: Client
) -> None:
    house.make("w", PART)
    later(monkeypatch, TTL + timedelta(minutes=1))
    hold, uses = locks.hold, iter([use])

    @contextmanager
    def hold_late(*arguments: Any, **options: Any) -> Iterator[Any]:
        for act in uses:  # as its holder does while others wait
            act(house)
        with hold(*arguments, **options) as lock:
            yield lock

    monkeypatch.setattr(locks, "hold", hold_late)
    assert housekeeping.delete_expired_worlds(house.control_plane) == []
    assert making.everyone(house.control_plane, "w").personas


def test_the_world_default_is_kept(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.make("default", PART)
    later(monkeypatch, timedelta(days=4000))
    assert housekeeping.delete_expired_worlds(house.control_plane) == []


def test_no_world_is_deleted_where_none_is_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(tmp_path, world_ttl=None)
    house.make("w", PART)
    later(monkeypatch, timedelta(days=4000))
    assert housekeeping.delete_expired_worlds(house.control_plane) == []
    house.close()


def test_a_journal_keeps_the_newest_exchanges_and_tells_how_many_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(journal, "PRUNED_AT_ONCE", 4)
    house = House(tmp_path, journal_limit=10)
    house.make("w", PART)
    ask_cbs(house, "w", 23)
    kept = observed.exchanges(house.control_plane, "w", JournalQuery(service="cbs"))
    assert [exchange.path for exchange in kept] == [f"/cbs/user-ids/u{number}" for number in range(10, 23)]
    assert observed.count_pruned(house.control_plane, "w") == 10
    assert caplog.text.count("SANDBOX_JOURNAL_LIMIT") == 1
    assert "cbs: the journal of the world w has 10 exchanges" in caplog.text
    house.close()


def test_a_journal_at_its_limit_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "PRUNED_AT_ONCE", 1)
    house = House(tmp_path, journal_limit=10)
    house.make("w", PART)
    ask_cbs(house, "w", 10)
    assert observed.count_pruned(house.control_plane, "w") == 0
    ask_cbs(house, "w")
    assert observed.count_pruned(house.control_plane, "w") == 1
    house.close()


def test_the_mailroom_keeps_the_newest_messages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(deliver_message, "PRUNED_AT_ONCE", 2)
    client = create_mailroom(settings_in(tmp_path, message_limit=4)).test_client()
    for world in ("w", "other"):
        client.put(f"/_sandbox/worlds/{world}", json={})
    with caplog.at_level(logging.WARNING):
        for number in range(9):
            body = {"channel": "sms", "to": "+919000000001", "body": str(number), "purpose": "p", "sender": "s"}
            client.post("/w/w/messages", json=body)
            if number == 0:
                client.post("/w/other/messages", json=body)
    found = client.get("/w/w/messages").get_json()["messages"]
    assert [message["body"] for message in found] == ["8", "7", "6", "5", "4"]
    assert len(client.get("/w/other/messages").get_json()["messages"]) == 1
    assert caplog.text.count("SANDBOX_MESSAGE_LIMIT") == 1


def test_coverage_and_sequence_know_every_exchange_however_many_pages_they_fill(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observed, "PAGE", 3)
    house.make("w", PART)
    ask_cbs(house, "w", 20)
    client = house.apps["cymmetri"].test_client()
    for _ in range(8):
        client.post("/w/w/ciamauthsrvc/login", json={"userId": "nobody", "password": "wrong"})
    control_plane = house.control_plane
    assert observed.coverage(control_plane, "w")["WR-12.2"]["count"] == 8
    assert observed.sequence(control_plane, "w").count("->>cbs: GET /cbs/user-ids/") == 20
    every = list(observed.every_exchange(control_plane, "w", JournalQuery(service="cbs")))
    assert len({exchange.id for exchange in every}) == 20
    assert observed.count_pruned(control_plane, "w") == 0


def test_a_page_that_is_just_full_is_followed_by_none(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.make("w", PART)
    ask_cbs(house, "w", 4)
    for page in (1, 2, 3, 4, 5):
        monkeypatch.setattr(observed, "PAGE", page)
        every = observed.every_exchange(house.control_plane, "w", JournalQuery())
        assert len(list(every)) == 4
