"""``sandbox coverage``: which branches of the documents were taken in a world."""

import click

from registration_sandbox.cli import flows, names, tables
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import Connection

EPILOG = """\b
Examples:
  sandbox coverage
  sandbox coverage --flow device --missing
  sandbox coverage --json | jq '.branches[] | select(.count == 0) | .id'
"""
TITLES = {"Branch": "bold", "Taken": "green", "Step": "", "Basis": "", "When": ""}


@click.command("coverage", epilog=EPILOG)
@click.option("--flow", shell_complete=names.flows, help="Only the branches of this flow.")
@click.option("--missing", is_flag=True, help="Only the branches that were not taken.")
@asking
def command(sandbox: Connection, as_json: bool, flow: str | None, missing: bool) -> None:
    """Tell which branches of the documents were taken in a world, and how often, against all that there are."""
    if flow is not None:
        flows.check_name(flow)
    taken = sandbox.control("GET", "/coverage")["branches"]
    every = [
        {**branch, "count": 0, "exchanges": [], **taken.get(branch["id"], {})}
        for each in flows.find_declaration(flow)["flows"]
        for branch in each["branches"]
    ]
    told = [branch for branch in every if not (missing and branch["count"])]
    count = sum(branch["count"] > 0 for branch in every)
    if as_json:
        tables.as_json({"taken": count, "all": len(every), "branches": told})
        return
    if told:
        rows = [(each["id"], each["count"] or "-", each["step"], each["basis"], each["when"]) for each in told]
        tables.show(TITLES, rows)
    click.echo(f"\n{count} of {len(every)} branches were taken in the world {sandbox.world}.")
