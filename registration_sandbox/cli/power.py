"""``sandbox power``: plant bugs, one at a time, and tell which of them the features catch."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from registration_sandbox.cli.parts import Part
from registration_sandbox.runtime.settings import default_workers

if TYPE_CHECKING:
    from registration_sandbox.power.bugs import Bug
    from registration_sandbox.power.outcomes import Outcome

EPILOG = """\b
Examples:
  sandbox power                         every planted bug
  sandbox power --step 7                those of step 7 of either flow
  sandbox power --part 1/3 --json power.json

Each bug is planted in a sandbox of its own, which ends with it. Scenarios are played until one fails: first
the one that caught the bug before, then those that are near to it. Ends with 1 where a bug survives.
"""


@click.command("power", epilog=EPILOG)
@click.option("--step", help="Only the bugs of a step: its number or name, a branch's step (WR-7), or sandbox.")
@click.option("--bug", "names", multiple=True, help="Only this bug.")
@click.option("--part", type=Part(), default="1/1", help="Only the i-th of n parts.", show_default=True)
@click.option("-j", "--jobs", type=click.IntRange(1, 16), help="How many are tried at once. [2, or 1 on one core]")
@click.option("--json", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write what came of each bug.")
@click.option(
    "--remember", is_flag=True, help="Keep in the catalogue which scenarios caught them, to play those first."
)
def command(
    step: str | None, names: tuple[str, ...], part: tuple[int, int], jobs: int | None, target: Path | None,
    remember: bool,
) -> None:  # fmt: skip
    """Measure what the features would catch: plant bugs, one at a time, and play scenarios until one fails."""
    from registration_sandbox.gate import suite
    from registration_sandbox.power import measuring, outcomes, remembered
    from registration_sandbox.power.bugs import BadCatalogue
    from registration_sandbox.runtime.embedded import DidNotStart

    try:
        bugs = _select(step, names, part)
        click.echo(f"Planting {len(bugs)} bugs.")
        found = measuring.measure(bugs, jobs or default_workers(), _print_outcome)
    except (BadCatalogue, DidNotStart) as error:
        raise click.ClickException(str(error)) from error
    if target:
        outcomes.write(found, target)
    if remember:
        remembered.keep(found, suite.read(suite.default_root()).scenarios)
    _print_summary(found)
    if any(not outcome.killed for outcome in found):
        raise SystemExit(1)


def _select(step: str | None, names: tuple[str, ...], part: tuple[int, int]) -> "list[Bug]":
    from registration_sandbox.power.bugs import find_bug, load_bugs

    bugs = [find_bug(name) for name in names] if names else list(load_bugs().values())
    if step:
        bugs = [bug for bug in bugs if _is_of_step(bug, step)]
        if not bugs:
            steps = ", ".join(sorted({bug.step for bug in load_bugs().values()}))
            raise click.UsageError(f"No planted bug is of step {step!r}; there are {steps}.")
    number, of = part
    return bugs[number - 1 :: of]


def _is_of_step(bug: "Bug", step: str) -> bool:
    number, _, name = bug.step.partition(" ")
    return step.lower() in (bug.step.lower(), number, name.lower(), f"{bug.flow}-{number}".lower())


def _print_outcome(outcome: "Outcome") -> None:
    verdict = f"killed by {outcome.killed_by[0]}" if outcome.killed else f"SURVIVED {outcome.played} scenarios"
    click.echo(f"{outcome.name}: {verdict}")


def _print_summary(outcomes: "list[Outcome]") -> None:
    from registration_sandbox.report.power import Power

    power = Power.of(outcomes)
    for title, rows in power.figures.items():
        click.echo(f"\nBy {title.lower()}:")
        for name, (caught, planted) in rows.items():
            click.echo(f"  {name:<32} {caught} of {planted}")
    click.echo(f"\n{power.caught} of {len(outcomes)} planted bugs were caught.")
    for outcome in power.survivors:
        click.echo(f"  survived: {outcome.name} ({outcome.step}): {outcome.breaks}")
