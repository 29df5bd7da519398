"""``sandbox demo``: play both flows end to end, telling each step."""

from typing import Any

import click

from registration_sandbox.cli.gating import url_option
from registration_sandbox.cli.story import SCENARIO, Story
from registration_sandbox.client import Exchange, Registration, Sandbox, Unexpected, World
from registration_sandbox.gate.interrupts import ended_by_signals
from registration_sandbox.runtime.settings import url_variable
from simulators.kit.services import SERVICES

WHOLE = {url_variable(name): "" for name in SERVICES}
"""The environment of a sandbox that starts every service, whatever else it names."""

NEXT = """Where to go from here
  sandbox up                      keep the sandbox up; then play it by hand on http://127.0.0.1:8800
  sandbox test                    play the whole specification and judge which branches it proves
  make report                     the same as one page to read
  README.md                       the paths of a developer, a CI gate and a product owner"""


@click.command("demo", epilog="Example: sandbox demo")
@url_option
def command(url: str | None) -> None:
    """Play both flows end to end in a new world, telling each step: who asks whom, and what came of it.

    Starts a sandbox for itself on free ports and stops it at the end, unless --url or SANDBOX_URL names one that is up.
    """
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    try:
        with ended_by_signals(), Sandbox.started(url, environment=WHOLE) as sandbox, sandbox.make(SCENARIO) as world:
            Teller(console, world).tell()
    except (Unexpected, OSError) as error:
        raise click.ClickException(str(error)) from error
    console.print(f"\n{NEXT}")


class Teller:
    """Tells the story's steps, and between them what the services said to each other, from the journal."""

    def __init__(self, console: Any, world: World) -> None:
        self._console = console
        self._world = world
        self._seen: set[str] = set()
        self._steps = 0

    def tell(self) -> None:
        Story(self._world, self._chapter, self._step).play()
        taken = self._world.coverage()
        self._console.print(
            f"\n[bold]Both flows are done[/bold]: {self._steps} steps, {len(taken)} branches of the documents taken:"
        )
        self._console.print("  " + " ".join(sorted(taken, key=_in_order)))

    def _chapter(self, title: str) -> None:
        self._console.print(f"\n[bold]{title}[/bold]")

    def _step(self, told: str, registration: Registration | None) -> None:
        self._steps += 1
        self._console.print(f"\n{self._steps:>3}. {told}")
        self._world.clock.advance("PT0S")  # what the step has made due, such as a notification, is done before the next
        new = [exchange for exchange in self._world.journal() if exchange.id not in self._seen]
        self._seen.update(exchange.id for exchange in new)
        for exchange in new:
            if exchange.service != "mailroom" or exchange.method == "POST":
                self._console.print(self._line(exchange))
        if registration:
            self._console.print(f"     [green]{registration.status}[/green]: {registration.last_outcome.message}")

    def _line(self, exchange: Exchange) -> str:
        caller = "Asha" if exchange.caller == "client" else exchange.caller
        what = f"{exchange.method} {exchange.path.partition('?')[0]}"
        took = f" [cyan]{' '.join(exchange.branches)}[/cyan]" if exchange.branches else ""
        return f"     [dim]{caller} → {exchange.service}  {what}  {exchange.status or ''}[/dim]{took}"


def _in_order(branch: str) -> tuple[str, list[int]]:
    flow, _, number = branch.partition("-")
    return flow, [int(part) for part in number.split(".")]
