"""Long work lets others in: a process has one thread, and is killed when its loop does not turn for some seconds."""

import zlib
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
import pytest

from registration_sandbox.console import journal_filters
from registration_sandbox.console.app import create_app as create_console
from registration_sandbox.control_plane import observed
from registration_sandbox.drawing import mermaid
from simulators.cbs.app import create_app
from simulators.kit import clock, turns
from simulators.kit.store import rows, tables, transactions
from simulators.kit.store.tables import JournalRow
from simulators.kit.turns import AT_ONCE, BYTES_AT_ONCE
from simulators.kit.web import keeping
from simulators.kit.web.app import service_of
from simulators.kit.world import WorldPart
from tests.conftest import settings_in
from tests.support.house import House

TURN, STEP = "turn", "step"
MANY = 5 * AT_ONCE


class Course:
    """What was done in a process, step by step, and the turns that others had in between."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.events: list[str] = []
        self._patch = monkeypatch
        monkeypatch.setattr(clock, "pause", lambda _: self.events.append(TURN))

    def count(self, place: Any, name: str) -> None:
        """Have each call of a function counted as a step."""
        work: Callable[..., Any] = getattr(place, name)

        def counted(*arguments: Any, **values: Any) -> Any:
            self.events.append(STEP)
            return work(*arguments, **values)

        self._patch.setattr(place, name, counted)

    def longest(self) -> int:
        """Return how many steps were done in a row at most."""
        return max(len([*steps]) for event, steps in groupby(self.events) if event == STEP)


@pytest.fixture
def course(monkeypatch: pytest.MonkeyPatch) -> Course:
    return Course(monkeypatch)


def test_others_have_their_turn_while_a_state_is_read_and_written(tmp_path: Path, course: Course) -> None:
    app = create_app(settings_in(tmp_path))
    client = app.test_client()
    keeping.make_world(service_of(app), WorldPart(), "w")
    state = client.get("/_sandbox/worlds/w/state").json
    state["tables"]["counters"] = [{"name": str(number), "value": 1} for number in range(MANY)]
    course.count(rows, "check_record")
    course.count(transactions.Transaction, "insert")
    assert client.put("/_sandbox/worlds/w/state", json=state).status_code == 204
    assert course.events.count(STEP) >= 2 * MANY
    assert course.longest() <= 2 * AT_ONCE
    course.events.clear()
    course.count(transactions, "from_row")
    assert len(client.get("/_sandbox/worlds/w/state").json["tables"]["counters"]) == MANY
    assert course.events.count(STEP) >= MANY
    assert course.longest() <= 2 * AT_ONCE


def test_others_have_their_turn_while_much_is_compressed(course: Course) -> None:
    data = bytes(range(256)) * (BYTES_AT_ONCE // 256) * 4 + b"end"
    assert zlib.decompress(turns.compress(data)) == data
    assert course.events == [TURN] * 5
    assert zlib.decompress(turns.compress(b"")) == b""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Services with a world in which one of them has a long journal."""
    made = House(tmp_path)
    made.make("w", {"personas": [{"name": "Asha", "cbs": {}}]})
    made.apps["cbs"].test_client().get("/w/w/cbs/user-ids/nobody")
    store = made.services["cbs"].store
    (row,) = store.read("SELECT * FROM journal WHERE world = 'w'")
    with store.transaction("w") as tx:
        for number in range(1, MANY + 1):
            record = JournalRow(**{name: value for name, value in row.items() if name != "world"})
            tx.insert(tables.journal, msgspec.structs.replace(record, seq=record.seq + number, id=f"id-{number}"))
    yield made
    made.close()


def test_others_have_their_turn_while_long_journals_are_read_and_drawn(house: House, course: Course) -> None:
    course.count(msgspec.json, "decode")
    course.count(mermaid, "_line")
    assert observed.sequence(house.control_plane, "w").count("->>cbs: GET") == MANY + 1
    assert course.events.count(STEP) >= 3 * MANY
    assert course.longest() <= 2 * AT_ONCE


@pytest.mark.parametrize("filters", ["text=a", "person=Asha"])
def test_others_have_their_turn_while_long_journals_are_searched(house: House, course: Course, filters: str) -> None:
    course.count(journal_filters, "_text_of")
    assert create_console(house.control_plane).test_client().get(f"/console/w/w/journal?{filters}").status_code == 200
    assert course.events.count(STEP) >= MANY
    assert course.longest() <= 2 * AT_ONCE
