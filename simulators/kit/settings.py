"""What a service must be told: where the others are, where it keeps its worlds, and the secrets it shares."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from simulators.kit.connections import Backend

SERVICES = ("orchestrator", "cymmetri", "cbs", "auth_service", "tsg", "mailroom", "handset")
"""Every service, in the order of the ports they listen on."""

PATIENCE = {
    "cbs": 3.0,
    "cymmetri": 3.0,
    "mailroom": 3.0,
    "auth_service": 4.5,
    "orchestrator": 6.0,
    "tsg": 7.5,
    "handset": 9.0,
}
"""Seconds for which a service waits for another's answer: the nearer to the person, the longer, so that whoever is next
to a system that hangs gives it up first, and tells the others why."""


@dataclass(frozen=True)
class Settings:
    """Settings of one sandbox; times in seconds.

    ``outside`` names the services whose URL is set from outside: another sandbox's, or a real system's.
    ``claimant`` names those who may hold claims on due work at the same time. A sandbox that is alone on its store
    names each of its starts, so that what an earlier one had claimed when it was killed is free at once.
    """

    urls: Mapping[str, str]
    data_dir: Path
    tsg_api_key: str
    tsg_push_secret: str
    auth_service_api_key: str
    signing_key: str
    database_url: str | None = None
    admin_token: str | None = None
    smtp_url: str | None = None
    connect_timeout: float = 1.0
    read_timeout: float | None = None
    expects_default_world: bool = False
    outside: frozenset[str] = frozenset()
    claimant: str = "any replica"

    def patience(self, caller: str) -> float:
        """Return the seconds for which a service waits for another's answer: ``read_timeout``, where it is set."""
        return PATIENCE[caller] if self.read_timeout is None else self.read_timeout

    def url(self, service: str) -> str:
        return self.urls[service].rstrip("/")

    def backend(self, service: str) -> Callable[[], Backend]:
        """Return what opens the service's database."""

        def opened() -> Backend:
            from simulators.kit.databases import Postgres, Sqlite

            if self.database_url:
                return Postgres(self.database_url, service)
            return Sqlite(self.data_dir / f"{service}.sqlite3")

        return opened
