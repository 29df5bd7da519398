"""A tester, who uses the sandbox itself: sets its clock, breaks requests, and looks into its journal and mailboxes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from registration_sandbox.drivers.channel import PLACES
from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.drivers.vocabulary import Page, PhoneStatus
from registration_sandbox.drivers.wire import Reply, Wire
from simulators.kit.clock import monotonic
from simulators.kit.journal import MOST_EXCHANGES, Exchange, Exchanges
from steps.observers.journals import Request
from steps.support.bank import Bank
from steps.support.circumstances import REQUESTS

MANY = 20
"""So many requests that chance strikes alike in two worlds only where it is the same."""

STATUSES = {page: status for status, page in PLACES.items()}
"""The middleware's status of a registration by the page that it shows."""

CHANCES: Mapping[str, dict[str, Any]] = {
    "the world's own chance": {"probability": 0.5},
    "a chance that the tester has given": {"probability": 0.5, "seed": 7},
    "a chance of nought, given by a tester": {"probability": 0.5, "seed": 0},
}
SEEDS = {"the same seed": 0, "another seed": 1}
"""What is added to a world's seed for the other world."""

NAMINGS: Mapping[str, tuple[str, str]] = {
    "in its baggage": ("", "sandbox.world={world}"),
    "in its baggage among other things": ("", "user=17, sandbox.world={world} ,size=2"),
    "in its baggage with a remark after it": ("", "sandbox.world={world};owner=web"),
    "in the address": ("/w/{world}", ""),
    "in the address, and another one in its baggage": ("/w/{world}", "sandbox.world=a-world-that-is-not-there"),
}
"""How a client says which world it means: before the path, and as baggage."""

PASSWORD_SLIPS: Mapping[str, Callable[[str], tuple[dict[str, str], dict[str, str]]]] = {
    "in a field written with a dash": lambda password: ({"pass-word": password}, {}),
    "in a field written in capitals": lambda password: ({"PASS_WORD": password}, {}),
    "as the whole of its authorization": lambda password: ({}, {"Authorization": password}),
    "behind the name of a scheme": lambda password: ({}, {"Authorization": f"Basic {password}"}),
}
"""Fields and headers in which a client sends a password that belongs elsewhere."""

SLIPS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "as a number instead of a text": lambda number: {"cif": int(number)},
    "as the name of a field": lambda number: {number: "the card"},
    "in the middle of a sentence": lambda number: {"cif": f"the card {number}, please"},
}
"""What a client asks core banking that sends a card number where or how none belongs."""


@dataclass(frozen=True)
class KeptWorld:
    """A snapshot of a world, and the world's time then, where its clock stood still."""

    snapshot: str
    now: datetime | None


@dataclass(frozen=True)
class Tester:
    """A tester of one world."""

    bank: Bank

    def move_clock(self, **change: Any) -> None:
        """Change the clock in every system. Raises NotTried where the system under test has one that is not told."""
        if self.bank.system.is_external:
            raise NotTried(f"{self.bank.system.name} is not told when a tester moves the clock")
        self.bank.move_clock(change)

    def keep_world(self) -> KeptWorld:
        """Keep the world as it is. Raises NotTried where the system under test cannot go back with it."""
        if self.bank.system.is_external:
            raise NotTried(f"{self.bank.system.name} does not go back to an earlier moment")
        self.bank.open()
        self.bank.settle_all()
        kept = self.bank.wire.control("POST", f"/worlds/{self.bank.id}/snapshots")
        return KeptWorld(kept.body["id"], self.bank.clock.shown())

    def go_back(self, kept: KeptWorld) -> None:
        """Make the world what it was, its time included."""
        self.bank.settle_all()
        self.bank.wire.control("POST", f"/worlds/{self.bank.id}/restore", {"snapshot": kept.snapshot})
        self.bank.clock.go_back(kept.now)

    def take_back(self, request: Request) -> None:
        """Remove what makes a request fail, and nothing else."""
        place = f"/worlds/{self.bank.id}/faults"
        for fault in self.bank.wire.control("GET", place).body["faults"]:
            if (fault["service"], fault["path"]) == (request.service, request.path):
                self.bank.wire.control("DELETE", f"{place}/{fault['id']}")

    def has_broken_something(self) -> bool:
        """Tell whether any fault of the world has hit a request, which may still wait for its answer."""
        faults = self.bank.wire.control("GET", f"/worlds/{self.bank.id}/faults").body["faults"]
        return any(fault["fired"] for fault in faults)

    def strike_by_chance(self, chance: dict[str, Any]) -> list[int]:
        """Have requests fail by chance, and return the status of each answer."""
        self.bank.open()
        search = REQUESTS["core banking about a customer"]
        self.bank.harm({"service": search.service, "path": search.path, "effect": {"status": 503}, **chance})
        return [self.bank.wire.ask("cbs", "POST", search.path, {"cif": "1"}).status for _ in range(MANY)]

    def strike_in_core_banking(self, seed: int) -> list[int]:
        """Make a world in core banking alone, have requests fail there by its chance, and return their statuses."""
        name = f"{self.bank.id}-alone"
        search = REQUESTS["core banking about a customer"]
        fault = {"path": search.path, "effect": {"status": 503}, "probability": 0.5}
        there = Wire(self.bank.line, name)
        there.control("PUT", f"/worlds/{name}", {"seed": seed, "faults": [fault]}, service="cbs")
        try:
            return [there.ask("cbs", "POST", search.path, {"cif": "1"}).status for _ in range(MANY)]
        finally:
            there.control("DELETE", f"/worlds/{name}", service="cbs")

    def try_name(self, name: str) -> Reply:
        """Make a world of a name, and take it away again; return what was answered."""
        wire = Wire(self.bank.line, None)
        reply = wire.ask("cbs", "PUT", f"/_sandbox/worlds/{name}", {}, token=self.bank.line.admin_token)
        if not reply.refused:
            wire.control("DELETE", f"/worlds/{name}", service="cbs")
        return reply

    def read_journal(self, **wanted: Any) -> list[Exchange]:
        """Return what the journal shows of what is wanted, as ``GET …/journal`` takes it."""
        params = {"limit": MOST_EXCHANGES, **wanted}
        raw = self.bank.wire.control("GET", f"/worlds/{self.bank.id}/journal", params=params).raw
        return msgspec.json.decode(raw, type=Exchanges).exchanges

    def read_journal_of(self, service: str, page: int) -> list[list[str]]:
        """Return the ids of what one service's own journal shows, page by page, the latest page first."""
        pages: list[list[str]] = []
        before: int | None = None
        while True:
            params = {"limit": page, **({"before": before} if before else {})}
            told = self.bank.wire.control("GET", f"/worlds/{self.bank.id}/journal", service=service, params=params)
            shown = msgspec.json.decode(told.raw, type=Exchanges)
            pages.append([each.id for each in shown.exchanges])
            before = shown.before
            if before is None:
                return pages

    def find_messages(self, address: str, since: str | None = None) -> list[str]:
        """Return the ids of the messages to an address, newest first, perhaps only those that came after another."""
        return [message["id"] for message in self.list_messages(address, since)]

    def list_messages(self, address: str, since: str | None = None) -> list[dict[str, Any]]:
        """Return the messages to an address, newest first; ``since`` is a message's id, or an instant."""
        return self.query_messages(to=address, since=since)

    def query_messages(self, **query: str | None) -> list[dict[str, Any]]:
        """Return the messages that a query finds, newest first."""
        found: list[dict[str, Any]] = self.bank.wire.ask("mailroom", "GET", "/messages", params=query).body["messages"]
        return found

    def query_messages_untraced(self, **query: str | None) -> list[dict[str, Any]]:
        """Return the messages that a query finds which stands in no journal, newest first."""
        told = self.bank.wire.control("GET", f"/worlds/{self.bank.id}/messages", service="mailroom", params=query)
        found: list[dict[str, Any]] = told.body["messages"]
        return found

    def read_inbox(self) -> list[dict[str, Any]]:
        """Return what the page of the mailroom shows: every message of the world, and whose it is."""
        found: list[dict[str, Any]] = self.bank.wire.ask("mailroom", "GET", "/inbox/messages").body["messages"]
        return found

    def wait_for_registration(self, page: Page, at_most: timedelta) -> tuple[timedelta, Page | PhoneStatus]:
        """Wait until the latest registration shows a page; return the real time it took, and the page then."""
        latest = self.list_registrations()[0]["registration"]["id"]
        wanted = {"wait_for": STATUSES[page], "timeout": at_most.total_seconds()}
        began = monotonic()
        reply = self.bank.wire.ask("orchestrator", "GET", f"/registrations/{latest}", params=wanted)
        assert not reply.refused, f"the client is answered {reply}"
        return timedelta(seconds=monotonic() - began), PLACES[reply.body["status"]]

    def list_registrations(self) -> list[dict[str, Any]]:
        """Return every registration of the world with its owner, newest first. Raises NotTried of a stranger's."""
        self.bank.settle()
        return self._show_registrations()

    def find_status_of(self, name: str) -> str:
        """Return the status of a person's latest registration as it is, whatever is due. Raises NotTried as above."""
        username = self.bank.person(name).username
        return next(
            str(each["registration"]["status"]) for each in self._show_registrations() if each["owner"] == username
        )

    def try_to_advance(self, duration: str) -> Reply:
        """Move the world's clock by an ISO 8601 duration, which may be refused."""
        path = f"/_sandbox/worlds/{self.bank.id}/clock"
        return self.bank.wire.ask("control_plane", "POST", path, {"advance": duration})

    def list_phones(self) -> dict[str, bool]:
        """Return of each phone of the world, by its emCertID, whether it is shown as registered."""
        phones = self.bank.wire.ask("handset", "GET", "/handsets").body["handsets"]
        return {each["emCertID"]: each["registered"] for each in phones}

    def _show_registrations(self) -> list[dict[str, Any]]:
        if self.bank.system.is_middleware:
            raise NotTried(f"{self.bank.system.name} shows a tester no registrations")
        self.bank.open()
        place = f"/worlds/{self.bank.id}/registrations"
        listed: list[dict[str, Any]] = self.bank.wire.control("GET", place).body["registrations"]
        return listed
