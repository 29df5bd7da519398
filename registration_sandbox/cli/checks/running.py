"""The sandbox at the URL: whether it is up, whole, of this version, and at the same time; and who has its ports."""

import http.client
import json
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import click

from registration_sandbox.cli.checks.findings import Finding
from registration_sandbox.cli.connection import Connection, Refused, open_connection
from registration_sandbox.runtime.embedded import urls_beside
from registration_sandbox.runtime.listening import LOOPBACKS, family_of
from registration_sandbox.runtime.settings import DEFAULT_BASE_PORT, url_variable
from registration_sandbox.runtime.values import HIGHEST_PORT, LONGEST_NUMBER, in_url
from simulators import __version__
from simulators.kit.clock import wall_now
from simulators.kit.numbers import read_number
from simulators.kit.services import CONTROL_PLANE, SERVICES
from simulators.kit.wire.addresses import is_loopback

ON_THE_BASE_PORT = ("orchestrator", CONTROL_PLANE.name)
"""Who tells the health of the base port: our middleware, or the control plane beside one from outside."""

PATIENCE = 2.0
LOCKED = 401
MOST_SKEW = 5.0
"""Seconds by which two machines' clocks may differ before tokens and pushes are felt to be late."""


@dataclass(frozen=True)
class Answerer:
    """Who answers at a URL: its service and version where it is a sandbox's, and what time it has."""

    service: str
    version: str
    date: datetime | None


def ask(url: str) -> Answerer | None:
    """Return who answers at a URL; None when nobody does."""
    with closing(open_connection(url, PATIENCE)) as connection:
        try:
            connection.request("GET", urlsplit(url).path + "/_sandbox/health")
            answer = connection.getresponse()
            told = json.loads(answer.read())
            date = answer.getheader("Date")
            return Answerer(told["service"], told["version"], parsedate_to_datetime(date) if date else None)
        except (ValueError, KeyError, TypeError, OverflowError, http.client.HTTPException):
            return Answerer("", "", None)
        except OSError:
            return None


def sandbox(sandbox: Connection) -> Iterator[Finding]:
    """Is a sandbox up, whole, of this version, and at this machine's time?"""
    urls = urls_beside(sandbox.url)
    found = {name: ask(url) for name, url in urls.items()}
    base = found[CONTROL_PLANE.name]
    if base is None:
        yield Finding("Sandbox", "warning", f"none is up at {sandbox.url}", "Start one with `sandbox up`.")
        return
    if base.service not in ON_THE_BASE_PORT:
        words = f"{base.service or 'something else'} answers at {sandbox.url}, where the control plane should"
        yield Finding("Sandbox", "problem", words, "Name the control plane's URL with --url or SANDBOX_URL.")
        return
    right = {name for name, answerer in found.items() if answerer and answerer.service == name}
    if right != set(SERVICES):
        missing = ", ".join(f"{name} ({urls[name]})" for name in SERVICES if name not in right)
        remedy = "A real system is no sandbox's service; of others, see what `sandbox up` says, and start it again."
        yield Finding("Sandbox", "problem", f"no health is told by {missing}", remedy)
    versions = {answerer.version for name, answerer in found.items() if answerer and name in right}
    if versions != {__version__}:
        words = f"it is of version {', '.join(sorted(versions))}, this command of {__version__}"
        yield Finding("Sandbox", "warning", words, "Stop it and start it again.")
    yield _worlds(sandbox)
    if base.date:
        yield _skew(abs((wall_now() - base.date).total_seconds()))


def ports(sandbox: Connection, environment: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Are the ports free that ``sandbox up`` would listen on, or is it the sandbox that has them?"""
    base = _base_port(sandbox.url, environment)
    last = base + len(SERVICES) - 1
    if last > HIGHEST_PORT:
        words = f"there are none: a port is at most {HIGHEST_PORT}"
        yield Finding(
            f"Ports {base} to {last}", "problem", words, f"Choose others, as by --base-port {DEFAULT_BASE_PORT}."
        )
        return
    wanted = {base + number: name for number, name in enumerate(SERVICES) if not environment.get(url_variable(name))}
    places = [(address, port) for port in wanted for address in LOOPBACKS if _is_taken(address, port)]
    answerers = [(port, ask(f"http://{in_url(address)}:{port}")) for address, port in places]
    taken = {port for port, _ in answerers}
    subject = f"Ports {base} to {last}"
    strangers = {
        f"{port} by {answerer.service if answerer and answerer.service else 'something that is no sandbox'}": None
        for port, answerer in answerers
        if answerer is None or answerer.service != wanted[port]
    }
    if strangers:
        remedy = f"Stop what has them, or choose others: sandbox up --base-port {base + 1000}."
        yield Finding(subject, "problem", f"taken: {', '.join(strangers)}", remedy)
    elif taken:
        yield Finding(subject, "ok", f"{len(taken)} taken by the sandbox that is up" if len(taken) < len(wanted)
                      else "taken by the sandbox that is up")  # fmt: skip
    else:
        yield Finding(subject, "ok", "free")


def _worlds(sandbox: Connection) -> Finding:
    try:
        count = len(sandbox.ask("GET", "/_sandbox/worlds")["worlds"])
    except click.ClickException as error:
        locked = isinstance(error, Refused) and error.status == LOCKED
        remedy = "Set SANDBOX_ADMIN_TOKEN to the sandbox's." if locked else "Stop it and start it again."
        return Finding("Sandbox", "problem", error.message.rstrip("."), remedy)
    return Finding("Sandbox", "ok", f"up at {sandbox.url}, with {count} world{'' if count == 1 else 's'}")


def _skew(seconds: float) -> Finding:
    if seconds <= MOST_SKEW:
        return Finding("Clock", "ok", "as the sandbox's")
    words = f"{seconds:.0f} s away from the sandbox's: what expires there seems early or late here"
    return Finding("Clock", "warning", words, "Have both machines set their clocks by NTP.")


def _base_port(url: str, environment: Mapping[str, str]) -> int:
    given = read_number(environment.get("SANDBOX_BASE_PORT", ""), LONGEST_NUMBER)
    if given is not None:
        return given
    parts = urlsplit(url)
    answerer = ask(url) if is_loopback(parts.hostname or "") else None
    is_here = answerer is not None and answerer.service == "orchestrator"
    return parts.port or DEFAULT_BASE_PORT if is_here else DEFAULT_BASE_PORT


def _is_taken(address: str, port: int) -> bool:
    try:
        with socket.socket(family_of(address)) as probe:
            probe.settimeout(PATIENCE)
            return probe.connect_ex((address, port)) == 0
    except OSError:  # a machine without IPv6
        return False
