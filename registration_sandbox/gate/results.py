"""What a run of the specification came to: kept as JSON, so that shards can be put together and reported on later."""

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from simulators.kit.journal import Exchange

Verdict = Literal["passed", "failed", "skipped", "not-tried"]
"""``not-tried``: a system under test cannot be tried on it. It is neither passed nor failed."""

RESULTS_FILE = "results.json"
"""Where the last whole run is kept, in the data directory: the report and the console read it there."""


class BadResults(Exception):
    """A file that holds no results, with what is wrong with it."""


class StepResult(Struct):
    """One sentence of a scenario.

    ``duration`` is in seconds, ``error`` says what was wrong, ``exchanges`` is how many of the scenario's exchanges
    happened while it was played; they follow those of the sentence before.
    """

    keyword: str
    text: str
    status: Literal["passed", "failed", "skipped", "not-tried", "undefined"]
    duration: float = 0.0
    error: str = ""
    background: bool = False
    exchanges: int = 0


class RegistrationLeft(Struct):
    """A registration as a scenario left it, with what happened to it, oldest first."""

    id: str
    flow: str
    status: str
    history: list[dict[str, Any]] = []


class ScenarioResult(Struct):
    """One scenario's run.

    ``location`` is ``features/…/x.feature:LINE`` (of an outline: the line of the example), ``rule`` its Rule's title,
    ``claimed`` the branches that its tags name, ``taken`` those that the services recorded, ``exchanges`` its world's
    masked journal, oldest first, ``replay`` the one command that plays it again, ``policies`` those that it settles,
    by service.
    """

    location: str
    feature: str
    rule: str
    name: str
    tags: list[str]
    status: Verdict
    duration: float
    seed: int
    world: str
    replay: str
    error: str = ""
    claimed: list[str] = []
    taken: list[str] = []
    steps: list[StepResult] = []
    registrations: list[RegistrationLeft] = []
    exchanges: list[Exchange] = []
    policies: dict[str, Any] = {}


class FeatureText(Struct):
    """A feature file as it is read: its title and its opening lines. ``path`` begins with ``features/``."""

    path: str
    name: str
    tags: list[str]
    description: list[str]


class Finding(Struct):
    """One reason for which the gate is shut: ``kind`` says which, ``subject`` is the branch, tag or step definition."""

    kind: Literal[
        "scenario-failed",
        "branch-not-taken",
        "branch-claimed-not-taken",
        "branch-taken-unclaimed",
        "unknown-branch",
        "unused-step",
        "branch-not-tried",
        "system-died",
    ]
    subject: str
    words: str


class TriedSystem(Struct):
    """The system under test of a run.

    ``replaces`` is the service in whose place it stood, ``claims`` the branches that it claims, in the documents'
    order, ``exceptions`` those that it excepts, each with the reason, ``deaths`` how its process ended by itself.
    """

    name: str
    replaces: str
    url: str
    driver: str
    isolation: str
    clock: str
    claims: list[str] = []
    exceptions: dict[str, str] = {}
    deaths: list[str] = []


class BranchState(Struct):
    """What a run came to for a branch: ``state``, in one word, and why."""

    state: Literal["observed", "by-outcome", "failed", "not-tried", "excepted", "not-played", "not-claimed"]
    why: str = ""


class Run(Struct):
    """A run of the specification, or several shards of one put together.

    ``started_at`` is RFC 3339, ``duration`` in seconds, ``shards`` those that it holds (``1/1`` is all), ``whole`` says
    whether nothing was left out by tags or paths, ``used_steps`` and ``all_steps`` step definitions, each as
    ``file:line``. ``system`` is the system under test, ``None`` where that is the sandbox itself; ``branches`` is what
    became of each branch, as the run was judged. ``policies`` held in every world whose scenario sets no others.
    """

    version: str
    started_at: str
    duration: float
    seed: int
    workers: int
    shards: list[str]
    whole: bool
    features: list[FeatureText]
    scenarios: list[ScenarioResult]
    all_steps: list[str] = []
    used_steps: list[str] = []
    system: TriedSystem | None = None
    branches: dict[str, BranchState] = {}
    policies: list[str] = []


def save(run: Run, path: Path) -> None:
    """Write a run as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(run))


def load(path: Path) -> Run:
    """Read a run. Raises BadResults."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Run)
    except OSError as error:
        raise BadResults(
            f"{path} cannot be read: {error.strerror}. Make it with sandbox test --results {shlex.quote(str(path))}."
        ) from error
    except msgspec.MsgspecError as error:
        raise BadResults(f"{path} holds no results of sandbox test: {error}.") from error


def together(runs: Iterable[Run]) -> Run:
    """Return the shards of a run as one. Raises BadResults where they are of different suites, or overlap."""
    first, *others = runs
    for other in others:
        if _origin(other) != _origin(first):
            words = "The results are of different versions, seeds, suites, systems or policies: no shards of one run."
            raise BadResults(words)
    every = [first, *others]
    scenarios = [scenario for run in every for scenario in run.scenarios]
    if len({scenario.location for scenario in scenarios}) < len(scenarios):
        raise BadResults("The results overlap: a scenario stands in more than one of them.")
    features = {feature.path: feature for run in every for feature in run.features}
    return Run(
        version=first.version,
        started_at=min(run.started_at for run in every),
        duration=max(run.duration for run in every),
        seed=first.seed,
        workers=sum(run.workers for run in every),
        shards=sorted(shard for run in every for shard in run.shards),
        whole=all(run.whole for run in every),
        features=[features[path] for path in sorted(features)],
        scenarios=in_order(scenarios),
        all_steps=first.all_steps,
        used_steps=sorted({step for run in every for step in run.used_steps}),
        system=first.system,
        policies=first.policies,
    )


def _origin(run: Run) -> tuple[object, ...]:
    """Return what shards of one run have in common."""
    system = None if run.system is None else (run.system.name, run.system.driver, run.system.claims)
    return run.version, run.seed, run.all_steps, system, run.policies


def in_order(scenarios: Iterable[ScenarioResult]) -> list[ScenarioResult]:
    """Return scenarios in the documents' order, which is that of the files and lines."""

    def place(scenario: ScenarioResult) -> tuple[str, int]:
        path, _, line = scenario.location.rpartition(":")
        return path, int(line)

    return sorted(scenarios, key=place)
