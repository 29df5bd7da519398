"""What ``sandbox test``, ``run`` and ``report`` share: playing with the errors told, and telling what a run came to."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orchestrator.cli.endings import INTERRUPTED, NO_SANDBOX

if TYPE_CHECKING:
    from orchestrator.gate.results import Finding, Run, ScenarioResult
    from orchestrator.gate.running import Order

LAST_EXCHANGES = 8


def kept_results() -> Path:
    """Return where the last whole run is kept: in the data directory, as ``sandbox up`` has it."""
    from orchestrator.gate.results import RESULTS_FILE
    from orchestrator.runtime.settings import DEFAULT_DATA_DIR

    return Path(os.environ.get("SANDBOX_DATA_DIR", DEFAULT_DATA_DIR)) / RESULTS_FILE


def played(order: "Order", begun: Callable[[int], None], done: Callable[["ScenarioResult"], None]) -> "Run":
    """Play what was ordered. A wrong order is told as a usage error; where no sandbox comes up, end with NO_SANDBOX."""
    from orchestrator.gate import running
    from orchestrator.gate.suite import BadSuite
    from orchestrator.runtime.embedded import DidNotStart

    try:
        return running.run(order, begun, done)
    except BadSuite as error:
        raise click.UsageError(str(error)) from error
    except DidNotStart as error:
        click.echo(f"Error: {error}", err=True)
        raise click.exceptions.Exit(NO_SANDBOX) from error


def end_if_interrupted(run: "Run", expected: int) -> None:
    if len(run.scenarios) < expected:
        click.echo(f"Interrupted: {expected - len(run.scenarios)} of {expected} scenarios were not played.", err=True)
        raise click.exceptions.Exit(INTERRUPTED)


def tell(run: "Run", findings: list["Finding"]) -> None:
    """Print what a run came to: the totals, and every reason for which the gate is shut."""
    from orchestrator.flows.branches import branches
    from orchestrator.gate import judging

    verdicts = [one.status for one in run.scenarios]
    told = ", ".join(f"{verdicts.count(each)} {each}" for each in ("passed", "failed", "skipped") if each in verdicts)
    click.echo(f"{len(run.scenarios)} scenarios: {told or 'none'}, in {run.duration:.1f} s.")
    reasons = Counter(one.error or "no reason given" for one in run.scenarios if one.status == "skipped")
    for reason, number in reasons.items():
        click.echo(f"  {number} skipped: {reason}")
    click.echo(f"{len(judging.proven(run))} of {len(branches())} branches proven.")
    for finding in findings:
        if finding.kind == "scenario-failed":
            continue  # it was told when it failed
        click.echo(click.style(f"  {finding.kind}: ", fg="red") + finding.words)
    if findings:
        click.echo(click.style("The gate is shut.", fg="red", bold=True))
    elif judging.is_whole(run):
        click.echo(click.style("The gate is open.", fg="green", bold=True))
    else:
        click.echo("Nothing is wrong with this part; only a whole run opens the gate.")


def failure(result: "ScenarioResult") -> str:
    """Return why a scenario failed, what was said last in its world, and the command that replays it."""
    lines = [f"FAILED {result.name}  ({result.location})"]
    for step in result.steps:
        if step.error or step.status == "undefined":
            lines.append(f"  {step.keyword} {step.text}")
            lines += [f"    {line}" for line in (step.error or "No step definition fits this sentence.").splitlines()]
    lines += [f"  {line}" for line in result.error.splitlines()]
    for said in result.exchanges[-LAST_EXCHANGES:]:
        answer = f"{said.status} {' '.join(said.branches)}".rstrip()
        lines.append(f"    {said.caller} → {said.service}  {said.method} {said.path}  {answer}")
    return "\n".join([*lines, f"  Replay it: {result.replay}"])
