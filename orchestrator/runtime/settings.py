"""The settings of a sandbox: from the environment, from options, and, for secrets, made once and kept."""

import base64
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestrator.runtime import storage, values
from orchestrator.runtime.values import BadSetting
from simulators.kit.settings import SERVICES, Settings

DEFAULT_BASE_PORT = 8800
DEFAULT_DATA_DIR = Path(".sandbox")
DEFAULT_HOST = "127.0.0.1"
HIGHEST_PORT = 65535
MOST_WORKERS = 64
POSTGRES = ("postgresql", "postgresql+psycopg", "postgres")
SECRETS_FILE = "secrets.toml"


@dataclass(frozen=True)
class Plan:
    """What one ``sandbox up`` starts: its settings, the services it runs, and where they listen."""

    settings: Settings
    host: str
    ports: Mapping[str, int]
    workers: int

    @property
    def started(self) -> tuple[str, ...]:
        return tuple(self.ports)


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
    environment: Mapping[str, str] = os.environ,
) -> Plan:
    """Return what to start. A service whose URL the environment names is not started here.

    Raises BadSetting.
    """
    port = base_port or values.number(environment, "SANDBOX_BASE_PORT", DEFAULT_BASE_PORT, HIGHEST_PORT)
    if not 1 <= port <= HIGHEST_PORT - len(SERVICES) + 1:
        raise BadSetting(f"The base port {port} leaves no room for {len(SERVICES)} ports below {HIGHEST_PORT}.")
    host = host or environment.get("SANDBOX_HOST", DEFAULT_HOST)
    chosen = set(only or SERVICES) - set(excepted)
    outside = {name: environment[url_variable(name)] for name in SERVICES if environment.get(url_variable(name))}
    here = [name for name in SERVICES if name in chosen and name not in outside]
    if not here:
        raise BadSetting("Nothing is left to start: every service is excepted, or has its URL set from outside.")
    urls = {
        name: values.url(url_variable(name), outside[name]) if name in outside else _local(host, port, name)
        for name in SERVICES
    }
    directory = data_dir or Path(environment.get("SANDBOX_DATA_DIR", DEFAULT_DATA_DIR))
    database_url = environment.get("SANDBOX_DATABASE_URL") or None
    if database_url and database_url.partition("://")[0] not in POSTGRES:
        raise BadSetting("SANDBOX_DATABASE_URL must be a postgresql:// URL; leave it out to keep SQLite files.")
    smtp_url = environment.get("SANDBOX_SMTP_URL") or None
    if smtp_url:
        values.url("SANDBOX_SMTP_URL", smtp_url, ("smtp",), "smtp://127.0.0.1:1025")
    admin_token = environment.get("SANDBOX_ADMIN_TOKEN") or None
    if admin_token:
        values.secret("SANDBOX_ADMIN_TOKEN", admin_token)
    elif not values.is_loopback(host):
        raise BadSetting(f"Listening on {host}, not on loopback, needs SANDBOX_ADMIN_TOKEN: set it to a long secret.")
    kept = _secrets(directory, environment)
    settings = Settings(
        urls=urls,
        data_dir=directory,
        tsg_api_key=kept["tsg_api_key"],
        tsg_push_secret=kept["tsg_push_secret"],
        auth_service_api_key=kept["auth_service_api_key"],
        signing_key=kept["signing_key"],
        database_url=database_url,
        admin_token=admin_token,
        smtp_url=smtp_url,
        expects_default_world="orchestrator" in here,
        outside=frozenset(outside),
        claimant="any replica" if database_url else secrets.token_hex(8),
    )
    ports = {name: port + SERVICES.index(name) for name in here}
    storage.check(settings, here)
    workers = workers or values.number(environment, "SANDBOX_WORKERS", default_workers(), MOST_WORKERS)
    return Plan(settings, host, ports, workers)


def default_workers() -> int:
    """Return how many processes serve: two, so that both flows' services run side by side, or one on one core."""
    return min(2, os.cpu_count() or 1)


def _secrets(directory: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the sandbox's secrets: those that the environment gives, the others made once and kept."""
    path = directory / SECRETS_FILE
    made = {
        "tsg_api_key": secrets.token_urlsafe(24),
        "tsg_push_secret": "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "auth_service_api_key": secrets.token_urlsafe(24),
        "signing_key": secrets.token_urlsafe(32),
    }
    given = {name: value for name in made if (value := environment.get(f"SANDBOX_{name.upper()}"))}
    try:
        kept = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except (OSError, ValueError) as error:  # no TOML, or no text
        raise BadSetting(f"{path} cannot be read: {error}. Mend it, or give another place with --data-dir.") from error
    if wrong := [name for name in made if not isinstance(kept.get(name, ""), str)]:
        raise BadSetting(f"{path}: {wrong[0]} is no text. Mend it, or remove the file to have new secrets made.")
    if not made.keys() <= {*kept, *given}:
        kept = {**made, **kept}
        _keep(path, kept)
    used = {name: given.get(name) or kept[name] for name in made}
    for name, value in used.items():
        check = values.webhook_secret if name == "tsg_push_secret" else values.secret
        check(f"SANDBOX_{name.upper()}", value)
    return used


def _keep(path: Path, kept: Mapping[str, str]) -> None:
    """Write the secrets in one step: a disk that is full must not cost those that were there."""
    begun = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.writelines(f'{name} = "{value}"\n' for name, value in kept.items())
        begun.replace(path)
    except OSError as error:
        words = f"The data directory {path.parent} cannot be written to: {error.strerror}. "
        raise BadSetting(words + "Make room or make it writable, or give another with --data-dir.") from error


def _local(host: str, base_port: int, name: str) -> str:
    reachable = DEFAULT_HOST if host in ("0.0.0.0", "::") else host  # noqa: S104
    in_url = f"[{reachable}]" if ":" in reachable else reachable
    return f"http://{in_url}:{base_port + SERVICES.index(name)}"
