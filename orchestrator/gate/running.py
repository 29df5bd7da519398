"""A run of the specification from beginning to end: on a sandbox of its own or on one that is up already."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestrator.gate import suite as suites
from orchestrator.gate.results import FeatureText, Run, ScenarioResult, in_order
from orchestrator.gate.suite import Planned, Suite
from orchestrator.runtime.embedded import named_or_started
from simulators import __version__
from simulators.kit import clock

Begun = Callable[[int], None]
Done = Callable[[ScenarioResult], None]


@dataclass(frozen=True)
class Order:
    """What to run: ``wanted`` and ``tags`` select scenarios, of which ``shard`` (number, of) is played.

    ``url`` is a sandbox that is up, ``root`` the suite's directory, ``None`` the project's own; ``jobs`` how many
    processes play.
    """

    wanted: Sequence[str] = ()
    tags: Sequence[str] = ()
    shard: tuple[int, int] = (1, 1)
    jobs: int = 1
    seed: int = 0
    url: str | None = None
    root: Path | None = None


def run(order: Order, begun: Begun, done: Done) -> Run:
    """Play what was ordered, telling how many scenarios there are and each result as soon as it stands.

    What was played before Ctrl-C is in the run, which then is not whole. Raises BadSuite, and DidNotStart where no
    sandbox comes up.
    """
    from orchestrator.gate import playing, workers

    suite = suites.read(order.root or suites.default_root())
    planned = suites.shard(suites.select(suite, order.wanted, order.tags), *order.shard)
    results: list[ScenarioResult] = []

    def note(result: ScenarioResult) -> None:
        results.append(result)
        done(result)

    whole = not order.wanted and not order.tags
    started_at, started = clock.wall_now(), clock.monotonic()
    player = playing.Player(suite.root, order.seed)
    try:
        begun(len(planned))
        with named_or_started(order.url) as urls:
            environment = {"SANDBOX_ORCHESTRATOR_URL": urls["orchestrator"]}
            workers.play(player, planned, order.jobs, environment, note)
    except KeyboardInterrupt:
        whole = False
    return Run(
        version=__version__,
        started_at=clock.stamp(started_at),
        duration=clock.monotonic() - started,
        seed=order.seed,
        workers=order.jobs,
        shards=["/".join(map(str, order.shard))],
        whole=whole,
        features=_told(suite, planned),
        scenarios=in_order(results),
        all_steps=player.step_definitions,
        used_steps=player.steps_used_by(suite.scenarios),
    )


def _told(suite: Suite, planned: Sequence[Planned]) -> list[FeatureText]:
    played = {one.feature.filename for one in planned}
    return [feature for feature in suite.features if feature.path in played]
