"""The threads of a service that do what falls due. One of them starts the others, and notices a clock that was set."""

import os
import threading
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

_jumps = clock.Jumps()
os.register_at_fork(before=_jumps.since_last_look)  # a child reports what happens after the fork


class Runner:
    """Does what falls due in every world of a service, until stopped.

    Each world has a thread of its own while something is due in it: its work is done in its order, and what takes long
    in one world, as a push that is delayed, holds up no other.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._nudge = threading.Event()
        self._stopping = False
        self._last_round: datetime | None = None
        self._failure: Exception | None = None
        self._at_work: dict[str, threading.Thread] = {}
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
        return self._thread.is_alive() or bool(self._at_work)

    def _run(self) -> None:
        self._nudge.wait(POLL_INTERVAL)  # the first answers come before the first look
        while not self._stopping:
            self._nudge.clear()
            wait = POLL_INTERVAL
            try:
                self._raise_failure()
                self._start_due_worlds()
            except StoreFailure as failure:
                log.error("%s: what falls due has to wait: %s", self._service.name, failure)
                if not failure.trouble.may_pass:
                    return
                wait = AFTER_FAILURE.total_seconds()
            except Exception:
                log.exception("%s: looking for due work failed", self._service.name)
            self._nudge.wait(wait)

    def _raise_failure(self) -> None:
        """Raise what the work of a world has failed by since the last look."""
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def _start_due_worlds(self) -> None:
        """Start a thread for each world in which something is due and nothing is being done by this process."""
        wall = clock.wall_now()
        if self._last_round is None or wall < self._last_round:
            self._bring_forward(wall)
        self._last_round = wall
        _report_jumps()
        for row in self._service.store.read(tables.worlds_with_due, **lease_values(self._service, wall)):
            world = row["world"]
            if world not in self._at_work and not self._stopping:
                name = f"{self._thread.name}-{world}"
                self._at_work[world] = threading.Thread(target=self._do_all, args=(world,), name=name, daemon=True)
                self._at_work[world].start()

    def _do_all(self, world: str) -> None:
        """Do what is due in a world, until nothing is left or the rest is being done by another process."""
        done = 0
        try:
            while just_done := self._do_some(world):
                done += just_done
        except Refusal:  # the world is gone
            pass
        except Exception as failure:
            self._failure = failure
        del self._at_work[world]
        if done:
            self._nudge.set()  # what became due after the last look, before this thread was gone

    def _do_some(self, world: str) -> int:
        values = lease_values(self._service, clock.wall_now())
        done = 0
        for row in self._service.store.read(tables.due_by_wall, world=world, limit=BATCH, **values):
            if self._stopping:
                break
            done += do(self._service, self._service.worlds.find(world), row["id"])
        return done

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
