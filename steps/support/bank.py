"""The bank of one scenario: a world of its own, made when the first person acts in it."""

from collections.abc import Callable, Mapping
from copy import copy
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

import msgspec

from registration_sandbox.drivers.catalogue import DriverClass
from registration_sandbox.drivers.people import Person
from registration_sandbox.drivers.protocols import Acting, NotTried
from registration_sandbox.drivers.seen import Seen
from registration_sandbox.drivers.surroundings import Surroundings
from registration_sandbox.drivers.wire import Line, Reply, Wire
from registration_sandbox.gate.system import System
from simulators.kit.journal import MOST_EXCHANGES, Exchange, Exchanges
from simulators.kit.policies import lay_over
from steps.support.acting import Acts
from steps.support.naming import stable_seed, world_for
from steps.support.rules import Rules
from steps.support.system_clock import SystemClock, wait_until_quiet

Actor = TypeVar("Actor")


class Bank:
    """A world: planned by the Givens, opened lazily, asked for what happened in it, and closed."""

    def __init__(
        self,
        line: Line,
        title: str,
        seed: int,
        system: System,
        driver: DriverClass,
        policies_of_run: Mapping[str, Any],
    ) -> None:
        self.system = system
        self.id = world_for(title) if system.carries_worlds else "default"
        self.seed = stable_seed(title, seed)
        self.clock = SystemClock(system)
        self.line = line
        self.wire = Wire(line, self.id if system.carries_worlds else None, self.clock.shown)
        self.opened = False
        self.seen: dict[str, Seen] = {}
        self.seen_before: dict[str, Seen] = {}
        self.sign_ups: list[str] = []
        self.brought: list[Reply] = []
        self.rules = Rules(system, policies_of_run)
        self._driver = driver
        self._stirred = False
        self._patience = timedelta()
        self._personas: dict[str, dict[str, Any]] = {}
        self._people: dict[str, Person] = {}
        self._beginnings: list[Callable[[], None]] = []
        self._actors: dict[tuple[object, str], Any] = {}

    def note(self, name: str, seen: Seen) -> Seen:
        """Remember what a person saw last, by whatever channel, and what before that."""
        if name in self.seen:
            self.seen_before[name] = self.seen[name]
        self.seen[name] = seen
        return seen

    def expect(self, name: str, persona: dict[str, Any]) -> None:
        """Plan a person; a second word about the same person adds to the first."""
        assert not self.opened, f"{name} comes too late: somebody has already acted"
        self._personas[name] = lay_over(self._personas.get(name, {"name": name}), persona)

    def rule(self, policies: dict[str, Any]) -> None:
        """Plan policies, by service. Raises NotTried where the system under test has another rule of its own."""
        assert not self.opened, "the bank's rules must stand before somebody acts"
        self.rules.settle(policies)

    def choose_chance(self, seed: int) -> None:
        """Plan the seed from which all chance of the world comes."""
        assert not self.opened, "chance is chosen before somebody acts"
        self.seed = seed

    def change_rule(self, policies: dict[str, Any]) -> None:
        """Change policies of the world that is there. Raises NotTried as ``rule`` does."""
        self.open()
        self._of_world("PATCH", "policies", {"policies": self.rules.change(policies)})
        self.wire.cymmetri = self.rules.find_translator()

    def twin(self) -> "Bank":
        """Return another world of the same people, rules and chance. Raises NotTried where there can be only one."""
        if not self.system.carries_worlds:
            raise NotTried(f"{self.system.name} carries no worlds on: there is only one")
        twin = copy(self)
        twin.id, twin.opened = f"{self.id}-twin", False
        twin.clock = SystemClock(self.system)
        twin.wire = Wire(self.line, twin.id, twin.clock.shown)
        twin._people, twin._actors = {}, {}
        return twin

    def when_open(self, beginning: Callable[[], None]) -> None:
        """Plan something that happens as soon as everybody is there."""
        self._beginnings.append(beginning)

    def person(self, name: str) -> Person:
        """Return a person of the world, which is opened if it was not yet."""
        self.open()
        return self._people[name]

    def everybody(self) -> list[Person]:
        return list(self._people.values())

    def acts(self, name: str) -> Acting:
        """Return what a person does on the system under test, the same throughout the scenario."""
        return cast(Acting, self.actor(_acts, name))

    def actor(self, kind: Callable[["Bank", Person], Actor], name: str) -> Actor:
        """Return what a person acts with (a visit, a mailbox), the same throughout the scenario."""
        person = self.person(name)
        key = (kind, name)
        if key not in self._actors:
            self._actors[key] = kind(self, person)
        found: Actor = self._actors[key]
        return found

    def drive(self, person: Person) -> Acting:
        """Return a new driver for a person."""
        return self._driver(person, Surroundings(self.system.url, self.id, self.wire))

    def open(self) -> None:
        if self.opened:
            return
        self.opened = True
        world = {
            "name": "inline",
            "seed": self.seed,
            "clock": self.clock.scenario(),
            "policies": self.rules.for_world(),
            "personas": list(self._personas.values()),
        }
        self.wire.control("PUT", f"/worlds/{self.id}", world)
        self.clock.start(self.wire)
        self.wire.cymmetri = self.rules.find_translator()
        for known in self._of_world("GET", "personas").body["personas"]:
            self._people[known["name"]] = Person.of(known)
        for beginning in self._beginnings:
            beginning()

    def reopen(self) -> None:
        """Make the world again, under the same name. Raises NotTried where there can be only one."""
        if not self.system.carries_worlds:
            raise NotTried(f"{self.system.name} carries no worlds on: its world is not replaced")
        self.settle()
        self.opened = False
        self.open()

    def close(self) -> None:
        for actor in self._actors.values():
            if isinstance(actor, Acts):
                actor.close()
        if self.opened and self.system.carries_worlds:
            self._of_world("DELETE", "")

    def persona(self, name: str) -> dict[str, Any]:
        """Return a person as the control plane describes them now."""
        personas = self._of_world("GET", "personas").body["personas"]
        return cast(dict[str, Any], next(each for each in personas if each["name"] == name))

    def change_person(self, name: str, changed: dict[str, Any]) -> dict[str, Any]:
        """Change what the bank holds of a person; return the person as they are then."""
        return self._of_world("PATCH", f"people/{name}", changed).body

    def admit(self, customer: dict[str, Any]) -> None:
        """Have core banking hold a customer, in place of one with the same customer number."""
        self._of_world("POST", "customers", {"customers": [customer]}, service="cbs")

    def list_customers(self) -> list[dict[str, Any]]:
        """Return the customers as core banking holds them."""
        return cast(list[dict[str, Any]], self._of_world("GET", "people", service="cbs").body["customers"])

    def change_customer(self, cif: str, changed: dict[str, Any]) -> None:
        """Have core banking alone change a customer; what is not named stays."""
        self._of_world("PATCH", f"customers/{cif}", changed, service="cbs")

    def list_pushes(self) -> list[dict[str, Any]]:
        """Return the world's pushes as TSG's back office lists them."""
        return cast(list[dict[str, Any]], self._of_world("GET", "pushes", service="tsg").body["pushes"])

    def resend_first_push(self) -> None:
        """Have TSG send its first push of the world again, as its back office can."""
        first = self.list_pushes()[0]["id"]
        self._of_world("POST", f"pushes/{first}/resend", service="tsg")
        self.stir()

    def mend(self) -> None:
        """End everything that was made to go wrong."""
        self._of_world("DELETE", "faults")

    def harm(self, fault: dict[str, Any]) -> None:
        """Make something go wrong from now on, once what follows from earlier acts is done.

        Raises NotTried where that is the system under test.
        """
        self.open()
        self.settle()
        if fault["service"] == self.system.replaces:
            raise NotTried(f"{self.system.name} is nobody's to break: it is no fake")
        self._of_world("POST", "faults", fault)

    def stir(self) -> None:
        """Note that something was done from which more may follow by itself: a push, a notification."""
        self._stirred = True

    def stir_by_phone(self) -> None:
        """Note that a phone may have completed a sign-up: where the bank polls, it learns of that a little later."""
        self._patience = self.rules.find_poll_interval()
        self.stir()

    def settle(self) -> None:
        """Have everything done that follows from what was done so far; while a system is down, leave that for later."""
        if self._stirred and not self.wire.down:
            patience, self._patience = self._patience, timedelta()
            self.pass_time(patience)
            if self.system.is_external:
                wait_until_quiet(lambda: len(self._journal({})))

    def settle_all(self) -> None:
        """Have everything done that follows from what anybody did, whether that was noted or not."""
        self.stir()
        self.settle()

    def pass_time(self, duration: timedelta) -> None:
        """Let time pass; what falls due on the way is done before this returns.

        Raises NotTried where the system under test has a clock that nobody can move.
        """
        self.open()
        self._stirred = False
        for step in self.clock.steps(duration, self.wire):
            self._of_world("POST", "clock", {"advance": msgspec.to_builtins(step)})

    def move_clock(self, change: Mapping[str, Any]) -> None:
        """Change the clock in every system; what falls due by setting it is done before this returns."""
        self.open()
        self._stirred = self._stirred and "set" not in change
        self._of_world("POST", "clock", dict(change))

    def pass_time_until(self, instant: datetime) -> None:
        """Let time pass until an instant of the world. Raises NotTried as ``pass_time`` does."""
        self.open()
        self.pass_time(instant - (self.clock.shown() or instant))

    def exchanges(self, service: str = "", method: str = "", path: str = "") -> list[Exchange]:
        """Return what was said between the systems, oldest first; ``path`` is a glob."""
        self.settle()
        wanted = {name: value for name, value in (("service", service), ("path", path)) if value}
        return [exchange for exchange in self._journal(wanted) if method in ("", exchange.method)]

    def branches_taken(self) -> set[str]:
        self.settle()
        return set(self._of_world("GET", "coverage").body["branches"]) if self.opened else set()

    def evidence(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the whole journal of the world and its registrations, as the control plane tells them."""
        if not self.opened:
            return {}, {}
        self.settle()
        journal = self._of_world("GET", "journal", params={"limit": MOST_EXCHANGES}).body
        return journal, self._of_world("GET", "registrations").body if not self.system.is_middleware else {}

    def _journal(self, wanted: dict[str, str]) -> list[Exchange]:
        params = {"limit": MOST_EXCHANGES, **wanted}
        raw = self._of_world("GET", "journal", params=params).raw
        return msgspec.json.decode(raw, type=Exchanges).exchanges

    def _of_world(self, method: str, what: str, body: Any = None, **more: Any) -> Reply:
        return self.wire.control(method, f"/worlds/{self.id}/{what}".rstrip("/"), body, **more)


def _acts(bank: Bank, person: Person) -> Acts:
    return Acts(bank.drive(person), lambda seen: bank.note(person.name, seen))
