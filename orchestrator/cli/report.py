"""``sandbox report``: one HTML file about a run, or about its shards together."""

from pathlib import Path

import click

from orchestrator.cli import gating
from orchestrator.cli.endings import REFUSED

DEFAULT = Path("reports/specification.html")

EPILOG = """\b
Examples:
  sandbox test; sandbox report                                       the last whole run
  sandbox report shard-*.json --output specification.html --gate     the last job of a sharded run

\b
With --gate, ends with 0 where the gate is open, with 1 where it is shut.
"""


@click.command("report", epilog=EPILOG)
@click.argument("results", nargs=-1, type=click.Path(path_type=Path, dir_okay=False), metavar="[RESULTS]...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=DEFAULT, show_default=True,
    help="Where the report goes.",
)  # fmt: skip
@click.option("--gate", is_flag=True, help="Judge the branches as sandbox test does.")
def command(results: tuple[Path, ...], output: Path, gate: bool) -> None:
    """Make the report of a run: one HTML file, to be read without the sandbox.

    RESULTS are what sandbox test --results has kept; several are put together as the shards of one run. Without any,
    the report is about the last whole run.
    """
    from orchestrator import report
    from orchestrator.gate import judging
    from orchestrator.gate.results import BadResults, load, together

    try:
        run = together(map(load, results or [gating.kept_results()]))
    except BadResults as error:
        raise click.ClickException(str(error)) from error
    findings = judging.findings(run)
    report.write(run, findings, output)
    click.echo(f"The report is in {output}.")
    if gate:
        gating.tell(run, findings)
        if findings or not judging.is_whole(run):
            raise click.exceptions.Exit(REFUSED)
