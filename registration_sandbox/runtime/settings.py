"""The settings of a sandbox: from the environment, from options, and, for secrets, made once and kept."""

import base64
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from registration_sandbox.runtime import values
from registration_sandbox.runtime.private_files import write_private
from registration_sandbox.runtime.tls import DIRECTORY, TlsFiles, find_files
from registration_sandbox.runtime.values import HIGHEST_PORT, BadSetting
from simulators.kit.services import CONTROL_PLANE, CREDENTIALS, SERVICES
from simulators.kit.settings import Settings
from simulators.kit.wire.addresses import is_loopback

BASE = "orchestrator"
"""The service whose port is the base port."""

DEFAULT_BASE_PORT = 8800
DEFAULT_DATA_DIR = Path(".sandbox")
DEFAULT_HOST = "127.0.0.1"
"""Where a sandbox is reached that was given no host."""

LISTEN_ON = "localhost"
REACHABLE = {LISTEN_ON: DEFAULT_HOST, "0.0.0.0": DEFAULT_HOST, "::": "::1"}  # noqa: S104
"""Addresses at which a host to listen on is reached, where they are not its own."""

MOST_WORKERS = 64
HIGHEST_LIMIT = 10_000_000
MOST_PROXIES = 10
POSTGRES = ("postgresql", "postgresql+psycopg", "postgres")
PUSH_SECRET = "_push_secret"  # noqa: S105
SECRETS_FILE = "secrets.toml"
SYNCHRONOUS = ("OFF", "FULL")


@dataclass(frozen=True)
class Plan:
    """What one ``sandbox up`` starts: its settings, where it listens, and the services it runs.

    ``ports`` has the services' names, and ``control_plane`` for the base port, where the middleware is as well.
    """

    settings: Settings
    host: str
    ports: Mapping[str, int]
    started: tuple[str, ...]
    workers: int
    tls: TlsFiles | None = None
    takes_mail: bool = False
    otlp_endpoint: str | None = None

    @property
    def databases(self) -> tuple[str, ...]:
        """The services whose databases are used: the control plane has one of its own."""
        return (*self.started, *([CONTROL_PLANE.name] if CONTROL_PLANE.name in self.ports else []))

    @property
    def base_port(self) -> int:
        name, port = next(iter(self.ports.items()))
        return port - (SERVICES.index(name) if name in SERVICES else 0)


URL_VARIABLES = ("SANDBOX_URL", "SANDBOX_ORCHESTRATOR_URL")
"""What names the control plane to clients: the first one that is set."""


def url_variable(service: str) -> str:
    return f"SANDBOX_{service.upper()}_URL"


def plan(
    *,
    base_port: int | None = None,
    data_dir: Path | None = None,
    host: str | None = None,
    only: tuple[str, ...] = (),
    excepted: tuple[str, ...] = (),
    workers: int | None = None,
    tls: bool = False,
    environment: Mapping[str, str] = os.environ,
) -> Plan:
    """Return what to start. A service whose URL the environment names is not started here.

    Raises BadSetting.
    """
    port = base_port or values.number(environment, "SANDBOX_BASE_PORT", DEFAULT_BASE_PORT, HIGHEST_PORT)
    takes_mail = values.switch(environment, "SANDBOX_SMTP_IN")
    needed = len(SERVICES) + takes_mail
    if not 1 <= port <= HIGHEST_PORT - needed + 1:
        raise BadSetting(f"The base port {port} leaves no room for {needed} ports up to {HIGHEST_PORT}.")
    host = host or values.listening_host(environment, "SANDBOX_HOST", LISTEN_ON)
    chosen = set(only or SERVICES) - set(excepted)
    outside = {name: environment[url_variable(name)] for name in SERVICES if environment.get(url_variable(name))}
    here = [name for name in SERVICES if name in chosen and name not in outside]
    listeners = [name for name in here if name != BASE]
    if BASE in chosen:  # the control plane is there, even if the middleware is another's
        listeners.insert(0, CONTROL_PLANE.name)
    if not listeners:
        raise BadSetting("Nothing is left to start: every service is excepted, or has its URL set from outside.")
    urls = {
        name: values.url(url_variable(name), outside[name]) if name in outside else _local(host, port, name, tls)
        for name in SERVICES
    } | {CONTROL_PLANE.name: _local(host, port, BASE, tls)}
    directory = data_dir or Path(environment.get("SANDBOX_DATA_DIR") or DEFAULT_DATA_DIR)
    database_url = environment.get("SANDBOX_DATABASE_URL") or None
    if database_url and database_url.partition("://")[0] not in POSTGRES:
        raise BadSetting("SANDBOX_DATABASE_URL must be a postgresql:// URL; leave it out to keep SQLite files.")
    synchronous = (environment.get("SANDBOX_SYNCHRONOUS") or "off").upper()
    if synchronous not in SYNCHRONOUS:
        raise BadSetting("SANDBOX_SYNCHRONOUS must be off or full: full keeps what was answered through a power cut.")
    smtp_url = environment.get("SANDBOX_SMTP_URL") or None
    if smtp_url:
        values.mail_server("SANDBOX_SMTP_URL", smtp_url)
    admin_token = environment.get("SANDBOX_ADMIN_TOKEN") or None
    if admin_token:
        values.secret("SANDBOX_ADMIN_TOKEN", admin_token)
    elif not is_loopback(host):
        raise BadSetting(f"Listening on {host}, not on loopback, needs SANDBOX_ADMIN_TOKEN: set it to a long secret.")
    kept = _secrets(directory, environment)
    mtls = values.mtls(environment, tls=tls)
    asks = mtls != values.MTLS[0]
    files = find_files(directory, REACHABLE.get(host, host), environment, asks_clients=asks) if tls else None
    settings = Settings(
        urls=urls,
        data_dir=directory,
        credentials={name: kept[name] for name in CREDENTIALS},
        signing_key=kept["signing_key"],
        database_url=database_url,
        admin_token=admin_token,
        smtp_url=smtp_url,
        expects_default_world=BASE in chosen,
        outside=frozenset(outside),
        allowed_hosts=(*_names_of(host), *values.hosts(environment, "SANDBOX_ALLOWED_HOSTS")),
        cors_origins=values.origins(environment, "SANDBOX_CORS_ORIGINS"),
        trusted_proxies=values.number(environment, "SANDBOX_TRUST_FORWARDED", 0, MOST_PROXIES),
        push_hosts=values.hosts(environment, "SANDBOX_PUSH_HOSTS"),
        claimant="any replica" if database_url else secrets.token_hex(8),
        synchronous=synchronous,
        ca_file=files.trusted if files else None,
        mtls=mtls,
        client_certificates=directory / DIRECTORY if asks else None,
        world_ttl=values.duration_or_never(environment, "SANDBOX_WORLD_TTL", Settings.world_ttl),
        undo_ttl=values.duration_or_never(environment, "SANDBOX_UNDO_TTL", Settings.undo_ttl),
        journal_limit=values.number(environment, "SANDBOX_JOURNAL_LIMIT", Settings.journal_limit, HIGHEST_LIMIT),
        message_limit=values.number(environment, "SANDBOX_MESSAGE_LIMIT", Settings.message_limit, HIGHEST_LIMIT),
    )
    ports = {name: port + (SERVICES.index(name) if name in SERVICES else 0) for name in listeners}
    workers = workers or values.number(environment, "SANDBOX_WORKERS", default_workers(), MOST_WORKERS)
    takes_mail = takes_mail and "mailroom" in here
    return Plan(settings, host, ports, tuple(here), workers, files, takes_mail, values.otlp_endpoint(environment))


def default_workers() -> int:
    """Return how many processes serve: two, so that both flows' services run side by side, or one on one core."""
    return min(2, os.cpu_count() or 1)


def _secrets(directory: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the sandbox's secrets: those that the environment gives, the others made once and kept."""
    path = directory / SECRETS_FILE
    made = {name: _make_credential(name) for name in CREDENTIALS} | {"signing_key": secrets.token_urlsafe(32)}
    given = {name: value for name in made if (value := environment.get(f"SANDBOX_{name.upper()}"))}
    try:
        kept = tomllib.loads(path.read_text("utf-8-sig")) if path.exists() else {}
    except (OSError, ValueError) as error:  # no TOML, or no text
        raise BadSetting(f"{path} cannot be read: {error}. Mend it, or give another place with --data-dir.") from error
    if wrong := [name for name in made if not isinstance(kept.get(name, ""), str)]:
        raise BadSetting(f"{path}: {wrong[0]} is no text. Mend it, or remove the file to have new secrets made.")
    if not made.keys() <= {*kept, *given}:
        kept = {**made, **kept}
        _keep(path, kept)
    used = {name: given.get(name) or kept[name] for name in made}
    for name, value in used.items():
        check = values.webhook_secret if name.endswith(PUSH_SECRET) else values.secret
        check(f"SANDBOX_{name.upper()}", value)
    return used


def _make_credential(name: str) -> str:
    if name.endswith(PUSH_SECRET):
        return values.WEBHOOK_SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
    return secrets.token_urlsafe(24)


def _keep(path: Path, kept: Mapping[str, str]) -> None:
    """Write the secrets in one step: a disk that is full must not cost those that were there."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, "".join(f'{name} = "{value}"\n' for name, value in kept.items()).encode())
    except OSError as error:
        words = f"The data directory {path.parent} cannot be written to: {error.strerror}. "
        raise BadSetting(words + "Make room or make it writable, or give another with --data-dir.") from error


def _names_of(host: str) -> tuple[str, ...]:
    """Return the names by which a host to listen on is asked; where it is every address, a request's own is known."""
    return () if host in REACHABLE else (host.lower(),)


def _local(host: str, base_port: int, name: str, tls: bool) -> str:
    reachable = REACHABLE.get(host, host)
    scheme = "https" if tls else "http"
    return f"{scheme}://{values.in_url(reachable)}:{base_port + SERVICES.index(name)}"
