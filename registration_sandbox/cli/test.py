"""``sandbox test``: play the specification and judge what it proves."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from registration_sandbox.cli import gating
from registration_sandbox.cli.endings import COULD_NOT, REFUSED
from registration_sandbox.cli.parts import Part
from registration_sandbox.runtime.settings import default_workers

if TYPE_CHECKING:
    from registration_sandbox.gate.results import Finding, Run, ScenarioResult

EPILOG = """\b
Examples:
  sandbox test                                the whole specification, and the branch gate
  sandbox test WR-2.3 features/journeys       a branch, and a folder
  sandbox test --tags 'not @assumed' -j 4
  sandbox test --shard 1/3 --results shard-1.json      one job of three; sandbox report judges them together
  sandbox test --junit reports --report reports/specification.html
  sandbox test --policy cymmetri.wire=published        where Cymmetri speaks as the vendor's papers have it
  sandbox test --against acme.toml --report acme.html  a middleware of yours, and its certificate

\b
Ends with 0 where the gate is open, with 1 where it is shut; with 3, 4 or 5 where that cannot be said: no sandbox, no
system under test or no place to write to, no admin token.
"""


JOBS = "How many processes play. [4, or 2 with --against; half of that on one core]"
KEEP = "Keep what sandbox report reads. [a whole run, in the data directory]"


@click.command("test", epilog=EPILOG)
@click.argument("wanted", nargs=-1, metavar="[TAG|BRANCH|PATH|TITLE]...")
@gating.against_option
@click.option("-j", "--jobs", type=click.IntRange(1, 64), help=JOBS)
@click.option("--shard", type=Part(), default="1/1", help="Play only the i-th of n parts.", show_default=True)
@click.option("--tags", multiple=True, help="A tag expression, as in '@WR-2.3 or @implied'. Several must all fit.")
@click.option("--seed", type=int, default=0, help="What every world's seed is derived from.", show_default=True)
@click.option("--junit", type=click.Path(path_type=Path, file_okay=False), help="Write JUnit XML into this directory.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the report, one HTML file.")
@click.option("--results", type=click.Path(path_type=Path, dir_okay=False), help=KEEP)
@gating.policy_option
@gating.url_option
@gating.suite_option
def command(
    wanted: tuple[str, ...],
    against: Path | None,
    jobs: int | None,
    shard: tuple[int, int],
    tags: tuple[str, ...],
    seed: int,
    junit: Path | None,
    report: Path | None,
    results: Path | None,
    policies: tuple[str, ...],
    url: str | None,
    suite: Path | None,
) -> None:
    """Play the specification on a sandbox, in parallel, and judge which of the documents' branches it proves.

    Each scenario has a world of its own, so they run side by side. Starts a sandbox on free ports and stops it at the
    end, unless --url names one that is up. With --against, a system of yours takes its place among the fakes, and is
    judged by what people see, what mail and phones show, and what it asked of the fakes.
    """
    from registration_sandbox.gate import certificate, judging
    from registration_sandbox.gate.running import Order

    system, url = gating.read_system(against, url)
    with Progress() as progress:
        order = Order(wanted, tags, shard, jobs or _default_jobs(system is None), seed, url, suite, system, policies)
        run = gating.play(order, progress.begun, progress.done)
    findings = judging.findings(run)
    run.branches = certificate.branch_states(run, findings)
    written = gating.write_all(_writers(run, findings, junit, report, results))
    gating.print_verdict(run, findings)
    gating.end_if_interrupted(run, progress.expected)
    if findings or not written:
        raise click.exceptions.Exit(REFUSED if findings else COULD_NOT)


def _default_jobs(is_sandboxs_own: bool) -> int:
    """Return how many processes play: two for each that serves, since half of the time they wait for answers.

    Another's system may be slow, or a browser, so that each has the time of its own.
    """
    return default_workers() * (2 if is_sandboxs_own else 1)


def _writers(
    run: "Run", findings: list["Finding"], junit: Path | None, report: Path | None, results: Path | None
) -> list[tuple[Path, Callable[[Path], Any]]]:
    """Return what is to be written, and where: what was asked for, and a whole run's results.

    A certificate is kept as JSON beside its page, too, for a pipeline to compare.
    """
    from registration_sandbox import report as html
    from registration_sandbox.gate import judging
    from registration_sandbox.gate import junit as junit_xml
    from registration_sandbox.gate.results import save

    if results is None and run.system is not None and report is not None:
        results = report.with_suffix(".json")
    if results is None and run.system is None and not run.policies and judging.is_whole(run):
        results = gating.results_path()
    writers: list[tuple[Path | None, Callable[[Path], Any]]] = [
        (results, lambda path: save(run, path)),
        (junit, lambda path: junit_xml.write(run, findings, path)),
        (report, lambda path: html.write(run, findings, path)),
    ]
    return [(path, write) for path, write in writers if path is not None]


class Progress:
    """A bar on a terminal; elsewhere a line for each failure as it happens."""

    def __init__(self) -> None:
        from rich.console import Console

        self.expected: int | None = None
        self._console = Console(stderr=True, highlight=False)
        self._bar: Any = None
        self._task: Any = None
        self._failed = 0

    def __enter__(self) -> "Progress":
        from rich import progress

        if self._console.is_terminal and "NO_COLOR" not in os.environ:
            columns = (progress.BarColumn(), progress.MofNCompleteColumn(), progress.TextColumn("{task.description}"))
            self._bar = progress.Progress(*columns, console=self._console, transient=True)
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def begun(self, expected: int) -> None:
        self.expected = expected
        if not self._bar:
            self._console.print(f"Playing {expected} scenarios.")
        if self._bar:
            self._task = self._bar.add_task("", total=expected)

    def done(self, result: "ScenarioResult") -> None:
        """Tell a result as soon as it stands."""
        if result.status == "failed":
            self._failed += 1
            self._console.print(gating.format_failure(result), markup=False, soft_wrap=True)
        if self._bar:
            told = f"{self._failed} failed" if self._failed else result.feature.rpartition("/")[2]
            self._bar.update(self._task, advance=1, description=told)
