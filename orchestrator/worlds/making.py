"""Worlds made and unmade in every service, all or nothing."""

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from orchestrator import fleet
from orchestrator.worlds import library
from orchestrator.worlds.parts import deal, enrolment
from orchestrator.worlds.people import Population, expand
from orchestrator.worlds.personas import Personas, facts, personas
from orchestrator.worlds.reading import of_data
from orchestrator.worlds.scenario import Scenario
from simulators.kit import control
from simulators.kit.api import Answer
from simulators.kit.errors import SandboxRefusal
from simulators.kit.lazy import lazy
from simulators.kit.work import Service
from simulators.kit.worlds import world_id

if TYPE_CHECKING:
    from orchestrator import tables
else:
    tables = lazy("orchestrator.tables")

ORDER = ("cbs", "cymmetri", "auth_service", "tsg", "mailroom", "handset")
"""The services in the order their parts are put: a handset asks the TSG for its emCert."""

UNNAMED = "unnamed"


class ScenarioRow(Struct):
    name: str
    expansion: Population


def scenario_of(body: Any) -> Scenario:
    """Return the scenario that a request names or brings along.

    ``{"scenario": NAME}`` may bring a ``seed`` of its own; anything else is a whole scenario, unnamed if it likes.
    Raises SandboxRefusal (``unknown-scenario``, ``bad-scenario``).
    """
    if body is None:
        body = {}
    if not isinstance(body, dict):
        raise SandboxRefusal("bad-scenario", 400, 'Send {"scenario": NAME} or a whole scenario as an object.')
    if "scenario" not in body:
        return of_data({"name": UNNAMED, **body})
    name, others = body["scenario"], {key: value for key, value in body.items() if key not in ("scenario", "seed")}
    if not isinstance(name, str) or others:
        words = f'Beside "scenario", a name, only "seed" can be given, not {", ".join(others) or type(name).__name__}.'
        raise SandboxRefusal("bad-scenario", 400, words, field="scenario")
    scenario = library.load(name)
    seed = of_data({"seed": body.get("seed")}).seed
    return scenario if seed is None else msgspec.structs.replace(scenario, seed=seed)


def make(service: Service, world: str, scenario: Scenario) -> Answer:
    """Make a world in every service; where one refuses its part, the world is nowhere.

    This service's own part comes last, so that a world that is listed is whole.
    """
    population = expand(scenario)
    parts = deal(scenario, population)
    try:
        for name in ORDER:
            reply = fleet.ask(service, name, "PUT", f"/worlds/{world}", parts[name])
            if name == "handset":
                _enrol(service, world, population, reply.body.get("people", {}))
        own = control.make_world(service, parts[fleet.OWN], world)
        with service.store.transaction(world) as tx:
            tx.upsert(tables.scenarios, ScenarioRow(scenario.name, population))
    except BaseException:
        _unmake_quietly(service, world)
        raise
    return own


def unmake(service: Service, world: str) -> None:
    """Forget a world in every service, this one last."""
    world_id(world)
    for name in ORDER:
        fleet.ask(service, name, "DELETE", f"/worlds/{world}")
    control.forget_world(service, world)


def everyone(service: Service, world: str) -> Personas:
    """Return everyone in a world as they are now."""
    service.worlds.find(world_id(world))
    with service.store.transaction(world) as tx:
        row = tx.get(tables.scenarios, ScenarioRow)
    if row is None:
        return Personas([])
    told = [fleet.ask(service, name, "GET", f"/worlds/{world}/people").body
            for name in ("cymmetri", "auth_service", "tsg", "handset")]  # fmt: skip
    wanted = ("accounts", "devices", "subjects", "handsets")
    return personas(row.expansion.people, facts(*[{k: v for k, v in body.items() if k in wanted} for body in told]))


def _enrol(service: Service, world: str, population: Population, made: dict[str, Any]) -> None:
    wanted = enrolment(population.people, made or {"handsets": []})
    if wanted.subjects:
        fleet.ask(service, "tsg", "POST", f"/worlds/{world}/subjects", {"subjects": wanted.subjects})
    for device in wanted.devices:
        fleet.add_device(service, world, device["username"], device["emCertID"])


def _unmake_quietly(service: Service, world: str) -> None:
    for name in ORDER:
        try:
            fleet.ask(service, name, "DELETE", f"/worlds/{world}")
        except SandboxRefusal:
            continue
    try:
        control.forget_world(service, world)
    except SandboxRefusal:
        return
