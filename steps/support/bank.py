"""The bank of one scenario: a world of its own, made when the first person acts in it."""

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from steps.support.people import Person
from steps.support.talk import Answer, Line, Talk

OPENING = "2026-01-05T09:00:00Z"
"""When every scenario begins; its clock stands still until the scenario moves it."""

Actor = TypeVar("Actor")


class Bank:
    """A world: planned by the Givens, opened lazily, asked for what happened in it, and closed."""

    def __init__(self, line: Line, title: str, seed: int) -> None:
        self.id = _slug(title) + "-" + secrets.token_hex(4)
        self.seed = stable_seed(title, seed)
        self.talk = Talk(line, self.id)
        self.opened = False
        self.time_passed = timedelta()
        self._stirred = False
        self.told: dict[str, Answer] = {}
        self.policies: dict[str, Any] = {}
        self._personas: dict[str, dict[str, Any]] = {}
        self._people: dict[str, Person] = {}
        self._beginnings: list[Callable[[], None]] = []
        self._actors: dict[tuple[type, str], Any] = {}

    def tell(self, person: Person, answer: Answer) -> Answer:
        """Remember what a person was told last, by whatever channel."""
        self.told[person.name] = answer
        return answer

    def expect(self, name: str, persona: dict[str, Any]) -> None:
        """Plan a person; a second word about the same person adds to the first."""
        assert not self.opened, f"{name} comes too late: somebody has already acted"
        self._personas[name] = merged(self._personas.get(name, {"name": name}), persona)

    def rule(self, policies: dict[str, Any]) -> None:
        """Plan policies, by service."""
        assert not self.opened, "the bank's rules must stand before somebody acts"
        self.policies = merged(self.policies, policies)

    def when_open(self, beginning: Callable[[], None]) -> None:
        """Plan something that happens as soon as everybody is there."""
        self._beginnings.append(beginning)

    def person(self, name: str) -> Person:
        """Return a person of the world, which is opened if it was not yet."""
        self.open()
        return self._people[name]

    def actor(self, kind: Callable[["Bank", Person], Actor], name: str) -> Actor:
        """Return what a person acts with (web visit, mailbox, app), the same throughout the scenario."""
        self.open()
        key = (kind, name)
        if key not in self._actors:
            self._actors[key] = kind(self, self.person(name))  # type: ignore[index]
        found: Actor = self._actors[key]  # type: ignore[index]
        return found

    def open(self) -> None:
        if self.opened:
            return
        self.opened = True
        world = {
            "name": "inline",
            "seed": self.seed,
            "clock": {"set": OPENING, "frozen": True},
            "policies": self.policies,
            "personas": list(self._personas.values()),
        }
        self.talk.control("PUT", f"/worlds/{self.id}", world)
        for known in self._of_world("GET", "personas").body["personas"]:
            self._people[known["name"]] = Person.of(known)
        for beginning in self._beginnings:
            beginning()

    def close(self) -> None:
        if self.opened:
            self._of_world("DELETE", "")

    def harm(self, fault: dict[str, Any]) -> None:
        """Make something go wrong from now on."""
        self.open()
        self._of_world("POST", "faults", fault)

    def stir(self) -> None:
        """Note that something was done from which more may follow by itself: a push, a notification."""
        self._stirred = True

    def settle(self) -> None:
        """Have everything done that follows from what was done so far; while a system is down, leave that for later."""
        if self._stirred and not self.talk.down:
            self.pass_time(timedelta())

    def pass_time(self, duration: timedelta) -> None:
        """Let time pass; what falls due on the way is done before this returns."""
        self.open()
        self.time_passed += duration
        self._stirred = False
        self._of_world("POST", "clock", {"advance": f"PT{int(duration.total_seconds())}S"})

    def exchanges(self, service: str = "", method: str = "", path: str = "") -> list[dict[str, Any]]:
        """Return what was said between the systems, oldest first; ``path`` is a glob."""
        self.settle()
        wanted = {"service": service, "path": path}
        found = self._of_world("GET", "journal", params={k: v for k, v in wanted.items() if v}).body["exchanges"]
        return [exchange for exchange in found if method in ("", exchange["method"])]

    def branches_taken(self) -> set[str]:
        self.settle()
        return set(self._of_world("GET", "coverage").body["branches"]) if self.opened else set()

    def evidence(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the whole journal of the world and its registrations, as the control plane tells them."""
        if not self.opened:
            return {}, {}
        self.settle()
        journal = self._of_world("GET", "journal", params={"limit": 10_000}).body
        return journal, self._of_world("GET", "registrations").body

    def _of_world(self, method: str, what: str, body: Any = None, **more: Any) -> Answer:
        return self.talk.control(method, f"/worlds/{self.id}/{what}".rstrip("/"), body, **more)


def stable_seed(title: str, run: int) -> int:
    """Return the same seed for the same scenario in a run of the same seed, on every machine."""
    return int.from_bytes(hashlib.sha256(f"{run} {title}".encode()).digest()[:4], "big")


def merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return ``old`` with ``new`` laid over it, mappings within them too."""
    both = dict(old)
    for key, value in new.items():
        before = both.get(key)
        both[key] = merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return both


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40].strip("-") or "scenario"
