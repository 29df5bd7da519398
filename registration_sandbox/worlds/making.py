"""Worlds made and unmade in every service, all or nothing."""

import secrets
from collections.abc import Callable, Collection
from typing import Any, Protocol

import msgspec

from registration_sandbox.control_plane import external, fleet, tables
from registration_sandbox.control_plane.tables import ScenarioRow
from registration_sandbox.control_plane.views import MadeWorld
from registration_sandbox.worlds import everywhere, library, locks
from registration_sandbox.worlds.parts import deal, enrolment, own_part
from registration_sandbox.worlds.people import Population, expand
from registration_sandbox.worlds.personas import Personas, facts, personas
from registration_sandbox.worlds.reading import of_data
from registration_sandbox.worlds.scenario import Scenario
from simulators.kit.errors import SandboxRefusal
from simulators.kit.services import SERVICES, TABLE
from simulators.kit.store.transactions import Transaction
from simulators.kit.web import keeping
from simulators.kit.web.api import Answer
from simulators.kit.work import Service
from simulators.kit.world import World
from simulators.kit.world_names import world_id

UNNAMED = "unnamed"
OF_NAMED = ("scenario", "seed", "unmasked")
"""What a request may say that names a scenario."""

EXISTS = "world-exists"
"""The code of the refusal to make a world that must be new."""

HIDDEN = "hidden-"
"""Begins the name, which nobody can guess, of a world that is being made."""


class Keeper(Protocol):
    """Keeps a copy of a world that goes."""

    def read(self, world: str) -> None:
        """Read the world while nobody else can make or remove it. Raises SandboxRefusal: then it stays."""

    def write(self, tx: Transaction, successor: World | None) -> None:
        """Keep the copy, in the transaction with which the world goes; ``successor`` takes its place."""


def scenario_of(body: Any) -> Scenario:
    """Return the scenario that a request names or brings along.

    ``{"scenario": NAME}`` may bring a ``seed`` of its own, and ``unmasked``; anything else is a whole scenario, unnamed
    if it likes.
    Raises SandboxRefusal (``unknown-scenario``, ``bad-scenario``).
    """
    if body is None:
        body = {}
    if not isinstance(body, dict):
        raise SandboxRefusal("bad-scenario", 400, 'Send {"scenario": NAME} or a whole scenario as an object.')
    if "scenario" not in body:
        return of_data({"name": UNNAMED, **body})
    name, others = body["scenario"], {key: value for key, value in body.items() if key not in OF_NAMED}
    if not isinstance(name, str) or others:
        found = ", ".join(others) or type(name).__name__
        words = f'Beside "scenario", a name, only "seed" and "unmasked" can be given, not {found}.'
        raise SandboxRefusal("bad-scenario", 400, words, field="scenario")
    scenario = library.load(name)
    own = of_data({name: body[name] for name in OF_NAMED[1:] if name in body})
    seed = scenario.seed if own.seed is None else own.seed
    return msgspec.structs.replace(scenario, seed=seed, unmasked=own.unmasked or scenario.unmasked)


def make(
    service: Service, world: str, scenario: Scenario, *, only_new: bool = False, keeper: Keeper | None = None
) -> Answer:
    """Make a world in every service of the sandbox, or replace it; where one refuses its part, nothing has changed.

    ``keeper`` keeps a copy of a world that is replaced. Raises SandboxRefusal: ``bad-world`` for a name that no world
    can have, ``world-exists`` (412) when it must be new, ``outside-the-sandbox`` (409) when the scenario wants
    something of a real system, and what a service or the keeper refuses.
    """
    id = keeping.new_world_id(world)
    here = fleet.reachable(service, refresh=True)
    _check_reach(service, scenario, here)
    population = expand(scenario)
    parts = deal(scenario, population)

    def fill(place: str) -> None:
        for name in _in_order(here):
            reply = fleet.ask(service, name, "PUT", fleet.place(place), parts[name])
            if name == "handset":
                _enrol(service, place, population, reply.body.get("people", {}), here)

    def keep(tx: Transaction) -> World:
        tx.upsert(tables.scenarios, ScenarioRow(scenario.name, population))
        return service.worlds.add(tx, own_part(scenario, population))

    made, status = install(service, id, fill, keep, only_new=only_new, keeper=keeper)
    beyond = [name for name in SERVICES if name not in here]
    return Answer(present_made(made, beyond), status)


def present_made(world: World, outside: list[str]) -> MadeWorld:
    """Return a world that was made as the control plane tells of it."""
    return MadeWorld(
        world.id, world.label, world.clock.now(), world.clock.frozen, outside=outside, unmasked=world.unmasked
    )


def install(
    service: Service,
    world: str,
    fill: Callable[[str], None],
    keep: Callable[[Transaction], World],
    *,
    only_new: bool = False,
    keeper: Keeper | None = None,
) -> tuple[World, int]:
    """Put a world in place whose parts ``fill`` makes at a name that it is given; return it, and 201 or 200.

    ``keep`` writes what the control plane keeps of it: that is the instant from which on the world is another one.
    Before it nothing has changed, after it the services follow, even when this process dies. ``keeper`` keeps a copy of
    the world that was there. Raises SandboxRefusal (``world-exists``, 412) and what ``fill`` and ``keeper`` raise.
    """
    _refuse_existing(service, world, only_new)
    place = f"{HIDDEN}{secrets.token_hex(16)}"
    with locks.hold(service, world, "making", place) as lock:
        _refuse_existing(service, world, only_new)
        existed = service.worlds.exists(world)
        if keeper and existed:
            keeper.read(world)
        fill(place)
        with service.store.transaction(world) as tx:
            service.worlds.make_room(tx)
            made = keep(tx)
            if keeper and existed:
                keeper.write(tx, made)
            lock.mark(tx, "switching", place)
        everywhere.take_over(service, place, world)
    return made, 200 if existed else 201


def unmake(
    service: Service, world: str, *, keeper: Keeper | None = None, only_if: Callable[[], bool] = lambda: True
) -> bool:
    """Forget a world in every service; ``keeper`` keeps a copy of it. Return whether it was forgotten.

    ``only_if`` is asked while nobody else can make or replace the world: where it says no, the world stays.
    Raises SandboxRefusal when a service cannot be reached, which forgets the world later, and what ``keeper`` raises.
    """
    id = world_id(world)
    with locks.hold(service, id, despite_change=keeper is None) as lock:
        if not only_if():
            return False
        if keeper:
            keeper.read(id)
        with service.store.transaction(id) as tx:
            tx.forget()
            if keeper:
                keeper.write(tx, None)
            tx.run(tables.forget_snapshots, at=id)
            lock.mark(tx, "removing")
        everywhere.forget(service, id)
    return True


def _refuse_existing(service: Service, world: str, only_new: bool) -> None:
    if only_new and service.worlds.exists(world):
        raise SandboxRefusal(EXISTS, 412, f"There is a world {world!r} already.")


def everyone(service: Service, world: str) -> Personas:
    """Return everyone in a world as they are now."""
    service.worlds.find(world_id(world))
    with service.store.transaction(world) as tx:
        row = tx.get(tables.scenarios, ScenarioRow)
    if row is None:
        return Personas([])
    here = fleet.reachable(service)
    told = [fleet.ask(service, name, "GET", fleet.place(world, "people")).body for name in _who_tell_people(here)]
    wanted = ("accounts", "customers", "devices", "subjects", "handsets")
    return personas(row.expansion.people, facts(*[{k: v for k, v in body.items() if k in wanted} for body in told]))


def _check_reach(service: Service, scenario: Scenario, here: Collection[str]) -> None:
    """Refuse policies and faults for what is outside: they would stay without effect."""
    for name in scenario.policies:
        if name not in here:
            raise external.refusal(service, name, f"policies.{name}")
    for number, fault in enumerate(scenario.faults):
        if fault["service"] not in here:
            raise external.refusal(service, fault["service"], f"faults[{number}].service")


def _in_order(here: Collection[str]) -> list[str]:
    """Return the services in the order of the table: a handset comes last, and asks the TSG for its emCert."""
    return [name for name in SERVICES if name in here]


def _who_tell_people(here: Collection[str]) -> list[str]:
    return [spec.name for spec in TABLE if spec.tells_people and spec.name in here]


def _enrol(service: Service, world: str, population: Population, made: dict[str, Any], here: Collection[str]) -> None:
    wanted = enrolment(population.people, made or {"handsets": []})
    if wanted.subjects and "tsg" in here:
        fleet.ask(service, "tsg", "POST", fleet.place(world, "subjects"), {"subjects": wanted.subjects})
    for device in wanted.devices if "auth_service" in here else []:
        fleet.add_device(service, world, device["username"], device["emCertID"])
