"""A run of the specification from beginning to end: on a sandbox of its own or on one that is up already."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registration_sandbox.gate import admission, interrupts
from registration_sandbox.gate import suite as suites
from registration_sandbox.gate.claims import Claims, claims_of, concerning
from registration_sandbox.gate.places import place_for
from registration_sandbox.gate.results import FeatureText, Run, ScenarioResult, TriedSystem, in_order
from registration_sandbox.gate.suite import BadSuite, Planned, Suite
from registration_sandbox.gate.system import System
from registration_sandbox.gate.system_process import SystemProcess, running_system
from registration_sandbox.worlds.policy_names import BadPolicy, read_checked
from simulators import __version__
from simulators.kit import clock

Begun = Callable[[int], None]
Done = Callable[[ScenarioResult], None]


@dataclass(frozen=True)
class Order:
    """What to run: ``wanted`` and ``tags`` select scenarios, of which ``shard`` (number, of) is played.

    ``url`` is a sandbox that is up, ``root`` the suite's directory, ``None`` the project's own; ``jobs`` how many
    processes play; ``system`` the system under test, ``None`` where that is the sandbox itself. ``policies`` hold in
    every world whose scenario sets no others, each as ``cymmetri.otp.max_attempts=5``.
    """

    wanted: Sequence[str] = ()
    tags: Sequence[str] = ()
    shard: tuple[int, int] = (1, 1)
    jobs: int = 1
    seed: int = 0
    url: str | None = None
    root: Path | None = None
    system: System | None = None
    policies: Sequence[str] = ()

    @property
    def processes(self) -> int:
        """How many processes play: one, where all scenarios share a world."""
        return 1 if self.system and not self.system.carries_worlds else self.jobs

    def replay_options(self) -> list[str]:
        """Return what a command that replays a scenario of the run needs beside its place."""
        options = ["--seed", str(self.seed)]
        options += ["--suite", str(self.root)] if self.root else []
        options += ["--against", str(self.system.file)] if self.system else []
        for setting in self.policies:
            options += ["--policy", setting]
        return options


def run(order: Order, begun: Begun, done: Done) -> Run:
    """Play what was ordered, telling how many scenarios there are and each result as soon as it stands.

    What was played before Ctrl-C is in the run, which then is not whole. Raises BadSuite, BadSystem; DidNotStart and
    NotAdmitted where there is no sandbox to play on; SystemNotReady; BadPolicy.
    """
    from registration_sandbox.gate import playing, workers

    policies = _read_policies(order)
    suite = suites.read(order.root or suites.default_root())
    claims = claims_of(order.system.claims) if order.system else None
    planned = _plan(order, suite, claims)
    results: list[ScenarioResult] = []
    process: SystemProcess | None = None

    def note(result: ScenarioResult) -> None:
        results.append(result)
        done(result)
        if process:
            process.revive()

    whole = not order.wanted and not order.tags
    started_at, started = clock.wall_now(), clock.monotonic()
    player = playing.Player(suite.root, order.seed, order.system, order.replay_options(), policies)
    try:
        with interrupts.ended_by_signals(), ExitStack() as stack:
            place = stack.enter_context(place_for(order.url, order.system))
            if order.system and order.system.is_external:
                secrets = admission.credentials(place.control_plane, os.environ.get("SANDBOX_ADMIN_TOKEN"))
                process = stack.enter_context(running_system(order.system, place.urls, secrets))
            begun(len(planned))
            workers.play(player, planned, order.processes, place.environment(), claims, note)
    except KeyboardInterrupt:
        whole = False
    return Run(
        version=__version__,
        started_at=clock.stamp(started_at),
        duration=clock.monotonic() - started,
        seed=order.seed,
        workers=order.processes,
        shards=["/".join(map(str, order.shard))],
        whole=whole,
        features=_texts(suite, planned),
        scenarios=in_order(results),
        all_steps=player.step_definitions,
        used_steps=player.steps_used_by(suite.scenarios),
        policies=list(order.policies),
        system=_describe_system(order.system, claims, process) if order.system and claims else None,
    )


def _read_policies(order: Order) -> dict[str, Any]:
    """Return the policies of the run, by service. Raises BadPolicy, also for those of the system under test."""
    policies = read_checked(order.policies)
    if order.system and order.system.replaces in policies:
        own = order.system.replaces
        raise BadPolicy(f"{own} is what {order.system.name} replaces: {order.system.file} tells [policies.{own}].")
    return policies


def _plan(order: Order, suite: Suite, claims: Claims | None) -> list[Planned]:
    """Return the scenarios to play: those selected and, of a system under test, those about what it claims."""
    selected = suites.select(suite, order.wanted, order.tags)
    if claims is not None:
        selected = concerning(selected, claims)
        if not selected:
            raise BadSuite("No scenario that was selected is about what the system claims.")
    return suites.shard(selected, *order.shard)


def _texts(suite: Suite, planned: Sequence[Planned]) -> list[FeatureText]:
    played = {one.feature.filename for one in planned}
    return [feature for feature in suite.features if feature.path in played]


def _describe_system(system: System, claims: Claims, process: SystemProcess | None) -> TriedSystem:
    from orchestrator.flows.branches import branches

    return TriedSystem(
        name=system.name,
        replaces=system.replaces,
        url=system.url,
        driver=system.driver,
        isolation=system.isolation,
        clock=system.clock,
        claims=[id for id in branches() if id in claims.branches],
        exceptions=claims.exceptions,
        deaths=process.deaths if process else [],
    )
