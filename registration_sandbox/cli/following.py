"""A world followed as it lives: every exchange once, even if the connection is lost or the sandbox restarts."""

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import click

from registration_sandbox.cli.connection import MOST_EXCHANGES, Connection, NoSandbox, Refused
from simulators.kit.clock import pause

AGAIN = 0.3
"""Seconds between two tries to reach a sandbox that is gone."""

OVERLAP = 200
"""How many exchanges are looked at again on a new connection: one that took long is written after later ones."""

BEGINNING = "1970-01-02T00:00:00Z"
STARTING = 503

Exchange = dict[str, Any]


class Watch:
    """Watches a world from now on. ``recent`` are the exchanges that were there already, oldest first."""

    def __init__(self, sandbox: Connection) -> None:
        self._sandbox = sandbox
        self._ids: deque[str] = deque(maxlen=MOST_EXCHANGES)
        self._instants: deque[str] = deque(maxlen=OVERLAP)
        self.recent = self._new(self._journal(limit=1000))

    def later(self) -> Iterator[list[Exchange]]:
        """Yield later exchanges as they are written, and after each lost connection what was missed, if anything.

        Raises Refused when the world is gone.
        """
        while True:
            with suppress(NoSandbox):
                for name, data in self._sandbox.events(self._since()):
                    found = self._new([data] if name == "exchange" else [])
                    if found:
                        yield found
            yield self._new(self._read_missed())

    def _read_missed(self) -> list[Exchange]:
        """Return what came since the last look, as soon as the whole sandbox answers."""
        gone = False
        while True:
            pause(AGAIN)
            try:
                found = self._journal(since=self._since(), limit=MOST_EXCHANGES)
            except (NoSandbox, Refused) as error:
                if isinstance(error, Refused) and error.status != STARTING:
                    raise
                if not gone:
                    click.echo("The sandbox is gone; waiting for it to come back …", err=True)
                gone = True
                continue
            if gone:
                click.echo("The sandbox is back.", err=True)
            return found

    def _journal(self, **query: Any) -> list[Exchange]:
        return list(self._sandbox.control("GET", "/journal", **query)["exchanges"])

    def _since(self) -> str:
        return min(self._instants, default=BEGINNING)

    def _new(self, exchanges: list[Exchange]) -> list[Exchange]:
        """Return the exchanges that were not seen before, and remember them."""
        found = [exchange for exchange in exchanges if exchange["id"] not in self._ids]
        self._ids.extend(exchange["id"] for exchange in found)
        self._instants.extend(exchange["recorded_at"] for exchange in found)
        return found
