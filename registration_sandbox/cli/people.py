"""``sandbox people``: change a person as the bank holds them, while flows run."""

from typing import Any
from urllib.parse import quote

import click

from registration_sandbox.cli import names, personas, tables
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import Connection
from registration_sandbox.cli.groups import Choice

EPILOG = """\b
Examples:
  sandbox people Asha --email asha.new@example.test
  sandbox people Asha --mobile none
  sandbox people Asha --status dormant
  sandbox people Asha --card debit:hotlisted --card debit
  sandbox people Asha --no-cards
"""
NONE = "none"
STATUSES = ("active", "dormant", "closed", "deceased")
CARDS = ("debit", "credit")
CARD_STATUSES = ("active", "hotlisted", "expired")


def _card(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> list[dict[str, str]]:
    """Return cards as the control plane takes them."""
    del ctx, parameter
    found = []
    for value in values:
        type, _, status = value.lower().partition(":")
        if type not in CARDS or status not in ("", *CARD_STATUSES):
            allowed = f"one of {', '.join(CARDS)}, then a colon and one of {', '.join(CARD_STATUSES)} if you like"
            raise click.BadParameter(f"{value!r} is no card: write {allowed}.")
        found.append({"type": type.upper(), **({"status": status} if status else {})})
    return found


@click.command("people", epilog=EPILOG)
@click.argument("name", shell_complete=names.personas)
@click.option("--email", metavar="ADDRESS|auto|none", help="The email address that the bank has from now on.")
@click.option("--mobile", metavar="NUMBER|auto|none", help="The mobile number that the bank has from now on.")
@click.option("--status", type=Choice(list(STATUSES)), help="The status of the customer.")
@click.option("--card", "cards", multiple=True, callback=_card, metavar="TYPE[:STATUS]",
              help="A card that the customer has from now on; name each. What is there already is kept.")  # fmt: skip
@click.option("--no-cards", is_flag=True, help="Take all cards away.")
@asking
def command(
    sandbox: Connection, as_json: bool, name: str, email: str | None, mobile: str | None, status: str | None,
    cards: list[dict[str, str]], no_cards: bool,
) -> None:  # fmt: skip
    """Change NAME as the bank holds them: contacts, status, cards; with no option, tell all that it takes to play them.

    Flows that are under way meet the change at their next step. What others hold of the person, such as the contacts in
    Cymmetri and the Auth Service, stays as it is.
    """
    if cards and no_cards:
        raise click.UsageError("Give --card or --no-cards, not both.")
    change: dict[str, Any] = {
        field: None if value == NONE else value for field, value in (("email", email), ("mobile", mobile)) if value
    }
    if status:
        change["status"] = status
    if cards or no_cards:
        change["cards"] = cards
    person = names.persona(sandbox, name)
    if change:
        person = sandbox.control("PATCH", f"/people/{quote(person['name'], safe='')}", change)
    if as_json:
        tables.as_json(person)
    else:
        personas.tell(person)
