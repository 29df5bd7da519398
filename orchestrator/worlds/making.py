"""Worlds made and unmade in every service, all or nothing."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from orchestrator import fleet, outside
from orchestrator.views import MadeWorld
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
from simulators.kit.settings import SERVICES
from simulators.kit.work import Service
from simulators.kit.worlds import world_id

if TYPE_CHECKING:
    from orchestrator import tables
else:
    tables = lazy("orchestrator.tables")

ORDER = ("cbs", "cymmetri", "auth_service", "tsg", "mailroom", "handset")
"""The services in the order their parts are put: a handset asks the TSG for its emCert."""

TELLING = ("cymmetri", "auth_service", "tsg", "handset")
"""The services that tell what has become of people."""

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
    """Make a world in every service of the sandbox; where one refuses its part, the world is nowhere.

    This service's own part comes last, so that a world that is listed is whole. Raises SandboxRefusal, too, when the
    scenario wants something of a real system (``outside-the-sandbox``, 409).
    """
    here = fleet.reached(service, afresh=True)
    _check_reach(service, scenario, here)
    population = expand(scenario)
    parts = deal(scenario, population)
    try:
        for name in _in_order(here):
            reply = fleet.ask(service, name, "PUT", f"/worlds/{world}", parts[name])
            if name == "handset":
                _enrol(service, world, population, reply.body.get("people", {}), here)
        own = control.make_world(service, parts[fleet.OWN], world)
        with service.store.transaction(world) as tx:
            tx.upsert(tables.scenarios, ScenarioRow(scenario.name, population))
    except BaseException:
        _unmake_quietly(service, world)
        raise
    beyond = [name for name in SERVICES if name not in here]
    return Answer(MadeWorld(**msgspec.structs.asdict(own.body), outside=beyond), own.status)


def unmake(service: Service, world: str) -> None:
    """Forget a world in every service, this one last."""
    world_id(world)
    for name in _in_order(fleet.reached(service)):
        fleet.ask(service, name, "DELETE", f"/worlds/{world}")
    control.forget_world(service, world)


def everyone(service: Service, world: str) -> Personas:
    """Return everyone in a world as they are now."""
    service.worlds.find(world_id(world))
    with service.store.transaction(world) as tx:
        row = tx.get(tables.scenarios, ScenarioRow)
    if row is None:
        return Personas([])
    here = fleet.reached(service)
    told = [fleet.ask(service, name, "GET", f"/worlds/{world}/people").body for name in TELLING if name in here]
    wanted = ("accounts", "devices", "subjects", "handsets")
    return personas(row.expansion.people, facts(*[{k: v for k, v in body.items() if k in wanted} for body in told]))


def _check_reach(service: Service, scenario: Scenario, here: Collection[str]) -> None:
    """Refuse policies and faults for what is outside: they would stay without effect."""
    for name in scenario.policies:
        if name not in here:
            raise outside.refusal(service, name, f"policies.{name}")
    for number, fault in enumerate(scenario.faults):
        if fault["service"] not in here:
            raise outside.refusal(service, fault["service"], f"faults[{number}].service")


def _in_order(here: Collection[str]) -> list[str]:
    return [name for name in ORDER if name in here]


def _enrol(service: Service, world: str, population: Population, made: dict[str, Any], here: Collection[str]) -> None:
    wanted = enrolment(population.people, made or {"handsets": []})
    if wanted.subjects and "tsg" in here:
        fleet.ask(service, "tsg", "POST", f"/worlds/{world}/subjects", {"subjects": wanted.subjects})
    for device in wanted.devices if "auth_service" in here else []:
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
