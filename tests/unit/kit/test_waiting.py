"""Requests that wait for something in the store: however many do, little of a process's time goes to their looks."""

import itertools
import threading
from threading import Barrier, Thread

import pytest

from simulators.kit import clock, waiting
from simulators.kit.waiting import GREATEST_SHARE, POLL_INTERVAL, look_until

LOOK = 0.001
MANY = 100


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What is paused for, while each look at the clock finds it a millisecond later."""
    ticks = itertools.count()
    made: list[float] = []
    monkeypatch.setattr(clock, "monotonic", lambda: next(ticks) * LOOK)
    monkeypatch.setattr(clock, "pause", made.append)
    return made


def test_what_is_there_is_found_at_once(pauses: list[float]) -> None:
    assert look_until(lambda: ["a"], 30) == ["a"]
    assert pauses == []


def test_what_comes_is_found_at_the_next_look(pauses: list[float]) -> None:
    answers = iter(([], [], ["a"]))
    assert look_until(lambda: next(answers), 30) == ["a"]
    assert pauses == [POLL_INTERVAL, POLL_INTERVAL]


def test_what_does_not_come_is_looked_for_no_longer_than_is_said(pauses: list[float]) -> None:
    assert look_until(list, 0.0) == []
    assert pauses == []
    assert look_until(list, 4.5 * LOOK) == []
    assert max(pauses) < 4.5 * LOOK


def test_those_who_wait_look_less_often_the_more_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """In all, their looks take no more than a share of the process's time."""
    own = threading.local()
    pauses: list[float] = []
    all_wait = Barrier(MANY)

    def tick() -> float:
        own.now = getattr(own, "now", 0.0) + LOOK
        return float(own.now)

    def pause(seconds: float) -> None:
        if all_wait.wait(20) is not None and getattr(own, "paused", False):
            pauses.append(seconds)
        own.paused = True

    def look() -> bool:
        own.looks = getattr(own, "looks", 0) + 1
        return bool(own.looks > 2)

    monkeypatch.setattr(clock, "monotonic", tick)
    monkeypatch.setattr(clock, "pause", pause)
    threads = [Thread(target=look_until, args=(look, 1000)) for _ in range(MANY)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert len(pauses) == MANY
    assert sum(LOOK / seconds for seconds in pauses) == pytest.approx(GREATEST_SHARE)
    assert not waiting._waiting


def test_one_who_fails_waits_no_longer(pauses: list[float]) -> None:
    def look() -> bool:
        raise LookupError

    with pytest.raises(LookupError):
        look_until(look, 30)
    assert not waiting._waiting
