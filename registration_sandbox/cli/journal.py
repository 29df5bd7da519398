"""``sandbox journal``: every exchange of a world with the branches it took, masked unless the world is unmasked."""

import re
from itertools import chain
from typing import Any

import click

from registration_sandbox.cli import names, tables, words
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import MOST_EXCHANGES, Connection
from registration_sandbox.cli.groups import Choice
from simulators.kit.services import SERVICES

EPILOG = """\b
Examples:
  sandbox journal
  sandbox journal --service cymmetri --path '*/VerifyEmailOtp'
  sandbox journal --branch 'WR-2.*' --json | jq -r '.exchanges[].id'
  sandbox journal --follow
  sandbox journal --follow --limit 0 --json          one JSON object a line
  sandbox why EXCHANGE                               why it was answered so
"""
MANY = 1000
RECENT = 10
WIDTH = max(map(len, SERVICES))


@click.command("journal", epilog=EPILOG)
@click.option("--service", type=Choice(SERVICES), help="Only the exchanges that this service answered.")
@click.option("--path", default="", help="Only requests of this path; * stands for anything.")
@click.option("--branch", default="", shell_complete=names.branches, help="Only those that took it; * for any.")
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(0, MOST_EXCHANGES),
    help=f"Only the newest.  [default: {MANY}; {RECENT} with -f]",
)
@click.option("-f", "--follow", is_flag=True, help="Go on with what comes, until Ctrl-C.")
@asking
def command(
    sandbox: Connection,
    as_json: bool,
    service: str | None,
    path: str,
    branch: str,
    limit: int | None,
    follow: bool,
) -> None:
    """List a world's exchanges, oldest first: when (in the world's time), its id, who asked whom for what, the answer's
    status, the branches taken, the fault that struck.

    --follow goes on even if the sandbox restarts. It ends with exit code 130 on Ctrl-C, or with 1 when the world
    is deleted.
    """
    if follow:
        _follow(sandbox, as_json, Wanted(service, path, branch), RECENT if limit is None else limit)
        return
    found = sandbox.control("GET", "/journal", service=service, path=path, branch=branch, limit=limit or MANY)
    words.warn_unmasked(found, sandbox.world)
    if as_json:
        tables.as_json(found)
        return
    for exchange in found["exchanges"] if limit != 0 else []:
        click.echo(line(exchange))
    if not found["exchanges"]:
        click.echo(f"There is no such exchange in the world {sandbox.world}.", err=True)


def line(exchange: dict[str, Any]) -> str:
    """Return an exchange as one line."""
    status = exchange["status"]
    colour = "red" if status >= 500 else "yellow" if status >= 400 else "green"
    parts = [
        click.style(words.moment(exchange["at"]), dim=True),
        click.style(exchange["id"], dim=True),
        f"{exchange['caller']:>{WIDTH}} → {exchange['service']:<{WIDTH}}",
        click.style(f"{status or '-':>3}", fg=colour if status else None),
        f"{exchange['method']} {exchange['path']}",
        click.style(" ".join(exchange["branches"]), fg="cyan", bold=True) if exchange["branches"] else "",
        click.style(f"fault: {exchange['fault']}", fg="red") if exchange["fault"] else "",
    ]
    return "  ".join(part for part in parts if part)


class Wanted:
    """What of a followed journal is shown: as the sandbox would choose it."""

    def __init__(self, service: str | None, path: str, branch: str) -> None:
        self._service = service
        self._path = _pattern(path)
        self._branch = _pattern(branch)

    def fits(self, exchange: dict[str, Any]) -> bool:
        if self._service not in (None, exchange["service"]):
            return False
        if self._path and not self._path.fullmatch(exchange["path"].partition("?")[0]):
            return False
        return not self._branch or any(map(self._branch.fullmatch, exchange["branches"]))


def _pattern(glob: str) -> re.Pattern[str] | None:
    return re.compile(".*".join(map(re.escape, glob.split("*")))) if glob else None


def _follow(sandbox: Connection, as_json: bool, wanted: Wanted, recent: int) -> None:
    from registration_sandbox.cli.following import Watch

    def tell(exchange: dict[str, Any]) -> None:
        tables.as_json_line(exchange) if as_json else click.echo(line(exchange))

    words.warn_unmasked(sandbox.control("GET", "/journal", limit=1), sandbox.world)
    watch = Watch(sandbox)
    earlier = [exchange for exchange in watch.recent if wanted.fits(exchange)]
    for exchange in earlier[len(earlier) - min(recent, len(earlier)) :]:
        tell(exchange)
    for exchange in chain.from_iterable(watch.later()):
        if wanted.fits(exchange):
            tell(exchange)
