"""What is attacked: a sandbox with a world in which people act, and one that the control plane may harm.

``SANDBOX_TORTURE_URL`` is the control plane of one that is up, such as a stack of containers; else one is started.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registration_sandbox.runtime.embedded import LOG_FILE, running_sandbox, urls_beside
from tests.contract.running.wire import Wire

WORLD, SCRATCH = "torture", "scratch"

UNMAKING = "(?i)deleteWorld$|takeover$"
"""The operations after which a world is no longer there."""

ENDLESS = "/_sandbox/events"

ADMIN_TOKEN = os.environ.get("SANDBOX_ADMIN_TOKEN")


@contextmanager
def attacked_sandbox(directory: Path) -> Iterator[Wire]:
    """Give a sandbox to attack. One that is started here must not have stumbled, whatever was asked of it."""
    there = os.environ.get("SANDBOX_TORTURE_URL")
    if there:
        yield _with_worlds(Wire(urls_beside(there), ADMIN_TOKEN))
        return
    with running_sandbox(directory) as running:
        yield _with_worlds(Wire(running.urls, ADMIN_TOKEN))
    assert "Traceback" not in (directory / LOG_FILE).read_text("utf-8")


def _with_worlds(wire: Wire) -> Wire:
    for world in (SCRATCH, WORLD):
        made = wire.ask("orchestrator", "PUT", f"/_sandbox/worlds/{world}", {"scenario": "default"})
        assert made.status in {200, 201}, made.text
    return wire


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
