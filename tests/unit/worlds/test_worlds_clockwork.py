"""A world's clock moved in every service: nothing that becomes due meanwhile is left undone."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from orchestrator import fleet
from orchestrator.app import create_app
from orchestrator.worlds import clockwork
from simulators.kit import due
from simulators.kit.app import service_of
from simulators.kit.control import ClockMove, ClockState, clock_state, make_world
from simulators.kit.settings import SERVICES
from simulators.kit.tracing import Trace
from simulators.kit.work import Service, Work
from simulators.kit.worlds import WorldClock, WorldPart
from tests.conftest import settings_in

WORLD = "w"
DEED = "deed"


@pytest.fixture
def middleware(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    """A middleware of a frozen world; the other services are asked, and tell of nothing that is due there."""
    service = service_of(create_app(settings_in(tmp_path)))
    make_world(service, WorldPart(clock=WorldClock(frozen=True)), WORLD)
    monkeypatch.setattr(fleet, "reached", lambda service: SERVICES)
    monkeypatch.setattr(fleet, "ask_for", lambda service, name, path, kind: clock_state(service, WORLD))
    return service


@pytest.mark.parametrize("sender", ["tsg", "handset"])
def test_what_another_service_hands_over_while_it_is_looked_at_is_done(
    middleware: Service, monkeypatch: pytest.MonkeyPatch, sender: str
) -> None:
    done: list[str] = []
    monkeypatch.setattr(middleware, "due", {DEED: lambda work, item: done.append(item.id)})

    def looked_at(service: Service, name: str, path: str, kind: Any) -> ClockState:
        if name == sender and not done:
            work = Work(service, service.worlds.find(WORLD), Trace.received(""))
            due.schedule(work, DEED, "handed over", work.now)
            work.commit()
        state = clock_state(service, WORLD)
        return ClockState(state.now, state.frozen)

    monkeypatch.setattr(fleet, "ask_for", looked_at)
    clockwork.change(middleware, WORLD, ClockMove(advance=timedelta()))
    assert done == ["handed over"]


def test_every_service_has_its_place_in_the_order() -> None:
    assert sorted(clockwork.ONWARD) == sorted(SERVICES)
