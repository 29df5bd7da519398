"""``sandbox why``: the decision behind an answer: its rule, its facts, the branch and where the documents name it."""

import json
from collections.abc import Iterator
from typing import Any

import click

from registration_sandbox.cli import flows, names, tables, words
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import MOST_EXCHANGES, Connection, Refused
from registration_sandbox.cli.groups import did_you_mean

EPILOG = """\b
Examples:
  sandbox why last                   the newest decision on a branch
  sandbox why 7b4a58                 an exchange, as the header Sandbox-Exchange has it, or its beginning
  sandbox why WR-2.3                 the last time that a branch was taken
  sandbox why last --json | jq '.decisions[].facts'
"""
Exchange = dict[str, Any]


@click.command("why", epilog=EPILOG)
@click.argument("exchange", shell_complete=names.decisions)
@asking
def command(sandbox: Connection, as_json: bool, exchange: str) -> None:
    """Tell why EXCHANGE was answered as it was: the rule, the facts, the branch of the documents, and who asked whom.

    EXCHANGE is its id, as in the answer's header Sandbox-Exchange, or the beginning of it; last; or a branch.
    """
    answered = sandbox.control("GET", "/journal", limit=MOST_EXCHANGES)
    journal = answered["exchanges"]
    words.warn_unmasked(answered, sandbox.world)
    found = _find_exchange(sandbox, journal, exchange)
    trace = [each for each in journal if each["trace_id"] == found["trace_id"]]
    branches = {each["id"]: {**each, "document": flow["document"]}
                for flow in flows.find_declaration()["flows"] for each in flow["branches"]}  # fmt: skip
    decisions = [
        {**decision, "service": each["service"], "exchange": each["id"],
         "branch": branches.get(decision["branch"], decision["branch"])}
        for each in _deciders(found, trace) for decision in each["decisions"]
    ]  # fmt: skip
    decisions.sort(key=lambda decision: decision["branch"] is None)
    if as_json:
        tables.as_json({"exchange": found, "decisions": decisions, "trace": trace})
    else:
        _tell(found, decisions, trace)


def _find_exchange(sandbox: Connection, journal: list[Exchange], wanted: str) -> Exchange:
    """Return the exchange that is meant. Raises Refused when there is none, or more than one."""
    if wanted == names.LAST:
        found = [each for each in journal if each["branches"]] or [each for each in journal if each["decisions"]]
        found = found[-1:]
    elif "-" in wanted:
        return _newest(sandbox, journal, wanted.upper())
    else:
        found = [each for each in journal if each["id"].startswith(wanted.lower())]
    if not found:
        what = "decision" if wanted == names.LAST else f"exchange whose id begins with {wanted!r}"
        raise Refused(404, {"detail": f"There is no {what} in the world {sandbox.world}; name another with --world."})
    if len(found) > 1:
        ids = ", ".join(each["id"] for each in found[:5])
        raise Refused(409, {"detail": f"{len(found)} exchanges begin with {wanted!r}: {ids} … Give more of the id."})
    return found[0]


def _newest(sandbox: Connection, journal: list[Exchange], branch: str) -> Exchange:
    for each in reversed(journal):
        if branch in each["branches"]:
            return each
    near = did_you_mean(branch, names.list_branches())
    known = branch in names.list_branches()
    words = f"{branch} was not taken in the world {sandbox.world}." if known else f"There is no branch {branch}.{near}"
    raise Refused(404, {"detail": words})


def _deciders(exchange: Exchange, trace: list[Exchange]) -> list[Exchange]:
    """Return the exchange, and those below it that took the branches which it only hands on."""
    below = {exchange["id"]}
    for each in trace:  # they are in the order of time, so that a caller comes before whom it asks
        if each["parent"] in below:
            below.add(each["id"])
    relayed = set(exchange["relayed"])
    below.remove(exchange["id"])
    return [exchange, *(each for each in trace if each["id"] in below and relayed & set(each["branches"]))]


def _tell(exchange: Exchange, decisions: list[dict[str, Any]], trace: list[Exchange]) -> None:
    status = exchange["status"] or "done"
    click.secho(f"{exchange['method']} {exchange['path']} → {status}", bold=True)
    asked = f"{exchange['caller']} asked {exchange['service']}"
    click.echo(f"{asked}, {words.moment(exchange['at'])} in the world's time, {exchange['duration_ms']:.0f} ms")
    if exchange["fault"]:
        click.secho(f"A fault struck: {exchange['fault']}. List them with: sandbox fault", fg="red")
    for decision in decisions:
        _tell_move(decision["facts"]) if decision["rule"] == names.MOVED else _tell_decision(decision)
    if not decisions:
        click.echo("\nNothing was decided here: no branch of the documents was taken, and no rule was recorded.")
    for name in ("request", "answer"):
        if exchange[name] is not None:
            click.echo(f"\n{name.capitalize()}  {json.dumps(exchange[name], ensure_ascii=False)}")
        headers = exchange.get(f"{name}_headers", {})
        if headers:
            click.echo(f"\nHeaders of the {name}")
            tables.fields(list(headers.items()), "  ")
    click.echo("\nWho asked whom")
    for depth, each in _tree(trace):
        mark = click.style("  ← this one", bold=True) if each["id"] == exchange["id"] else ""
        click.echo(f"{'  ' * (depth + 1)}{_format_request(each)}{mark}")


def _tell_decision(decision: dict[str, Any]) -> None:
    branch = decision["branch"]
    if isinstance(branch, dict):
        click.secho(f"\n{branch['id']}", fg="cyan", bold=True, nl=False)
        click.echo(f"  {branch['basis']}: {branch['document']}, step {branch['step']}")
        click.echo(f"  When {branch['when']}\n  then {branch['then']}")
    else:
        click.echo()
    click.echo(f"  {decision['service']} decided by the rule {click.style(decision['rule'], bold=True)}")
    tables.fields([(name, json.dumps(value, ensure_ascii=False)) for name, value in decision["facts"].items()], "    ")


def _tell_move(facts: dict[str, Any]) -> None:
    moved = f"from {facts['before'] or 'its beginning'} to {facts['after']} by {facts['action']}"
    click.echo(f"\nThe registration {facts['registration']} went {moved}.")


def _format_request(exchange: Exchange) -> str:
    branches = click.style(" ".join(exchange["branches"]), fg="cyan")
    who = f"{exchange['caller']} → {exchange['service']}"
    said = f"{who}  {exchange['method']} {exchange['path']}  {exchange['status'] or ''}".rstrip()
    return f"{said}  {branches}" if exchange["branches"] else said


def _tree(trace: list[Exchange]) -> Iterator[tuple[int, Exchange]]:
    """Yield a trace's exchanges with their depth, each below the one that it was made for, in the order of time."""
    ids = {each["id"] for each in trace}

    def below(parent: str | None, depth: int) -> Iterator[tuple[int, Exchange]]:
        for each in trace:
            if (each["parent"] if each["parent"] in ids else None) == parent:
                yield depth, each
                yield from below(each["id"], depth + 1)

    return below(None, 0)
