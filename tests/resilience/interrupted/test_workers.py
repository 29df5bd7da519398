"""Workers that die or are stuck are replaced, while the others serve."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import psutil
import pytest

from registration_sandbox.runtime import supervisor
from registration_sandbox.runtime.embedded import RunningSandbox
from registration_sandbox.runtime.heartbeat import Heartbeat
from registration_sandbox.runtime.supervisor import MOST_DEATHS, MOST_MISSED, Work
from registration_sandbox.runtime.tls import loopback_opener
from simulators.kit.clock import monotonic
from tests.resilience.interrupted.conftest import Up
from tests.support.typed import PATIENCE, said_by
from tests.system.device.bank import wait_for

pytestmark = pytest.mark.thorough


TWO = {"SANDBOX_WORKERS": "2"}
SERVES_AGAIN_WITHIN = 12.0
ENDS_WITHIN = 5.0


def workers(sandbox: RunningSandbox, number: int = 2) -> list[psutil.Process]:
    """Return the workers once they are all that the supervisor has started: the world default is made."""
    main = psutil.Process(sandbox.process.pid)
    wait_for(lambda: len(main.children()) == number)
    return main.children()


def ask(sandbox: RunningSandbox, service: str = "mailroom", timeout: float = 5.0) -> int:
    with loopback_opener().open(f"{sandbox.urls[service]}/_sandbox/health", timeout=timeout) as answer:
        return int(answer.status)


@contextmanager
def asking(sandbox: RunningSandbox) -> Iterator[list[float]]:
    """Ask again and again in the block; give the seconds that each answer took."""
    took: list[float] = []
    end = Event()

    def go_on() -> None:
        while not end.is_set():
            begun = monotonic()
            assert ask(sandbox, timeout=SERVES_AGAIN_WITHIN) == 200
            took.append(monotonic() - begun)

    thread = Thread(target=go_on)
    thread.start()
    try:
        yield took
    finally:
        end.set()
        thread.join()


def test_a_worker_that_is_stuck_is_replaced_while_the_other_one_serves(up: Up) -> None:
    sandbox = up(environment=TWO)
    stuck, other = workers(sandbox)
    begun = monotonic()
    stuck.suspend()
    with asking(sandbox) as took:
        wait_for(lambda: not stuck.is_running())
        replaced = monotonic() - begun
        answers = len(took)
        wait_for(lambda: len(took) > answers)
    assert replaced < SERVES_AGAIN_WITHIN
    assert other.is_running()
    assert "A worker has been stuck" in said_by(sandbox, "stuck")
    assert other in workers(sandbox)


def test_a_sandbox_of_one_worker_serves_again_when_it_was_stuck(up: Up) -> None:
    sandbox = up(environment={"SANDBOX_WORKERS": "1"})
    (stuck,) = workers(sandbox, 1)
    begun = monotonic()
    stuck.suspend()
    assert ask(sandbox, timeout=SERVES_AGAIN_WITHIN) == 200
    assert monotonic() - begun < SERVES_AGAIN_WITHIN


def test_a_sandbox_that_was_stopped_as_a_whole_loses_no_worker(up: Up) -> None:
    sandbox = up(environment=TWO)
    before = workers(sandbox)
    processes = [psutil.Process(sandbox.process.pid), *before]
    for process in processes:
        process.suspend()
    time.sleep(1.5)  # noqa: TID251  # longer than a look
    for process in processes:
        process.resume()
    assert ask(sandbox) == 200
    assert workers(sandbox) == before


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_within_five_seconds_though_a_worker_hears_nothing(up: Up, ending: signal.Signals) -> None:
    sandbox = up(environment=TWO)
    for worker in workers(sandbox):
        worker.suspend()
    begun = monotonic()
    sandbox.process.send_signal(ending)
    assert sandbox.process.wait(PATIENCE) == 0
    assert monotonic() - begun < ENDS_WITHIN


def test_no_worker_outlives_a_main_process_that_was_killed(up: Up) -> None:
    sandbox = up(environment=TWO)
    left = workers(sandbox)
    sandbox.process.kill()
    wait_for(lambda: not any(worker.is_running() for worker in left))


def idle(heartbeat: Heartbeat) -> None:
    """Do nothing."""


class Deaths(supervisor.Supervisor):
    """A supervisor whose workers die without being started."""

    def __init__(self) -> None:
        super().__init__([idle])
        self.started = 0

    def _start_worker(self, work: Work) -> None:
        assert work is idle
        self.started += 1

    @property
    def ends(self) -> bool:
        return self._failed


@pytest.mark.parametrize(("seconds_between", "ends"), [(2.9, True), (3.1, False)])
def test_deaths_end_the_sandbox_only_when_too_many_come_within_a_minute(
    monkeypatch: pytest.MonkeyPatch, seconds_between: float, ends: bool
) -> None:
    now = [1000.0]
    monkeypatch.setattr(supervisor, "monotonic", lambda: now[0])
    deaths = Deaths()
    for _ in range(2 * MOST_DEATHS):
        deaths._replace(idle, 1)
        now[0] += seconds_between
        if deaths.ends:
            break
    assert deaths.ends == ends
    assert deaths.started == (MOST_DEATHS if ends else 2 * MOST_DEATHS)


def test_a_heartbeat_is_missed_until_the_next_beat() -> None:
    heartbeat = Heartbeat()
    for _ in range(100_000):  # more beats than the pipe holds
        heartbeat.beat()
    heartbeat.look()
    assert heartbeat.missed == 0
    while heartbeat.missed == 0:
        heartbeat.look()
    heartbeat.beat()
    heartbeat.look()
    assert heartbeat.missed == 0
    for number in range(MOST_MISSED):
        heartbeat.look()
        assert heartbeat.missed == number + 1
    heartbeat.beat()
    heartbeat.look()
    assert heartbeat.missed == 0
    heartbeat.close()


def test_what_is_written_can_be_read_by_nobody_else(up: Up, tmp_path: Path) -> None:
    sandbox = up(tmp_path / "new" / "data", environment={"SANDBOX_WORKERS": "1"})
    workers(sandbox, 1)
    everything = [sandbox.data_dir, *sandbox.data_dir.iterdir()]
    assert [path.name for path in everything if path.stat().st_mode & 0o077] == []
    assert {"sandbox.log", "secrets.toml", "cymmetri.sqlite3", "cymmetri.lock"} <= {path.name for path in everything}
