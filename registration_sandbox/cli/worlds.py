"""``sandbox worlds``: list, make, keep, copy and delete worlds."""

import json
from pathlib import Path
from typing import Any

import click

from registration_sandbox.cli import names, snapshots, tables, words
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import Connection, Refused
from registration_sandbox.cli.groups import Group, did_you_mean

EPILOG = """\b
Examples:
  sandbox worlds
  sandbox worlds scenarios
  sandbox worlds load new-customer mine
  sandbox worlds load ./our-own-scenario.yaml mine --seed 7
  sandbox worlds load new-customer mine --unmasked    to read its journal with passwords, PINs and codes
  sandbox worlds snapshot mine                   then: sandbox worlds restore last mine
  sandbox worlds clone mine mine-too
  sandbox worlds delete mine
"""
FILE_ENDINGS = (".yaml", ".yml", ".json")
TITLES = {"World": "bold", "Scenario": "", "Its time (UTC)": "cyan", "Clock": "", "Age": "", "Journal": "bold red"}


@click.group("worlds", cls=Group, invoke_without_command=True, epilog=EPILOG)
@asking
def command(sandbox: Connection, as_json: bool) -> None:
    """List the worlds; make one from a scenario, keep and copy it as it is, delete some.

    A world is a universe of its own: people, policies, clock, faults, journal, mail. Name the one that a command is
    about with --world, or for all that follow with SANDBOX_WORLD.
    """
    if click.get_current_context().invoked_subcommand is None:
        _list(sandbox, as_json)


@command.command("list", epilog="Example: sandbox worlds list --json")
@asking
def list_command(sandbox: Connection, as_json: bool) -> None:
    """List the worlds, oldest first."""
    _list(sandbox, as_json)


@command.command("scenarios", epilog="Example: sandbox worlds scenarios")
@asking
def scenarios(sandbox: Connection, as_json: bool) -> None:
    """List the scenarios that a world can be made from."""
    found = sandbox.ask("GET", "/_sandbox/scenarios")
    if as_json:
        tables.as_json(found)
        return
    rows = [(each["name"], each["description"], ", ".join(each["personas"])) for each in found["scenarios"]]
    tables.show({"Scenario": "bold", "What for": "", "People": "green"}, rows)


@command.command("load", epilog="Example: sandbox worlds load new-customer mine")
@click.argument("scenario", shell_complete=names.scenarios)
@click.argument("world", required=False, shell_complete=names.worlds)
@click.option("--seed", help="What all chance comes from, in place of the scenario's seed.")
@click.option("--unmasked", is_flag=True, help="Leave its people's passwords, PINs, codes and tokens in its journal.")
@asking
def load(
    sandbox: Connection, as_json: bool, scenario: str, world: str | None, seed: str | None, unmasked: bool
) -> None:
    """Make WORLD from SCENARIO, or replace it: a scenario's name, or a file that ends in .yaml or .json.

    WORLD is --world where it is left out.
    """
    sandbox.choose(world)
    made = sandbox.control("PUT", "", _body(scenario, seed) | ({"unmasked": True} if unmasked else {}))
    words.warn_unmasked(made, sandbox.world)
    if as_json:
        tables.as_json(made)
        return
    people = names.list_personas(sandbox)
    stands = ", and stands still" if made["frozen"] else ""
    click.echo(f"The world {sandbox.world} is made from {made['label']}: {', '.join(people) or 'nobody'}.")
    click.echo(f"It is {words.moment(made['now'])} UTC there{stands}.")


@command.command("delete", epilog="Example: sandbox worlds delete mine theirs")
@click.argument("worlds", nargs=-1, required=True, shell_complete=names.worlds)
@asking
def delete(sandbox: Connection, as_json: bool, worlds: tuple[str, ...]) -> None:
    """Delete WORLDS with all that is in them. Either every one is there, or none is deleted."""
    known = names.list_worlds(sandbox)
    for world in worlds:
        if world not in known:
            words = f"There is no world {world!r} at {sandbox.url}.{did_you_mean(world, known)} Nothing was deleted."
            raise Refused(404, {"detail": words})
    for world in dict.fromkeys(worlds):
        sandbox.world = world
        sandbox.control("DELETE")
        if not as_json:
            click.echo(f"The world {world} is deleted.")
    if as_json:
        tables.as_json({"deleted": list(dict.fromkeys(worlds))})


for each in snapshots.COMMANDS:
    command.add_command(each)


def _list(sandbox: Connection, as_json: bool) -> None:
    found = sandbox.ask("GET", "/_sandbox/worlds")
    if as_json:
        tables.as_json(found)
        return
    rows = [
        (each["world"], each["scenario"], words.moment(each["now"]), "frozen" if each["frozen"] else "runs",
         words.span(each["age"]), "UNMASKED" if each.get("unmasked") else "")
        for each in found["worlds"]
    ]  # fmt: skip
    tables.show(TITLES, rows)


def _body(scenario: str, seed: str | None) -> dict[str, Any]:
    """Return what a world is made from: the scenario's name, or all that a file says."""
    given: dict[str, Any] = {} if seed is None else {"seed": seed}
    if not scenario.endswith(FILE_ENDINGS):
        return {"scenario": scenario, **given}
    import msgspec

    from registration_sandbox.worlds.reading import read
    from simulators.kit.errors import SandboxRefusal

    try:
        found = read(Path(scenario).read_text("utf-8"), scenario)
    except OSError as error:
        raise Refused(400, {"detail": f"{scenario} cannot be read: {error.strerror}."}) from error
    except UnicodeDecodeError as error:
        raise Refused(400, {"detail": f"{scenario} is no UTF-8 text."}) from error
    except SandboxRefusal as error:
        raise Refused(400, {"detail": error.message}) from error
    return {**json.loads(msgspec.json.encode(found)), **given}
