"""What is kept in the machine's time holds nobody up when the machine's clock was set back meanwhile."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from simulators.kit import clock
from simulators.kit.scheduling import tables
from simulators.kit.scheduling.due import LONGEST_LEASE
from simulators.kit.scheduling.runner import Runner
from tests.system.device.bank import wait_for
from tests.system.device.test_due_work import Replicas

pytestmark = pytest.mark.thorough


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
    for name, value in {**changed, "leased_by": replicas.one.settings.claimant}.items():
        setattr(item, name, value)
    work = replicas.work()
    work.tx.update(tables.due, item)
    work.commit()


def test_a_claim_from_before_the_clock_was_set_back_holds_nobody_up(replicas: Replicas) -> None:
    change(replicas, leased_until=clock.wall_now() + HOUR)
    assert replicas.do()
    assert replicas.done == ["a"]


def test_a_claim_that_somebody_may_still_hold_is_respected(replicas: Replicas) -> None:
    change(replicas, leased_until=clock.wall_now() + LONGEST_LEASE / 2)
    assert not replicas.do()


def test_what_was_due_in_a_frozen_world_is_done_though_the_clock_was_set_back(replicas: Replicas) -> None:
    change(replicas, wall_at=clock.wall_now() + HOUR)
    runner = Runner(replicas.one)
    runner.start()
    wait_for(lambda: replicas.done == ["a"])
    runner.stop()


def test_what_is_due_later_in_a_world_whose_clock_runs_is_left_to_its_time(replicas: Replicas) -> None:
    work = replicas.work()
    replicas.one.worlds.save(work.tx, replicas.work().world.with_change(clock.ClockChange(freeze=False)))
    work.commit()
    later = clock.wall_now() + HOUR
    change(replicas, wall_at=later)
    Runner(replicas.one)._bring_forward(clock.wall_now())
    assert [item.wall_at for item in replicas.scheduled()] == [later]
