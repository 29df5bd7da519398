"""``sandbox run``: play scenarios one after the other, telling each sentence and what the systems said meanwhile."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from registration_sandbox.cli import gating
from registration_sandbox.cli.endings import REFUSED

if TYPE_CHECKING:
    from registration_sandbox.gate.results import ScenarioResult

EPILOG = """\b
Examples:
  sandbox run WR-2.3                                           every scenario about a branch
  sandbox run features/journeys/a_phone_is_lost.feature:13     one scenario
  sandbox run "comes back" --sequence                          by words of the title, with its sequence diagram
  sandbox run @documented --quiet                              sentences only

Ends with 0 where all passed, with 1 where one failed.
"""
MARKS = {
    "passed": "[green]✓[/green]", "failed": "[red]✗[/red]", "skipped": "[dim]-[/dim]", "undefined": "[red]?[/red]",
    "not-tried": "[yellow]○[/yellow]",
}  # fmt: skip


@click.command("run", epilog=EPILOG)
@click.argument("wanted", nargs=-1, required=True, metavar="TAG|BRANCH|PATH|TITLE...")
@gating.against_option
@click.option("--seed", type=int, default=0, help="What every world's seed is derived from.", show_default=True)
@click.option("--sequence", is_flag=True, help="Print each scenario's exchanges as a Mermaid sequence diagram.")
@click.option("--quiet", is_flag=True, help="Leave the exchanges out.")
@click.option("--json", "as_json", is_flag=True, help="Print each result as a line of JSON instead.")
@gating.policy_option
@gating.url_option
@gating.suite_option
def command(
    wanted: tuple[str, ...],
    against: Path | None,
    seed: int,
    sequence: bool,
    quiet: bool,
    as_json: bool,
    policies: tuple[str, ...],
    url: str | None,
    suite: Path | None,
) -> None:
    """Play scenarios of the specification, telling each sentence, who asked whom meanwhile, and how it ended.

    Starts a sandbox on free ports and stops it at the end, unless --url names one that is up.
    """
    from rich.console import Console

    from registration_sandbox.gate.running import Order

    expected: list[int] = []
    teller = Teller(Console(highlight=False, soft_wrap=True), sequence, quiet)
    system, url = gating.read_system(against, url)
    order = Order(wanted, seed=seed, url=url, root=suite, system=system, policies=policies)
    run = gating.play(order, expected.append, as_line if as_json else teller.tell)
    gating.end_if_interrupted(run, expected[0] if expected else None)
    if any(one.status == "failed" for one in run.scenarios):
        raise click.exceptions.Exit(REFUSED)


def as_line(result: "ScenarioResult") -> None:
    import msgspec

    click.echo(msgspec.json.encode(result).decode())


class Teller:
    """Tells a scenario as it went: its sentences, the exchanges in each, and what is left at its end."""

    def __init__(self, console: Any, sequence: bool, quiet: bool) -> None:
        self._console = console
        self._sequence = sequence
        self._quiet = quiet

    def tell(self, result: "ScenarioResult") -> None:
        from rich.markup import escape

        self._say(f"\n[bold]{escape(result.name)}[/bold]  [dim]{escape(result.location)}[/dim]")
        rest = iter(result.exchanges)
        for step in result.steps:
            self._say(f"  {MARKS[step.status]} {step.keyword} {escape(step.text)}")
            for line in step.error.splitlines():
                self._say(f"      [red]{escape(line)}[/red]")
            for exchange in [next(rest) for _ in range(step.exchanges)] if not self._quiet else ():
                took = f"  [cyan]{' '.join(exchange.branches)}[/cyan]" if exchange.branches else ""
                path = escape(exchange.path.partition("?")[0])
                said = f"{exchange.caller} → {exchange.service}  {exchange.method} {path}  {exchange.status or ''}"
                self._say(f"      [dim]{said.rstrip()}[/dim]{took}")
        for line in result.error.splitlines():
            self._say(f"    [red]{escape(line)}[/red]")
        self._end(result)

    def _end(self, result: "ScenarioResult") -> None:
        for left in result.registrations:
            went = " → ".join(dict.fromkeys(change["after"] for change in left.history))
            self._say(f"    {left.flow} registration: [green]{left.status}[/green]  ({went})")
        claimed, taken = (", ".join(branches) or "no branch" for branches in (result.claimed, result.taken))
        self._say(f"    claims {claimed}; took {taken}; world {result.world or 'never made'}")
        if self._sequence:
            from registration_sandbox.drawing.mermaid import draw_mermaid

            self._say(draw_mermaid(result.exchanges), markup=False)
        if result.status == "failed":
            self._say(f"    Replay it: {result.replay}")

    def _say(self, words: str, markup: bool = True) -> None:
        self._console.print(words, markup=markup)
