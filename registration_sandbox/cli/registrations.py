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
IDENTITIES = ("cif", "email", "mobile", "userId", "username")


@click.command("registrations", epilog=EPILOG)
@click.argument("registration", required=False, shell_complete=names.registrations)
@asking
def command(sandbox: Connection, as_json: bool, registration: str | None) -> None:
    """List the registrations of a world, newest first, of everybody.

    With REGISTRATION, the beginning of an id or last, print what happened to that one, oldest first.
    """
    found = sandbox.control("GET", "/registrations")["registrations"]
    if registration is not None:
        id = names.registration(sandbox, registration)
        found = [each for each in found if each["registration"]["id"] == id]
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
    """Return people's names by the users that they are, and by the web registrations that they gave an identity for."""
    people = sandbox.control("GET", "/personas")["personas"]
    names_of = {person[key]: person["name"] for person in people for key in IDENTITIES if person[key]}
    begun = sandbox.control("GET", "/journal", service="orchestrator", path="/registrations", limit=MOST_EXCHANGES)
    given = {
        str((exchange["answer"] or {}).get("id")): str((exchange["request"] or {}).get("id"))
        for exchange in begun["exchanges"]
    }
    return names_of | {id: names_of[identity] for id, identity in given.items() if identity in names_of}
