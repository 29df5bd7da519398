"""A holder of a world's lock that stalls, and is taken for dead, changes nothing behind the back of its successor."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.control_plane import fleet
from registration_sandbox.worlds import locks
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from tests.support.house import House
from tests.unit.worlds.test_failing_commits import ACTS, OLD, remove, state


class Stall:
    """Stalls the holder at the end of one call that changes something, until another process has taken over."""

    def __init__(self, number: int, other: House, monkeypatch: pytest.MonkeyPatch) -> None:
        self._left, self._other, self._patch, self._ask = number, other, monkeypatch, fleet.ask
        self.stalled = False

    def __call__(self, service: Any, name: str, method: str, *arguments: Any, **more: Any) -> Any:
        reply = self._ask(service, name, method, *arguments, **more)
        self._left -= method != "GET"
        if method != "GET" and self._left == 0:
            self._patch.setattr(fleet, "ask", self._ask)
            with service.store.transaction("") as tx:
                tx.run("UPDATE leases SET until = :now", now=clock.stamp(clock.wall_now()))
            locks.finish_what_was_begun(self._other.control_plane)
            now = clock.monotonic
            self._patch.setattr(clock, "monotonic", lambda: now() + 10)
            self.stalled = True
        return reply


@pytest.mark.parametrize("act", ACTS)
def test_a_holder_that_was_taken_for_dead_leaves_all_of_a_change_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[House], None]
) -> None:
    monkeypatch.setattr(locks, "RENEWAL_INTERVAL", 60.0)
    house, other = House(tmp_path), House(tmp_path)
    house.make("w", OLD)
    before = state(house)
    act(house)
    after = state(house)
    stalled, number = True, 0
    while stalled:
        number += 1
        house.make("w", OLD)
        refused = False
        with monkeypatch.context() as patched:
            stall = Stall(number, other, patched)
            patched.setattr(fleet, "ask", stall)
            try:
                act(house)
            except SandboxRefusal as refusal:
                refused = refusal.code == "world-locked"
                assert refused
        stalled = stall.stalled
        assert state(house) == after if not refused else state(house) in (before, after), f"call {number}"
        assert house.control_plane.store.read("SELECT * FROM leases") == []
    assert number > 2 or act is remove
    for each in (house, other):
        each.close()
