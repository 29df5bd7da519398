"""The settings of a sandbox: where its services are, where they keep their worlds, and the secrets they share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from simulators.kit.services import spec_of
from simulators.kit.store.connections import Backend
from simulators.kit.store.databases import Postgres, Sqlite


@dataclass(frozen=True)
class Settings:
    """Settings of one sandbox; times in seconds.

    ``credentials`` are the secrets that services share with their callers, by the names of ``services.CREDENTIALS``.
    ``outside`` names the services whose URL is set from outside: another sandbox's, or a real system's.
    ``allowed_hosts`` are the names, beside those of ``urls`` and of loopback, that a request's Host may have;
    ``cors_origins`` are the origins, beside those of loopback, whose pages may ask; ``trusted_proxies`` is of how many
    proxies in a row the ``X-Forwarded-`` headers are believed.
    ``push_hosts`` are the hosts that a world may have the TSG push to, loopback where none is named.
    ``claimant`` names those who may hold claims on due work at the same time. A sandbox that is alone on its store
    names each of its starts, so that what an earlier one had claimed when it was killed is free at once.
    ``world_ttl`` is for how long a world is kept that nobody uses, ``journal_limit`` how many exchanges each service
    keeps of a world, ``message_limit`` how many messages the mailroom does: shared sandboxes live for months.
    ``undo_ttl`` is for how long a world that goes by the console can be brought back; None where no copy is kept.
    ``ca_file`` holds the CAs that the services trust when they call each other over TLS, where that is not the usual.
    ``mtls`` is whether institutions present a client's certificate to the TSG (off, optional, required);
    ``client_certificates`` is the directory of those that the sandbox's services present: ``<service>.pem``, ``.key``.
    ``synchronous`` is SQLite's (``store.databases.Sqlite``): FULL keeps what was answered even through a power cut.
    """

    urls: Mapping[str, str]
    data_dir: Path
    credentials: Mapping[str, str]
    signing_key: str
    database_url: str | None = None
    admin_token: str | None = None
    smtp_url: str | None = None
    connect_timeout: float = 1.0
    read_timeout: float | None = None
    expects_default_world: bool = False
    outside: frozenset[str] = frozenset()
    allowed_hosts: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    trusted_proxies: int = 0
    push_hosts: tuple[str, ...] = ()
    claimant: str = "any replica"
    synchronous: str = "OFF"
    ca_file: Path | None = None
    mtls: str = "off"
    client_certificates: Path | None = None
    world_ttl: timedelta | None = timedelta(days=7)
    journal_limit: int = 20_000
    message_limit: int = 5_000
    undo_ttl: timedelta | None = timedelta(days=1)

    def patience(self, caller: str) -> float:
        """Return the seconds for which a service waits for another's answer: ``read_timeout``, where it is set."""
        return spec_of(caller).patience if self.read_timeout is None else self.read_timeout

    def client_certificate(self, caller: str) -> tuple[Path, Path] | None:
        """Return the certificate that a service presents as a client, and its key, where it has one."""
        if self.client_certificates is None:
            return None
        certificate = self.client_certificates / f"{caller}.pem"
        return (certificate, certificate.with_suffix(".key")) if certificate.exists() else None

    def url(self, service: str) -> str:
        return self.urls[service].rstrip("/")

    def backend(self, service: str) -> Callable[[], Backend]:
        """Return what opens the service's database."""

        def open_backend() -> Backend:
            if self.database_url:
                return Postgres(self.database_url, service)
            return Sqlite(self.data_dir / f"{service}.sqlite3", self.synchronous)

        return open_backend
