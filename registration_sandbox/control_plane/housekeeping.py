"""What a control plane sees to without being asked: worlds whose maker died, and what nobody uses any more."""

import threading
from contextlib import suppress
from datetime import datetime, timedelta

from registration_sandbox.control_plane import observed
from registration_sandbox.worlds import locks, making, undo
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.journal import JournalQuery
from simulators.kit.log import log
from simulators.kit.store.failures import StoreFailure
from simulators.kit.work import Service
from simulators.kit.world import World
from simulators.kit.world_names import DEFAULT

INTERVAL = 1.0
"""Seconds between two looks for what somebody has left unfinished."""

EXPIRY_INTERVAL = timedelta(minutes=10)
"""How often worlds are looked for that nobody uses any more, and copies that can no longer be undone with."""


class Housekeeper:
    """Keeps house on a thread of its own, until stopped. In each replica one does; their locks keep them apart."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing more; ``busy`` tells when what is being done is done."""
        self._ended.set()

    @property
    def busy(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        next_expiry = clock.monotonic() + EXPIRY_INTERVAL.total_seconds()
        while not self._ended.is_set():
            try:
                locks.finish_what_was_begun(self._service)
                if clock.monotonic() > next_expiry:
                    delete_expired_worlds(self._service)
                    undo.delete_expired_copies(self._service)
                    next_expiry = clock.monotonic() + EXPIRY_INTERVAL.total_seconds()
            except StoreFailure as failure:
                log.error("control_plane: housekeeping has to wait: %s", failure)
            except Exception:
                log.exception("control_plane: housekeeping failed")
            self._ended.wait(INTERVAL)


def delete_expired_worlds(service: Service) -> list[str]:
    """Delete worlds that were not used for longer than the time to live, and say so in the log; return their names."""
    ttl = service.settings.world_ttl
    deleted: list[str] = []
    if ttl is None:
        return deleted
    for world in service.worlds.all():
        if world.id == DEFAULT:
            continue

        def is_unused(id: str = world.id) -> bool:
            return clock.wall_now() - last_used(service, service.worlds.find(id)) > ttl

        with suppress(SandboxRefusal):  # a service does not tell when it was used, or somebody has the world's lock
            if is_unused() and making.unmake(service, world.id, only_if=is_unused):
                deleted.append(world.id)
                log.warning("The world %s was deleted: nobody has used it for %s (SANDBOX_WORLD_TTL).", world.id, ttl)
    return deleted


def last_used(service: Service, world: World) -> datetime:
    """Return when a service was last asked for something in a world, or when it was made. Raises SandboxRefusal."""
    newest = observed.exchanges(service, world.id, JournalQuery(limit=1))
    return max([world.created_at, *[exchange.recorded_at for exchange in newest]])
