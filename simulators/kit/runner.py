"""The thread of a service that does what falls due, and notices when the machine's clock is set."""

import logging
import os
import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from simulators.kit import clock
from simulators.kit.due import AFTER_FAILURE, GRACE, claimable, do
from simulators.kit.errors import Refusal
from simulators.kit.failures import StoreFailure
from simulators.kit.lazy import lazy
from simulators.kit.work import Service

if TYPE_CHECKING:
    from simulators.kit import tables
else:
    tables = lazy("simulators.kit.tables")

log = logging.getLogger("sandbox")

IDLE_LOOK = 0.5
"""Seconds after which a replica looks for what another one scheduled."""

BATCH = 20

_jumps = clock.Jumps()
os.register_at_fork(before=_jumps.since_last_look)  # a child tells of what happens after it was made


class Runner:
    """Does what falls due in every world of a service, on a thread of its own, until stopped."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._nudge = threading.Event()
        self._stopping = False
        self._last_round: datetime | None = None
        self._thread = threading.Thread(target=self._run, name=f"{service.name}-due", daemon=True)
        service.wake = self._nudge.set

    def start(self) -> None:
        if self._service.due:
            self._thread.start()

    def stop(self) -> None:
        """Begin nothing more; ``busy`` tells when what is being done is done."""
        _tell_of_jumps()  # whoever takes over knows the clock as it was when that process was made
        self._stopping = True
        self._nudge.set()

    @property
    def busy(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        self._nudge.wait(IDLE_LOOK)  # the first answers come before the first look
        while not self._stopping:
            self._nudge.clear()
            try:
                wait = IDLE_LOOK if not self._round() else 0
            except StoreFailure as failure:
                log.error("%s: what falls due has to wait: %s", self._service.name, failure)
                wait = AFTER_FAILURE.total_seconds()
            except Exception:
                log.exception("%s: looking for due work failed", self._service.name)
                wait = IDLE_LOOK
            if wait:
                self._nudge.wait(wait)

    def _round(self) -> int:
        done = 0
        wall = clock.wall_now()
        if self._last_round is None or wall < self._last_round:
            self._bring_forward(wall)
        self._last_round = wall
        _tell_of_jumps()
        for row in self._service.store.read(tables.due_by_wall, limit=BATCH, **claimable(self._service, wall)):
            if self._stopping:
                break
            try:
                world = self._service.worlds.find(row["world"])
            except Refusal:
                continue
            done += do(self._service, world, row["id"])
        return done

    def _bring_forward(self, wall: datetime) -> None:
        """Leave nothing to wait that is due in a world that stands still: the machine's clock may have been set back.

        In such a world an item comes with the next move of its clock, or it is due and comes now.
        """
        with self._service.store.transaction("") as tx:
            tx.run(tables.bring_forward, soon=clock.stamp(wall + GRACE))


def _tell_of_jumps() -> None:
    """Say, once in a process, that the machine's clock was set, and what that means for worlds whose clock runs."""
    jump = _jumps.since_last_look()
    if jump < timedelta():
        log.warning("The machine's clock was set back by %s. Worlds whose clock runs went back with it.", -jump)
    elif jump:
        log.warning(
            "The machine's clock went ahead by %s: it was set, or the machine slept. "
            "In worlds whose clock runs, what was due meanwhile is done now.", jump,
        )  # fmt: skip
