"""``sandbox demo``: play both flows end to end, telling each step."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from orchestrator.cli.story import Story
from orchestrator.client import Sandbox, Unexpected

WORLD = "demo"
NEXT = """Where to go from here
  sandbox up                      keep the sandbox up on http://127.0.0.1:8800
  behave                          run the specification: features/ told by people, proven over HTTP
  http://127.0.0.1:8800/docs      read the middleware's API in a browser, while it is up
  README.md                       the paths of a developer, a CI gate and a product owner"""


@click.command("demo", epilog="Example: sandbox demo")
@click.option("--url", help="Play on a sandbox that runs already: its orchestrator's URL.")
def command(url: str | None) -> None:
    """Play both flows end to end in a world of their own, telling each step: who asks whom, and what came of it.

    Starts a sandbox for itself on free ports and stops it at the end, unless --url names one that runs.
    """
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    try:
        with _sandbox(url) as sandbox:
            Teller(console, sandbox).tell()
    except (Unexpected, OSError) as error:
        raise click.ClickException(str(error)) from error
    console.print(f"\n{NEXT}")


class Teller:
    """Tells the story's steps, and between them what the services said to each other, from the journal."""

    def __init__(self, console: Any, sandbox: Sandbox) -> None:
        self._console = console
        self._sandbox = sandbox
        self._seen = ""
        self._steps = 0

    def tell(self) -> None:
        Story(self._sandbox, self._chapter, self._step).play()
        taken = self._sandbox.control("GET", "/coverage")["branches"]
        self._console.print(
            f"\n[bold]Both flows are done[/bold]: {self._steps} steps, {len(taken)} branches of the documents taken:"
        )
        self._console.print("  " + " ".join(sorted(taken, key=_in_order)))

    def _chapter(self, title: str) -> None:
        self._console.print(f"\n[bold]{title}[/bold]")

    def _step(self, told: str, registration: dict[str, Any]) -> None:
        self._steps += 1
        self._console.print(f"\n{self._steps:>3}. {told}")
        found = self._sandbox.control("GET", f"/journal?since={self._seen}")["exchanges"]
        for exchange in found:
            self._seen = max(self._seen, exchange["recorded_at"])
            if exchange["service"] != "mailroom" or exchange["method"] == "POST":
                self._console.print(self._line(exchange))
        if registration:
            self._console.print(
                f"     [green]{registration['status']}[/green]: {registration['last_outcome']['message']}"
            )

    def _line(self, exchange: dict[str, Any]) -> str:
        caller = "Asha" if exchange["caller"] == "client" else exchange["caller"]
        path = exchange["path"].partition("?")[0]
        branches = " ".join(exchange["branches"])
        what = f"{exchange['method']} {path}"
        took = f" [cyan]{branches}[/cyan]" if branches else ""
        return f"     [dim]{caller} → {exchange['service']}  {what}  {exchange['status'] or ''}[/dim]{took}"


@contextmanager
def _sandbox(url: str | None) -> Iterator[Sandbox]:
    from orchestrator.runtime.embedded import DidNotStart, named_or_started

    try:
        with named_or_started(url) as urls:
            yield Sandbox(urls, WORLD)
    except DidNotStart as error:
        raise Unexpected(str(error)) from error


def _in_order(branch: str) -> tuple[str, list[int]]:
    flow, _, number = branch.partition("-")
    return flow, [int(part) for part in number.split(".")]
