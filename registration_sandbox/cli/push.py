"""``sandbox push``: the TSG's pushes to the institution, listed with every try, sent again, or made by hand."""

import json
from typing import Any
from urllib.parse import quote

import click

from registration_sandbox.cli import names, tables, words
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import Connection
from registration_sandbox.cli.groups import Group

EPILOG = """\b
Examples:
  sandbox push
  sandbox push resend last
  sandbox push send --reference my-sign-up --subject EMCERT_ID --credential '{"token": "x"}'
"""
TITLES = {"Push": "bold", "Reference": "", "Receiver": "cyan", "State": "", "Tries": ""}
UNANSWERED = "no answer"


@click.group("push", cls=Group, invoke_without_command=True, epilog=EPILOG)
@asking
def command(sandbox: Connection, as_json: bool) -> None:
    """List the TSG's pushes with every try; send one again, or one made by hand."""
    if click.get_current_context().invoked_subcommand is None:
        _list(sandbox, as_json)


@command.command("list", epilog="Example: sandbox push list --json")
@asking
def list_command(sandbox: Connection, as_json: bool) -> None:
    """List the pushes of a world, oldest first: whom each goes to, and what became of every try."""
    _list(sandbox, as_json)


@command.command("resend", epilog="Examples: sandbox push resend last, sandbox push resend msg_0a1b")
@click.argument("push", metavar="PUSH", shell_complete=names.pushes)
@asking
def resend(sandbox: Connection, as_json: bool, push: str) -> None:
    """Send PUSH once more, whatever became of it: the beginning of its id, or last."""
    id = names.push(sandbox, push)
    _report(sandbox.control("POST", f"/pushes/{quote(id)}/resend"), as_json)


@command.command("send", epilog="Example: sandbox push send --reference my-sign-up --subject EMCERT_ID")
@click.option("--reference", required=True, metavar="TEXT", help="Its external_reference, as the sign-up had it.")
@click.option("--subject", required=True, metavar="EMCERT_ID", help="Its subject_id: the phone's emCertID.")
@click.option("--credential", metavar="JSON", help="The app's credential: a JSON object, or any other text as it is.")
@click.option("--service-id", metavar="TEXT", help="Its service_id.  [default: the sandbox's]")
@asking
def send(
    sandbox: Connection, as_json: bool, reference: str, subject: str, credential: str | None, service_id: str | None
) -> None:
    """Send a push made by hand, signed and retried as any other, to try a receiver."""
    body: dict[str, Any] = {"external_reference": reference, "subject_id": subject}
    if credential is not None:
        body["credential"] = read_credential(credential)
    if service_id is not None:
        body["service_id"] = service_id
    _report(sandbox.control("POST", "/pushes", body), as_json)


def _list(sandbox: Connection, as_json: bool) -> None:
    found = sandbox.control("GET", "/pushes")
    if as_json:
        tables.as_json(found)
    elif found["pushes"]:
        tables.show(TITLES, [_row(push) for push in found["pushes"]], whole=("Reference",))
    else:
        click.echo(f"TSG has pushed nothing in the world {sandbox.world}.")


def _row(push: dict[str, Any]) -> tuple[object, ...]:
    tries = ", ".join(f"{words.moment(each['at'])} {each['status'] or UNANSWERED}" for each in push["tries"])
    return (push["id"], push["external_reference"], push["receiver"], push["state"], tries)


def _report(push: dict[str, Any], as_json: bool) -> None:
    if as_json:
        tables.as_json(push)
    else:
        click.echo(f"{push['id']} is being sent to {push['receiver']}. Look at it with: sandbox push")


def read_credential(text: str) -> str | dict[str, Any]:
    """Return a credential as it was typed: a JSON object, or any other text as it is."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return found if isinstance(found, dict) else text
