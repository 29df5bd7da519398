"""What ``sandbox test``, ``run`` and ``report`` share: playing with the errors told, and telling what a run came to."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from registration_sandbox.cli import names
from registration_sandbox.cli.endings import COULD_NOT, INTERRUPTED, NO_SANDBOX, NOT_ADMITTED, USAGE
from registration_sandbox.runtime import values
from registration_sandbox.runtime.settings import URL_VARIABLES

if TYPE_CHECKING:
    from registration_sandbox.gate.results import Finding, Run, ScenarioResult
    from registration_sandbox.gate.running import Order
    from registration_sandbox.gate.system import System

LAST_EXCHANGES = 8
SHOWN_REASONS = 12
"""So many reasons for which scenarios were not tried are told; the report has them all."""


def _check_url(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    del ctx, parameter
    try:
        return values.url("it", value, like="http://127.0.0.1:8800") if value else None
    except values.BadSetting as error:
        raise click.BadParameter(str(error)) from error


url_option = click.option(
    "--url", envvar=URL_VARIABLES, metavar="URL", callback=_check_url,
    help="Play on a sandbox that is up: its control plane's URL.",
)  # fmt: skip
suite_option = click.option(
    "--suite", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Another specification: a directory with features/, steps/ and environment.py.",
)  # fmt: skip
against_option = click.option(
    "--against", type=click.Path(path_type=Path), metavar="FILE.toml",
    help="Play it against a system of yours, which this file describes.",
)  # fmt: skip


policy_option = click.option(
    "--policy", "policies", multiple=True, metavar="POLICY=VALUE", shell_complete=names.declared_policies,
    help="A rule of the bank in every world whose scenario sets no other, as in cymmetri.otp.max_attempts=5.",
)  # fmt: skip


def results_path() -> Path:
    """Return where the last whole run is kept: in the data directory, as ``sandbox up`` has it."""
    from registration_sandbox.gate.results import RESULTS_FILE
    from registration_sandbox.runtime.settings import DEFAULT_DATA_DIR

    return Path(os.environ.get("SANDBOX_DATA_DIR", DEFAULT_DATA_DIR)) / RESULTS_FILE


def read_system(path: Path | None, url: str | None) -> tuple["System | None", str | None]:
    """Return the system under test, and the URL of the sandbox to play on. End with USAGE where its file is wrong.

    A middleware's URL in the environment names no sandbox where the middleware is the system under test.
    """
    if path is None:
        return None, url
    from registration_sandbox.drivers.catalogue import BadDriver, load_driver
    from registration_sandbox.gate.system_file import BadSystem, read_system

    try:
        system = read_system(path)
        load_driver(system.driver)
    except BadSystem as error:
        raise end(str(error), USAGE) from error
    except BadDriver as error:
        raise end(f"the driver cannot be loaded: {error}", USAGE) from error
    parameter = click.get_current_context().get_parameter_source("url")
    typed = parameter is click.core.ParameterSource.COMMANDLINE
    named = os.environ.get("SANDBOX_URL")
    return system, url if typed else values.url("SANDBOX_URL", named) if named else None


def play(order: "Order", begun: Callable[[int], None], done: Callable[["ScenarioResult"], None]) -> "Run":
    """Play what was ordered. Where that is not possible, end with one line and the exit code that tells why."""
    from registration_sandbox.gate import running
    from registration_sandbox.gate.admission import NotAdmitted
    from registration_sandbox.gate.suite import BadSuite
    from registration_sandbox.gate.system_file import BadSystem
    from registration_sandbox.gate.system_process import SystemNotReady
    from registration_sandbox.runtime.embedded import DidNotStart
    from registration_sandbox.worlds.policy_names import BadPolicy

    try:
        return running.run(order, begun, done)
    except BadSuite as error:
        raise click.UsageError(str(error)) from error
    except BadPolicy as error:
        raise click.UsageError(f"--policy: {error}") from error
    except BadSystem as error:
        raise end(str(error), USAGE) from error
    except DidNotStart as error:
        raise end(str(error), NO_SANDBOX) from error
    except NotAdmitted as error:
        raise end(str(error), NOT_ADMITTED) from error
    except SystemNotReady as error:
        raise end(str(error), COULD_NOT) from error


def end(message: str, code: int) -> click.exceptions.Exit:
    """Print an error on one line; return what ends the command with a code."""
    click.echo(f"Error: {' '.join(message.split())}", err=True)
    return click.exceptions.Exit(code)


def end_if_interrupted(run: "Run", expected: int | None) -> None:
    """End the command where not all was played; ``expected`` is None where it was interrupted before it had begun."""
    if expected is None:
        click.echo("Interrupted before the first scenario.", err=True)
        raise click.exceptions.Exit(INTERRUPTED)
    if len(run.scenarios) < expected:
        click.echo(f"Interrupted: {expected - len(run.scenarios)} of {expected} scenarios were not played.", err=True)
        raise click.exceptions.Exit(INTERRUPTED)


def write_all(writers: list[tuple[Path, Callable[[Path], Any]]]) -> bool:
    """Write each file, tell of those that cannot be written, and return whether all could."""
    written = True
    for path, write in writers:
        try:
            write(path)
        except OSError as error:
            click.echo(f"Error: {path} cannot be written: {error.strerror or error}.", err=True)
            written = False
        except Exception as error:  # the verdict comes, whatever is wrong with a page
            click.echo(f"Error: {path} could not be made: {type(error).__name__}: {error}", err=True)
            written = False
    return written


def print_verdict(run: "Run", findings: list["Finding"]) -> None:
    """Print what a run came to: the totals, and every reason for which the gate is shut."""
    from orchestrator.flows.branches import branches
    from registration_sandbox.gate import judging

    verdicts = Counter[str](one.status for one in run.scenarios)
    kinds = {"passed": "passed", "failed": "failed", "not-tried": "not tried", "skipped": "skipped"}
    told = ", ".join(f"{verdicts[status]} {words}" for status, words in kinds.items() if verdicts[status])
    about = f" of {run.system.name}" if run.system else ""
    click.echo(f"{len(run.scenarios)} scenarios{about}: {told or 'none'}, in {run.duration:.1f} s.")
    _print_reasons(run, "skipped", "skipped")
    _print_reasons(run, "not-tried", "not tried")
    proven, claimed = judging.proven(run), judging.list_claimed(run)
    if run.system is None:
        part = "" if judging.is_whole(run) else " by this part"
        click.echo(f"{len(proven)} of {len(branches())} branches proven{part}.")
    else:
        outcome = sum(judging.is_by_outcome(run, branches()[id]) for id in proven)
        click.echo(
            f"{len(proven & claimed)} of the {len(claimed)} branches that it claims are proven: "
            f"{outcome} by outcome, {len(proven) - outcome} observed. {len(run.system.exceptions)} are excepted."
        )
    for finding in findings:
        if finding.kind != "scenario-failed" or run.system:
            click.echo(click.style(f"  {finding.kind}: ", fg="red") + finding.words)
    if findings:
        click.echo(click.style("The gate is shut.", fg="red", bold=True))
    elif judging.is_whole(run):
        click.echo(click.style("The gate is open.", fg="green", bold=True))
    else:
        click.echo("Nothing is wrong with this part; only a whole run opens the gate.")


def format_failure(result: "ScenarioResult") -> str:
    """Return why a scenario failed, what was said last in its world, and the command that replays it."""
    from registration_sandbox.gate.plain import plain

    lines = [f"FAILED {result.name}  ({result.location})"]
    for step in result.steps:
        if step.status in ("failed", "undefined"):
            lines.append(f"  {step.keyword} {step.text}")
            lines += [f"    {line}" for line in (step.error or "No step definition fits this sentence.").splitlines()]
    lines += [f"  {line}" for line in result.error.splitlines()]
    lines += [f"    {line}" for line in format_exchanges(result)]
    return plain("\n".join([*lines, f"  Replay it: {result.replay}"]))


def format_exchanges(result: "ScenarioResult") -> list[str]:
    """Return the last exchanges of a scenario's world, a line each."""
    from registration_sandbox.gate.junit import last_exchanges

    return last_exchanges(result, LAST_EXCHANGES)


def _print_reasons(run: "Run", status: str, words: str) -> None:
    reasons = Counter(one.error or "no reason given" for one in run.scenarios if one.status == status)
    for reason, number in reasons.most_common(SHOWN_REASONS):
        click.echo(f"  {number} {words}: {reason}")
    if (left := len(reasons) - SHOWN_REASONS) > 0:
        click.echo(f"  … and {left} more reasons; --report tells them all")
