"""What is kept in the machine's time holds nobody up when the machine's clock was set back meanwhile."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from orchestrator.app import create_app
from orchestrator.worlds import turns
from orchestrator.worlds.turns import Turn, alone
from simulators.kit import clock, tables
from simulators.kit.app import service_of
from simulators.kit.due import LONGEST_CLAIM
from simulators.kit.errors import SandboxRefusal
from simulators.kit.runner import Runner
from simulators.kit.work import Service
from tests.conftest import settings_in
from tests.device.bank import wait_for
from tests.device.test_due_work import Replicas

HOUR = timedelta(hours=1)


@pytest.fixture(params=["sqlite", "postgres"])
def replicas(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Replicas]:
    """Replicas with one thing that is due now."""
    made = Replicas(tmp_path, request.getfixturevalue("new_database") if request.param == "postgres" else None)
    made.schedule()
    yield made
    for service in (made.one, made.other):
        service.store.close()


def change(replicas: Replicas, **changed: object) -> None:
    """Change what is scheduled, as another replica has left it."""
    (item,) = replicas.scheduled()
    for name, value in {**changed, "claimed_by": replicas.one.settings.claimant}.items():
        setattr(item, name, value)
    work = replicas.work()
    work.tx.update(tables.due, item)
    work.commit()


def test_a_claim_from_before_the_clock_was_set_back_holds_nobody_up(replicas: Replicas) -> None:
    change(replicas, claimed_until=clock.wall_now() + HOUR)
    assert replicas.do()
    assert replicas.done == ["a"]


def test_a_claim_that_somebody_may_still_hold_is_respected(replicas: Replicas) -> None:
    change(replicas, claimed_until=clock.wall_now() + LONGEST_CLAIM / 2)
    assert not replicas.do()


def test_what_was_due_in_a_frozen_world_is_done_though_the_clock_was_set_back(replicas: Replicas) -> None:
    change(replicas, wall_at=clock.wall_now() + HOUR)
    runner = Runner(replicas.one)
    runner.start()
    wait_for(lambda: replicas.done == ["a"])
    runner.stop()


def test_what_is_due_later_in_a_world_whose_clock_runs_is_left_to_its_time(replicas: Replicas) -> None:
    work = replicas.work()
    replicas.one.worlds.save(work.tx, replicas.work().world.changed(clock.ClockChange(freeze=False)))
    work.commit()
    later = clock.wall_now() + HOUR
    change(replicas, wall_at=later)
    Runner(replicas.one)._bring_forward(clock.wall_now())
    assert [item.wall_at for item in replicas.scheduled()] == [later]


@pytest.fixture
def middleware(tmp_path: Path) -> Service:
    return service_of(create_app(settings_in(tmp_path)))


def test_a_turn_at_a_world_from_before_the_clock_was_set_back_holds_nobody_up(middleware: Service) -> None:
    leave_turn(middleware, until=clock.wall_now() + HOUR)
    with alone(middleware, "w"):
        pass


def test_a_turn_at_a_world_that_somebody_has_is_waited_for_and_in_the_end_refused(
    middleware: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_turn(middleware, until=clock.wall_now() + turns.TURN + clock.SKEW / 2)
    monkeypatch.setattr(clock, "pause", lambda seconds: monkeypatch.setattr(clock, "monotonic", lambda: float("inf")))
    with pytest.raises(SandboxRefusal, match="is being made or removed by somebody else"), alone(middleware, "w"):
        pass


def leave_turn(middleware: Service, **changed: object) -> None:
    from orchestrator import tables as kept

    turn = Turn("w", middleware.settings.claimant, **changed)  # type: ignore[arg-type]
    with middleware.store.transaction(turns.NO_WORLD) as tx:
        tx.upsert(kept.turns, turn)
