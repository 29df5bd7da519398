"""The threads of a service that do what falls due. One of them starts the others, and notices a clock that was set."""

import os
import threading
from collections import deque
from datetime import datetime, timedelta

from simulators.kit import clock
from simulators.kit.errors import Refusal
from simulators.kit.log import log
from simulators.kit.scheduling import tables
from simulators.kit.scheduling.due import AFTER_FAILURE, GRACE, do, lease_values
from simulators.kit.store.failures import StoreFailure
from simulators.kit.work import Service

POLL_INTERVAL = 0.5
"""Seconds between two looks for what another process has scheduled."""

BATCH = 20
"""Items of a world that are done before another world has its turn."""

MOST_AT_WORK = 16
"""How many worlds are worked in at once by one service of a process: each takes a thread and a connection."""

_jumps = clock.Jumps()
os.register_at_fork(before=_jumps.since_last_look)  # a child reports what happens after the fork


class Runner:
    """Does what falls due in every world of a service, until stopped.

    A few threads take the worlds in turn, a world by one thread at a time: its work is done in its order, and what
    takes long in one world, as a push that is delayed, or fails in it, holds up no other.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._nudge = threading.Event()
        self._stopping = False
        self._last_round: datetime | None = None
        self._taken: set[str] = set()
        """The worlds that wait for their turn, or are being worked in."""
        self._waiting: deque[str] = deque()
        self._put_off: dict[str, float] = {}
        """Until when nothing is tried in the worlds where something failed."""
        self._workers: set[threading.Thread] = set()
        self._thread = threading.Thread(target=self._run, name=f"{service.name}-due", daemon=True)
        service.wake = self._nudge.set

    def start(self) -> None:
        if self._service.due:
            self._thread.start()

    def stop(self) -> None:
        """Begin nothing more; ``busy`` says whether something is still being done."""
        self._stopping = True
        self._nudge.set()

    @property
    def busy(self) -> bool:
        return self._thread.is_alive() or bool(self._workers)

    def _run(self) -> None:
        self._nudge.wait(POLL_INTERVAL)  # the first answers come before the first look
        while not self._stopping:
            self._nudge.clear()
            wait = POLL_INTERVAL
            try:
                self._find_due_worlds()
                self._start_workers()
            except StoreFailure as failure:
                log.error("%s: what falls due has to wait: %s", self._service.name, failure)
                if not failure.trouble.may_pass:
                    return
                wait = AFTER_FAILURE.total_seconds()
            except Exception:
                log.exception("%s: looking for due work failed", self._service.name)
            self._nudge.wait(wait)

    def _find_due_worlds(self) -> None:
        """Have each world wait for its turn in which something is due and nothing is being done by this process."""
        wall = clock.wall_now()
        if self._last_round is None or wall < self._last_round:
            self._bring_forward(wall)
        self._last_round = wall
        _report_jumps()
        for world, until in list(self._put_off.items()):
            if until <= clock.monotonic():
                del self._put_off[world]
        for row in self._service.store.read(tables.worlds_with_due, **lease_values(self._service, wall)):
            world = row["world"]
            if world not in self._taken and world not in self._put_off:
                self._taken.add(world)
                self._waiting.append(world)

    def _start_workers(self) -> None:
        for _ in range(min(len(self._waiting), MOST_AT_WORK - len(self._workers))):
            worker = threading.Thread(target=self._work, name=f"{self._thread.name}-worker", daemon=True)
            self._workers.add(worker)
            worker.start()

    def _work(self) -> None:
        """Do some of what is due in one world after the other, until none waits for its turn."""
        has_done = False
        while self._waiting and not self._stopping:
            try:
                world = self._waiting.popleft()
            except IndexError:  # another worker took it
                break
            if self._do_some(world):
                has_done = True
                self._waiting.append(world)
                continue
            self._taken.discard(world)
            if has_done:
                has_done = False
                self._nudge.set()  # what became due after the last look, before its world was let go
        self._workers.discard(threading.current_thread())

    def _do_some(self, world: str) -> int:
        """Return how much was done in a world: none, where nothing is left or the rest is left for later."""
        values = lease_values(self._service, clock.wall_now())
        done = 0
        try:
            for row in self._service.store.read(tables.due_by_wall, world=world, limit=BATCH, **values):
                if self._stopping:
                    break
                done += do(self._service, self._service.worlds.find(world), row["id"])
        except Refusal:  # the world is gone
            return 0
        except Exception as failure:
            self._put_world_off(world, failure)
            return 0
        return done

    def _put_world_off(self, world: str, failure: Exception) -> None:
        self._put_off[world] = clock.monotonic() + AFTER_FAILURE.total_seconds()
        name = self._service.name
        if not isinstance(failure, StoreFailure):
            log.error("%s: doing what falls due in %s failed", name, world, exc_info=failure)
            return
        log.error("%s: what falls due in %s has to wait: %s", name, world, failure)
        if not failure.trouble.may_pass:
            self.stop()

    def _bring_forward(self, wall: datetime) -> None:
        """Make everything due now that is due in frozen worlds: the machine's clock may have been set back since.

        In a frozen world an item becomes due by a move of its clock only, or it is due already.
        """
        with self._service.store.transaction("") as tx:
            tx.run(tables.bring_forward, soon=clock.stamp(wall + GRACE))


def _report_jumps() -> None:
    """Log, once in a process, that the machine's clock was set, and what that means for worlds whose clock runs."""
    jump = _jumps.since_last_look()
    if jump < timedelta():
        log.warning("The machine's clock was set back by %s. Worlds whose clock runs went back with it.", -jump)
    elif jump:
        log.warning(
            "The machine's clock went ahead by %s: it was set, or the machine slept. "
            "In worlds whose clock runs, what was due meanwhile is done now.", jump,
        )  # fmt: skip
