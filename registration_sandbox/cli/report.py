"""``sandbox report``: one HTML file about a run, or about its shards together; what got better or worse since."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from registration_sandbox.cli import gating
from registration_sandbox.cli.endings import COULD_NOT, REFUSED

if TYPE_CHECKING:
    from registration_sandbox.gate.results import Run

DEFAULT = Path("reports/specification.html")

EPILOG = """\b
Examples:
  sandbox test; sandbox report                                       the last whole run
  sandbox report shard-*.json --output specification.html --gate     the last job of a sharded run
  sandbox report --power power.json                                  with the planted bugs, and what caught them
  sandbox report --compare acme-4.1.json acme-4.2.json               what got better, what got worse

\b
With --gate, ends with 0 where the gate is open, with 1 where it is shut. With --compare, ends with 1 where a branch got
worse.
"""


@click.command("report", epilog=EPILOG)
@click.argument("results", nargs=-1, type=click.Path(path_type=Path, dir_okay=False), metavar="[RESULTS]...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=DEFAULT, show_default=True,
    help="Where the report goes.",
)  # fmt: skip
@click.option("--gate", is_flag=True, help="Judge the branches as sandbox test does.")
@click.option(
    "--power", "planted", type=click.Path(path_type=Path, dir_okay=False),
    help="Show what came of planted bugs, too: what sandbox power --json wrote.",
)  # fmt: skip
@click.option("--compare", is_flag=True, help="Compare two runs, the older one first, in place of a report.")
def command(results: tuple[Path, ...], output: Path, gate: bool, planted: Path | None, compare: bool) -> None:
    """Make the report of a run: one HTML file, to be read without the sandbox.

    RESULTS are what sandbox test --results has kept; several are put together as the shards of one run. Without any,
    the report is about the last whole run.
    """
    if compare:
        if len(results) != 2:
            raise click.UsageError("--compare takes two files of results, the older one first.")
        _compare(*map(_load, results))
        return
    from registration_sandbox import report
    from registration_sandbox.gate import certificate, judging
    from registration_sandbox.gate.results import BadResults, together
    from registration_sandbox.power import outcomes

    try:
        run = together(map(_load, results or [gating.results_path()]))
        power = outcomes.load(planted) if planted else []
    except (BadResults, outcomes.BadOutcomes) as error:
        raise click.ClickException(str(error)) from error
    findings = judging.findings(run)
    run.branches = certificate.branch_states(run, findings)
    written = gating.write_all([(output, lambda path: report.write(run, findings, path, power))])
    if written:
        click.echo(f"The report is in {output}.")
    if gate:
        gating.print_verdict(run, findings)
        if findings or not judging.is_whole(run):
            raise click.exceptions.Exit(REFUSED)
    if not written:
        raise click.exceptions.Exit(COULD_NOT)


def _load(path: Path) -> "Run":
    from registration_sandbox.gate.results import BadResults, load

    try:
        return load(path)
    except BadResults as error:
        raise click.ClickException(str(error)) from error


def _compare(old: "Run", new: "Run") -> None:
    from registration_sandbox.gate import certificate

    found = certificate.compare(old, new)
    for run in (old, new):
        click.echo(f"{_subject(run)}, {run.started_at[:10]}, seed {run.seed}")
    for title, colour, changes in (("Better", "green", found.better), ("Worse", "red", found.worse)):
        click.echo(click.style(f"{title}: {len(changes)}", fg=colour, bold=True))
        for id, words in changes.items():
            click.echo(f"  {id}: {words}")
    if found.other:
        click.echo(f"Otherwise changed: {len(found.other)}")
        for id, words in found.other.items():
            click.echo(f"  {id}: {words}")
    if found.worse:
        raise click.exceptions.Exit(REFUSED)


def _subject(run: "Run") -> str:
    return run.system.name if run.system else f"the sandbox {run.version}"
