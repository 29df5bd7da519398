"""Scenarios played against one planted bug after the other, until one fails."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from registration_sandbox.gate import interrupts, judging
from registration_sandbox.gate import suite as suites
from registration_sandbox.gate.playing import Player
from registration_sandbox.gate.results import ScenarioResult
from registration_sandbox.gate.suite import Planned
from registration_sandbox.power.bugs import Bug
from registration_sandbox.power.order import PlayingOrder
from registration_sandbox.power.outcomes import Outcome
from registration_sandbox.power.planting import find_source
from registration_sandbox.runtime import embedded
from registration_sandbox.runtime.embedded import OWN_FILES, DidNotStart, RunningSandbox, free_base_port, start

FORKED = multiprocessing.get_context("fork")


START = "the start of the sandbox"


def measure(bugs: Sequence[Bug], jobs: int, done: Callable[[Outcome], None], root: Path | None = None) -> list[Outcome]:
    """Plant each bug in a sandbox of its own, ``jobs`` at once, and return what came of them, in their order.

    Raises BadCatalogue when the source that a bug is to break has changed, and DidNotStart where no ports are free.
    """
    for bug in bugs:
        bug.plant(Path(find_source(bug)).read_text("utf-8"))
    embedded.tell_own_files()
    suite = suites.read(root or suites.default_root())
    player = Player(suite.root, seed=0)
    arguments = (player, PlayingOrder(suite.scenarios))
    with interrupts.held_back():
        pool = FORKED.Pool(jobs, _begin, arguments, maxtasksperchild=1)  # behave's hooks are made for one sandbox
    with interrupts.ended_by_signals(), pool:
        found = []
        for outcome in pool.imap_unordered(_try, bugs):
            found.append(outcome)
            done(outcome)
        pool.close()  # terminated instead, a worker that has just been forked may miss the signal, and never end
        pool.join()
    order = {bug.name: number for number, bug in enumerate(bugs)}
    return sorted(found, key=lambda outcome: order[outcome.name])


_player: Player
_order: PlayingOrder


def _begin(player: Player, order: PlayingOrder) -> None:
    global _player, _order  # a forked worker is given them once
    _player, _order = player, order
    interrupts.let_in()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)


def _end(*_: Any) -> None:
    """End a worker by an exception, so that its sandbox is ended, too."""
    raise SystemExit(1)


def _try(bug: Bug) -> Outcome:
    with TemporaryDirectory(prefix="sandbox-power-") as directory:
        try:
            sandbox = start(
                Path(directory), free_base_port(), module=("registration_sandbox.power", bug.name),
                environment={**OWN_FILES, "SANDBOX_WORKERS": "1"},
            )  # fmt: skip
        except DidNotStart:
            return _outcome(bug, [START], 0)
        try:
            return _play_until_failure(bug, sandbox)
        finally:
            sandbox.kill()


def _play_until_failure(bug: Bug, sandbox: RunningSandbox) -> Outcome:
    os.environ["SANDBOX_URL"] = os.environ["SANDBOX_ORCHESTRATOR_URL"] = sandbox.urls["orchestrator"]
    failed: list[str] = []
    played = 0

    def until_failure() -> Iterator[Planned]:
        for one in _order.for_bug(bug):
            if failed:
                return
            yield one

    def note(result: ScenarioResult) -> None:
        nonlocal played
        played += result.status != "skipped"
        if result.status == "failed" or judging.untaken_claims(result):
            failed.append(result.location)

    _player.play(until_failure(), note)
    return _outcome(bug, failed, played)


def _outcome(bug: Bug, killed_by: list[str], played: int) -> Outcome:
    return Outcome(bug.name, bug.step, bug.kind, killed_by, bug.breaks, played)
