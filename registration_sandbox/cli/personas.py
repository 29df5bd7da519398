"""``sandbox personas``: everyone in a world, with all that it takes to play them."""

from typing import Any

import click

from registration_sandbox.cli import names, tables
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import Connection

EPILOG = """\b
Examples:
  sandbox personas
  sandbox personas Asha
  sandbox personas Asha --json | jq -r .cif
"""
NONE = "-"
TITLES = {"Name": "bold", "CIF": "cyan", "Email": "", "Mobile": "", "User id": "cyan", "Cards": "", "Phones": ""}


@click.command("personas", epilog=EPILOG)
@click.argument("name", required=False, shell_complete=names.personas)
@asking
def command(sandbox: Connection, as_json: bool, name: str | None) -> None:
    """List everyone in a world, or tell all that it takes to play NAME: contacts, cards, passwords, phones.

    These people are made up. Nothing here is masked.
    """
    found = names.persona(sandbox, name) if name else sandbox.control("GET", "/personas")
    if as_json:
        tables.as_json(found)
    elif name:
        tell(found)
    elif found["personas"]:
        tables.show(TITLES, [_row(person) for person in found["personas"]], whole=("CIF", "Mobile", "User id"))
        click.echo("\nWhat it takes to play one of them: sandbox personas NAME", err=True)
    else:
        click.echo(f"Nobody is in the world {sandbox.world}.")


def _row(person: dict[str, Any]) -> tuple[str, ...]:
    state = "unknown to the bank" if person["status"] is None else person["status"]
    remarks = [*([state] if state != "active" else []), *(["blocked"] if person["blocked"] else [])]
    return (
        person["name"] + (f" ({', '.join(remarks)})" if remarks else ""),
        person["cif"],
        person["email"] or NONE,
        person["mobile"] or NONE,
        person["username"] or (f"{person['userId']} (bank)" if person["userId"] else NONE),
        ", ".join(_card(card) for card in person["cards"]) or NONE,
        ", ".join(_phone(phone) for phone in person["handsets"]) or NONE,
    )


def tell(person: dict[str, Any]) -> None:
    """Print all that it takes to play a person."""
    told = f"{person['username']}, password {person['password'] or 'of their own choice'}"
    pairs = [
        ("Name", f"{person['legalName']}, born {person['dateOfBirth']}"),
        ("CIF", f"{person['cif']} ({person['status'] or 'unknown to the bank'})"),
        ("Email", person["email"] or NONE),
        ("Mobile", person["mobile"] or NONE),
        ("Bank user id", person["userId"] or NONE),
        ("Web account", (told if person["username"] else NONE) + (", blocked" if person["blocked"] else "")),
    ]
    if person["formerPasswords"]:
        pairs.append(("Former passwords", " ".join(person["formerPasswords"])))
    for card in person["cards"]:
        proof = f"{card['number']}, expiry {card['expiry']}, PIN {card['pin']}, CVV {card['cvv']}, {card['status']}"
        pairs.append((f"{card['type'].capitalize()} card", proof))
    for phone in person["handsets"]:
        there = "there" if phone["auth_service"] else "not there"
        pairs.append(("Phone", f"{phone['id']}: on the TSG {phone['tsg']}, on the Auth Service {there}"))
        pairs.append(("  emCertID", phone["emCertID"]))
    click.secho(person["name"], bold=True)
    tables.fields(pairs, "  ")


def _card(card: dict[str, Any]) -> str:
    state = "" if card["status"] == "active" else f" {card['status']}"
    return f"{card['type'].lower()} {card['last4']}{state}"


def _phone(phone: dict[str, Any]) -> str:
    return "active" if phone["auth_service"] else {"none": "new"}.get(phone["tsg"], phone["tsg"])
