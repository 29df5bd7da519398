"""Scenarios played by several processes at once: each takes the next one when it is done with the last."""

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import msgspec

from registration_sandbox.gate import interrupts
from registration_sandbox.gate.claims import Claims
from registration_sandbox.gate.plain import plain
from registration_sandbox.gate.playing import Player, not_tried
from registration_sandbox.gate.results import ScenarioResult
from registration_sandbox.gate.suite import Planned

FORKED = multiprocessing.get_context("fork")
"""A worker begins with the suite that its parent has read, and behave loaded."""

STOP_LIMIT = 5.0
LAST_WORDS = 2_000

Done = Callable[[ScenarioResult], None]
Line = Connection
"""What a worker is given the numbers of scenarios by, and gives results back."""


@dataclass
class Worker:
    """A process that plays scenarios; ``playing`` is the number of the one it was given, ``said`` what it prints."""

    process: BaseProcess
    line: Line
    said: Path
    playing: int | None = None


def play(
    player: Player,
    planned: Sequence[Planned],
    jobs: int,
    environment: Mapping[str, str],
    claims: Claims | None,
    done: Done,
) -> None:
    """Play scenarios in ``jobs`` processes with an environment of their own, telling each result as soon as it stands.

    Those that ``claims`` excepts are told as not tried. A process that dies fails the scenario that it was playing, and
    another one takes its place.
    """
    excepted = {one.location: claims.reason_not_to_try(one.claimed) for one in planned} if claims else {}
    for one in planned:
        if reason := excepted.get(one.location):
            done(not_tried(one, reason, player.seed, player.replay(one)))
    planned = [one for one in planned if not excepted.get(one.location)]
    with tempfile.TemporaryDirectory(prefix="sandbox-gate-") as directory:
        crew = _Crew(player, planned, environment, Path(directory), done)
        try:
            for _ in range(min(jobs, len(planned))):
                crew.hire()
            crew.work()
        finally:
            crew.dismiss()


class _Crew:
    """The processes that play, each given the next scenario when it is done with the last."""

    def __init__(
        self, player: Player, planned: Sequence[Planned], environment: Mapping[str, str], directory: Path, done: Done
    ) -> None:
        self._player = player
        self._planned = planned
        self._environment = environment
        self._directory = directory
        self._done = done
        self._waiting = iter(range(len(planned)))
        self._workers: list[Worker] = []

    def hire(self) -> None:
        """Start a worker and give it a scenario."""
        line, other_end = FORKED.Pipe()
        said = self._directory / f"{len(list(self._directory.iterdir()))}-{id(line)}"
        inherited = [line, *(worker.line for worker in self._workers)]
        work = (self._player, self._planned, self._environment, said, other_end, inherited)
        process = FORKED.Process(target=_work, args=work, daemon=True)
        worker = Worker(process, line, said)
        with interrupts.held_back():
            process.start()
            self._workers.append(worker)
        other_end.close()
        self._next(worker)

    def work(self) -> None:
        """Take in results until every scenario has its own."""
        while self._workers:
            ready = wait([worker.line for worker in self._workers])
            for worker in [worker for worker in self._workers if worker.line in ready]:
                self._receive_result(worker)

    def dismiss(self) -> None:
        for worker in self._workers:
            worker.process.terminate()
            worker.process.join(STOP_LIMIT)

    def _next(self, worker: Worker) -> None:
        """Give a worker the next scenario, or send it home."""
        worker.playing = next(self._waiting, None)
        if worker.playing is None:
            self._workers.remove(worker)
            worker.line.close()
            worker.process.join(STOP_LIMIT)
        else:
            with suppress(OSError):  # one that has died is noticed when it is waited for
                worker.line.send_bytes(str(worker.playing).encode())

    def _receive_result(self, worker: Worker) -> None:
        try:
            self._done(msgspec.json.decode(worker.line.recv_bytes(), type=ScenarioResult))
        except (EOFError, OSError):
            self._workers.remove(worker)
            worker.process.join(STOP_LIMIT)
            if worker.playing is not None:
                self._done(_fail_unfinished(worker, self._planned[worker.playing], self._player))
            self.hire()
        else:
            self._next(worker)


def _fail_unfinished(worker: Worker, one: Planned, player: Player) -> ScenarioResult:
    said = worker.said.read_text("utf-8", errors="replace").strip()[-LAST_WORDS:] if worker.said.exists() else ""
    words = f"The process that played it ended with {worker.process.exitcode}. {said}".strip()
    result = not_tried(one, plain(words), player.seed, player.replay(one))
    result.status = "failed"
    return result


def _work(
    player: Player, planned: Sequence[Planned], environment: Mapping[str, str], said: Path,
    line: Line, inherited: Sequence[Line],
) -> None:  # fmt: skip
    """Play what comes down the line, in a process of its own, until the line is closed.

    ``inherited`` are the other ends, which only the parent may keep open: when it is gone, the line must end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    interrupts.let_in()
    for other in inherited:
        other.close()
    os.environ.update(environment)
    output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(output, stream)
    with suppress(BrokenPipeError):
        player.play(_receive_scenarios(planned, line), lambda result: line.send_bytes(msgspec.json.encode(result)))


def _receive_scenarios(planned: Sequence[Planned], line: Line) -> Iterator[Planned]:
    while True:
        try:
            yield planned[int(line.recv_bytes())]
        except EOFError:
            return
