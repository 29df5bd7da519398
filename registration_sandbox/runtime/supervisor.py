"""The processes that serve: kept at their number, replaced when they die or are stuck, ended when told to."""

import gc
import os
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from select import select  # before gevent replaces it: the supervisor runs no greenlets

from registration_sandbox.runtime.heartbeat import Heartbeat
from simulators.kit.clock import monotonic
from simulators.kit.log import log

LOOK_INTERVAL = 1.0
"""Seconds between two looks at the workers' heartbeats."""

MOST_MISSED = 7
"""Looks in a row without a heartbeat after which a worker is stuck: no request may keep it from others for so long."""

MOST_DEATHS, DEATHS_WITHIN = 20, 60.0
"""More deaths within so many seconds end the sandbox: a new worker would die of the same."""

STOP_TIMEOUT = 3.0
"""Seconds that a worker gives what is under way to be done, when all ends."""

END_LIMIT = STOP_TIMEOUT + 1.0
"""Seconds after which what does not end by itself is killed."""

ENDINGS = (signal.SIGTERM, signal.SIGINT)
SIGNALS = (*ENDINGS, signal.SIGCHLD)

ENDED_AT_ONCE = 130
"""The exit code of what Ctrl-C has ended, as shells have it."""

ENDING_WORDS = "The sandbox ends; it keeps its worlds. Ctrl-C again ends it without an answer to what is under way."


Work = Callable[[Heartbeat], None]


class Supervisor:
    """Keeps workers, one for each work that is to be done."""

    def __init__(self, works: Sequence[Work]) -> None:
        """Have each of ``works`` called in a worker, which is to beat its heartbeat and to end on SIGTERM."""
        self._works = works
        self._workers: dict[int, tuple[Work, Heartbeat]] = {}
        self._others: set[int] = set()
        self._deaths: deque[float] = deque()
        self._next_look = 0.0
        self._kill_at: float | None = None
        self._failed = self._at_once = False
        self.alive, self._held = os.pipe()
        """``alive`` is readable in a child when its supervisor is gone."""

    def run(self, beside: Callable[[], None]) -> int:
        """Keep the workers up until SIGTERM or SIGINT; return the exit code. ``beside`` has a process of its own."""
        with _receive_signals() as received:
            for work in self._works:
                self._start_worker(work)
            self._others.add(self._fork(beside))
            while self._workers or self._others:
                ready, _, _ = select([received], [], [], self._seconds_to_wait())
                for number in os.read(received, 64) if ready else b"":
                    if number in ENDINGS:
                        self._end(number)
                self._collect()
                self._look()
        if self._at_once:
            return ENDED_AT_ONCE
        return 1 if self._failed else 0

    def _seconds_to_wait(self) -> float:
        return max(0.0, min(self._next_look, self._kill_at or self._next_look) - monotonic())

    def _start_worker(self, work: Work) -> None:
        heartbeat = Heartbeat()
        self._workers[self._fork(lambda: work(heartbeat))] = work, heartbeat

    def _collect(self) -> None:
        """Take note of the children that have ended, and replace the workers among them."""
        while self._workers or self._others:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            self._others.discard(pid)
            if pid in self._workers:
                work, heartbeat = self._workers.pop(pid)
                heartbeat.close()
                if self._kill_at is None:
                    self._replace(work, os.waitstatus_to_exitcode(status))

    def _replace(self, work: Work, code: int) -> None:
        """Start another worker for one that died; give all up where too many have died lately."""
        now = monotonic()
        self._deaths.append(now)
        while self._deaths[0] < now - DEATHS_WITHIN:
            self._deaths.popleft()
        if len(self._deaths) > MOST_DEATHS:
            log.error("%d workers ended within %.0f s; the sandbox ends.", len(self._deaths), DEATHS_WITHIN)
            self._failed = True
            self._end(signal.SIGTERM)
            return
        log.warning("A worker ended (%s); another takes over.", code)
        self._start_worker(work)

    def _look(self) -> None:
        """Kill the workers that are stuck, or, once the time to end has passed, all that are left."""
        now = monotonic()
        if self._kill_at is not None and now >= self._kill_at:
            self._kill_at = now + END_LIMIT
            self._tell(signal.SIGKILL)
        if now < self._next_look:
            return
        self._next_look = now + LOOK_INTERVAL
        for pid, (_, heartbeat) in self._workers.items():
            heartbeat.look()
            if heartbeat.missed >= MOST_MISSED:
                log.error("A worker has been stuck for %d s: it is killed.", heartbeat.missed * LOOK_INTERVAL)
                _send(pid, signal.SIGKILL)

    def _end(self, number: int) -> None:
        """End: with what is under way answered when told once, at once when told again."""
        if self._kill_at is not None:
            self._at_once = True
            self._tell(signal.SIGKILL)
            return
        if number == signal.SIGINT:
            sys.stderr.write(ENDING_WORDS + "\n")
            sys.stderr.flush()
        self._kill_at = monotonic() + END_LIMIT
        self._tell(signal.SIGTERM)

    def _tell(self, what: signal.Signals) -> None:
        for pid in (*self._workers, *self._others):
            _send(pid, what)

    def _fork(self, task: Callable[[], None]) -> int:
        """Do a task in a child and return the child's id. What is signalled meanwhile comes to both afterwards."""
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        pid = os.fork()
        if pid:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
            return pid
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            for number in SIGNALS:  # until the server has its own, an ending ends the child
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
            os.close(self._held)
            gc.enable()
            task()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


def _send(pid: int, what: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, what)


@contextmanager
def _receive_signals() -> Iterator[int]:
    """Give the end of a pipe in which the numbers of the signals arrive that the process receives."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    before = signal.set_wakeup_fd(writing)
    handlers = {number: signal.signal(number, lambda *_: None) for number in SIGNALS}
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    try:
        yield reading
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler or signal.SIG_DFL)
        signal.set_wakeup_fd(before)
        os.close(reading)
        os.close(writing)
