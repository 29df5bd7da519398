"""Names that only a running sandbox, or the flows' declaration, knows: completed while typed, found when given."""

from collections.abc import Callable, Iterable
from typing import Any

import click

from registration_sandbox.cli.connection import MOST_EXCHANGES, Connection, Refused
from registration_sandbox.cli.groups import did_you_mean

URL, WORLD, JSON = "sandbox_url", "sandbox_world", "sandbox_json"
"""Under these names a context keeps what ``asking`` was given."""

LAST = "last"
"""Stands for the newest of what a command is about."""

MOVED = "registration.moved"
"""The rule under which the journal keeps what an exchange did to a registration."""

PATIENCE = 0.4
"""Seconds that a completion waits for the sandbox, before the person who types has gone on."""

Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def list_worlds(sandbox: Connection) -> list[str]:
    return [str(world["world"]) for world in sandbox.ask("GET", "/_sandbox/worlds")["worlds"]]


def list_scenarios(sandbox: Connection) -> list[str]:
    return [str(scenario["name"]) for scenario in sandbox.ask("GET", "/_sandbox/scenarios")["scenarios"]]


def list_personas(sandbox: Connection) -> list[str]:
    return [str(person["name"]) for person in sandbox.control("GET", "/personas")["personas"]]


def list_faults(sandbox: Connection) -> list[str]:
    """Return the faults' ids, one that is everywhere but once."""
    return list(dict.fromkeys(str(fault["id"]) for fault in sandbox.control("GET", "/faults")["faults"]))


def list_pushes(sandbox: Connection) -> list[str]:
    """Return the ids of the TSG's pushes, oldest first."""
    return [str(push["id"]) for push in sandbox.control("GET", "/pushes")["pushes"]]


def push(sandbox: Connection, beginning: str) -> str:
    """Return the id of the push that is meant, ``last`` being the newest. Raises Refused."""
    known = list_pushes(sandbox)
    found = [id for id in known if id.startswith(beginning)] if beginning != LAST else known[-1:]
    if len(found) == 1:
        return found[0]
    few = f"{len(found)} pushes begin with {beginning!r}: {', '.join(found[:5])}. Give more of the id."
    raise Refused(
        409 if found else 404,
        {"detail": few if found else f"There is no push {beginning!r} in the world {sandbox.world}."},
    )


def policies_of(sandbox: Connection) -> dict[str, Any]:
    """Return the policies of the world by service, as they are in force."""
    return dict(sandbox.control("GET", "/policies")["policies"])


def list_policies(sandbox: Connection) -> list[str]:
    """Return the policies' dotted names."""
    from registration_sandbox.worlds.policy_names import flatten

    return [name for name, _ in flatten(policies_of(sandbox))]


def list_registrations(sandbox: Connection) -> list[str]:
    """Return the registrations' ids, newest first."""
    found = sandbox.control("GET", "/registrations")["registrations"]
    return [str(each["registration"]["id"]) for each in found]


def list_decisions(sandbox: Connection) -> list[str]:
    """Return what ``why`` can be asked about: the last decision, and each branch that was taken."""
    return [LAST, *sandbox.control("GET", "/coverage")["branches"]]


def registration(sandbox: Connection, beginning: str) -> str:
    """Return the id of the registration that is meant, ``last`` being the newest. Raises Refused."""
    known = list_registrations(sandbox)
    found = [id for id in known if id.startswith(beginning.lower())] if beginning != LAST else _list_begun(sandbox)[-1:]
    if len(found) == 1:
        return found[0]
    few = f"{len(found)} registrations begin with {beginning!r}: {', '.join(found[:5])}. Give more of the id."
    none = f"There is no registration {beginning!r} in the world {sandbox.world}: "
    told = f"its newest are {', '.join(known[:5])}." if known else "nobody has begun one."
    raise Refused(409 if found else 404, {"detail": few if found else none + told})


def _list_begun(sandbox: Connection) -> list[str]:
    """Return the registrations in the order in which they were begun, which a clock that stands still does not tell."""
    journal = sandbox.control("GET", "/journal", service="orchestrator", limit=MOST_EXCHANGES)["exchanges"]
    moves = [each["facts"] for exchange in journal for each in exchange["decisions"] if each["rule"] == MOVED]
    return [str(move["registration"]) for move in moves if not move["before"]]


def persona(sandbox: Connection, name: str) -> dict[str, Any]:
    """Return a person of the world by name, in whatever letter case. Raises Refused, with one whose name is near."""
    people = sandbox.control("GET", "/personas")["personas"]
    for person in people:
        if person["name"].casefold() == name.casefold():
            return dict(person)
    known = [person["name"] for person in people]
    told = f"There are: {', '.join(known)}." if known else "Nobody is in it."
    words = f"There is no {name} in the world {sandbox.world}.{did_you_mean(name, known)} {told}"
    raise Refused(404, {"detail": words})


def _completing(known: Callable[[Connection], Iterable[str]]) -> Complete:
    """Return a completion that is silent when the sandbox is."""

    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        del parameter
        try:
            found = known(Connection(ctx.meta[URL], ctx.meta[WORLD], PATIENCE))
        except (click.ClickException, KeyError):
            return []
        return [name for name in found if name.casefold().startswith(incomplete.casefold())]

    return complete


def _complete_declared(what: Callable[[], Iterable[str]]) -> Complete:
    """Return a completion of what the flows declare; it asks no sandbox."""

    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        del ctx, parameter
        return [name for name in what() if name.casefold().startswith(incomplete.casefold())]

    return complete


def list_flows() -> list[str]:
    from orchestrator.flows import FLOWS

    return list(FLOWS)


def list_branches() -> list[str]:
    from orchestrator.flows.branches import branches

    return list(branches())


def list_declared_policies() -> tuple[str, ...]:
    from registration_sandbox.worlds.policy_names import list_names

    return list_names()


worlds = _completing(list_worlds)
scenarios = _completing(list_scenarios)
personas = _completing(list_personas)
faults = _completing(list_faults)
pushes = _completing(list_pushes)
policies = _completing(list_policies)
registrations = _completing(list_registrations)
decisions = _completing(list_decisions)
flows = _complete_declared(list_flows)
branches = _complete_declared(list_branches)
declared_policies = _complete_declared(list_declared_policies)
