"""``sandbox registrations``: the registrations of a world, and what happened to each."""

from typing import Any

import click

from registration_sandbox.cli import names, tables, words
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import MOST_EXCHANGES, Connection

EPILOG = """\b
Examples:
  sandbox registrations
  sandbox registrations last
  sandbox registrations --json | jq '.registrations[0].registration.allowed_actions'
"""
TITLES = {"Registration": "bold", "Flow": "", "Whose": "", "Status": "cyan", "What can be done now": ""}
HISTORY = {"At": "bold", "Action": "", "Status": "cyan", "Branch": "green", "Told": ""}


@click.command("registrations", epilog=EPILOG)
@click.argument("registration", required=False, shell_complete=names.registrations)
@asking
def command(sandbox: Connection, as_json: bool, registration: str | None) -> None:
    """List the registrations of a world, newest first, of everybody.

    With REGISTRATION, the beginning of an id or last, print what happened to that one, oldest first.
    """
    id = None if registration is None else names.registration(sandbox, registration)
    found = [each for each in sandbox.control("GET", "/registrations")["registrations"]
             if id in (None, each["registration"]["id"])]  # fmt: skip
    if as_json:
        tables.as_json({"registrations": found})
    elif registration is not None:
        tables.show(HISTORY, [_row_of_change(change) for change in found[0]["history"]])
    elif found:
        owners = _list_owners(sandbox)
        tables.show(TITLES, [_row(each, owners) for each in found])
    else:
        click.echo(f"Nobody has begun a registration in the world {sandbox.world}.")


def _row(found: dict[str, Any], owners: dict[str, str]) -> tuple[object, ...]:
    one = found["registration"]
    owner = owners.get(one["id"]) or owners.get(found["owner"] or "") or found["owner"] or "-"
    return (one["id"], one["flow"], owner, one["status"], ", ".join(one["allowed_actions"]) or "-")


def _row_of_change(change: dict[str, Any]) -> tuple[object, ...]:
    moved = change["after"] if change["before"] in ("", change["after"]) else f"{change['before']} → {change['after']}"
    return (words.moment(change["at"]), change["action"], moved, change["branch"] or "-", change["message"])


def _list_owners(sandbox: Connection) -> dict[str, str]:
    """Return people's names by the users that they are, and by the web registrations that they have begun."""
    import msgspec

    from registration_sandbox.worlds.owners import name_owners
    from registration_sandbox.worlds.personas import PersonaState
    from simulators.kit.journal import Exchange

    people = msgspec.convert(sandbox.control("GET", "/personas")["personas"], list[PersonaState])

    def ask(name: str, path: str) -> list[Exchange]:
        found = sandbox.control("GET", "/journal", service=name, path=path, limit=MOST_EXCHANGES)
        return msgspec.convert(found["exchanges"], list[Exchange])

    users = {person.username: person.name for person in people if person.username}
    return users | name_owners(ask, lambda: people)
