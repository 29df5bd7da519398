"""What is attacked: a sandbox with a world in which people act, and one that the control plane may harm."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registration_sandbox.runtime.embedded import LOG_FILE, running_sandbox
from tests.contract.running.wire import Wire

WORLD, SCRATCH = "torture", "scratch"

UNMAKING = "(?i)deleteWorld$|takeover$"
"""The operations after which a world is no longer there."""

ENDLESS = "/_sandbox/events"


@contextmanager
def attacked_sandbox(directory: Path) -> Iterator[Wire]:
    """Start a sandbox, which must not have stumbled at the end, whatever was asked of it."""
    with running_sandbox(directory) as running:
        wire = Wire(running.urls)
        for world in (SCRATCH, WORLD):
            assert wire.ask("orchestrator", "PUT", f"/_sandbox/worlds/{world}", {"scenario": "default"}).status == 201
        yield wire
    assert "Traceback" not in (directory / LOG_FILE).read_text("utf-8")


def credentials(wire: Wire) -> dict[str, tuple[str, str]]:
    """Return a header by service: the institution's keys, and the token of a user who is logged in."""
    keys = wire.ask("orchestrator", "GET", "/_sandbox/credentials").json
    people = wire.ask("orchestrator", "GET", f"/_sandbox/worlds/{WORLD}/personas").json["personas"]
    (jai,) = (person for person in people if person["name"] == "Jai")
    login = {"username": jai["username"], "password": jai["password"]}
    token = wire.ask("auth_service", "POST", "/auth/login", login, world=WORLD).json["token"]
    return {
        "orchestrator": ("Authorization", f"Bearer {token}"),
        "tsg": ("X-API-Key", keys["SANDBOX_TSG_API_KEY"]),
        "auth_service": ("X-API-Key", keys["SANDBOX_AUTH_SERVICE_API_KEY"]),
    }
