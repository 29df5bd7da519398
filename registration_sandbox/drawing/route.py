"""A flow as a line with stops: its statuses in their order, and at each the document's steps that are taken there."""

from dataclasses import dataclass, field

from orchestrator.flows.branches import Branch, branches
from orchestrator.flows.device import AUTOMATIC, DEVICE
from orchestrator.flows.model import Action, Flow


@dataclass(frozen=True)
class Step:
    """A step of the document: its branches, the action that it is, if it is one, and where else it can lead to.

    ``stays`` tells that it leaves the status as it is where all goes well.
    """

    name: str
    title: str
    actions: tuple[str, ...]
    branches: tuple[Branch, ...]
    leads_to: tuple[str, ...]
    stays: bool = False


@dataclass
class Stop:
    """A status, or the beginning (``None``), with the steps that are taken there."""

    status: str | None
    steps: list[Step] = field(default_factory=list)


def stops(flow: Flow) -> list[Stop]:
    """Return a flow's stops from its beginning to its end.

    A status that only ends the flow early is no stop: it is told with the steps that lead to it.
    """
    found = [Stop(None), *[Stop(status) for status in flow.statuses]]
    by_status = {stop.status: stop for stop in found}
    grouped: dict[str, list[Branch]] = {}
    for branch in branches().values():
        if branch.flow == flow.name:
            grouped.setdefault(branch.step, []).append(branch)
    for name, own in grouped.items():
        home = _home(flow, name)
        by_status[home].steps.append(_step(flow, name, home, tuple(own)))
    goals = {action.leads_to[0] for action in flow.actions}
    return [stop for stop in found if stop.status is None or stop.steps or stop.status in goals]


def automatic(flow: Flow) -> tuple[tuple[str, str, str], ...]:
    """Return the moves of a flow that no action of the user's makes: before, after, and why."""
    return AUTOMATIC if flow is DEVICE else ()


def _home(flow: Flow, step: str) -> str | None:
    """Return the status in which a step is first taken; ``None`` for one that is taken at the beginning.

    What is neither an action nor happens by itself, such as the log-in, comes after the last action.
    """
    for action in _actions(flow, step):
        return None if action.allowed == flow.statuses else action.allowed[0]
    first = next(branch.step for branch in branches().values() if branch.flow == flow.name)
    otherwise = None if step == first else flow.actions[-1].leads_to[0]
    return next((before for before, _, why in automatic(flow) if step in why), otherwise)


def _step(flow: Flow, name: str, home: str | None, own: tuple[Branch, ...]) -> Step:
    actions = _actions(flow, name)
    leads_to = [status for action in actions for status in action.leads_to]
    if home is None:
        leads_to = sorted(flow.starts_in, key=lambda status: not _moves_on(flow, status))
    elif not actions:
        leads_to = [after for before, after, _ in automatic(flow) if before == home]
    stays = bool(leads_to) and leads_to[0] == home
    elsewhere = [status for status in dict.fromkeys(leads_to[1:]) if status not in (home, _next(flow, home))]
    title = actions[0].title if actions else ""
    return Step(name, title, tuple(action.name for action in actions), own, tuple(elsewhere), stays)


def _actions(flow: Flow, step: str) -> list[Action]:
    return [action for action in flow.actions if action.step == step]


def _moves_on(flow: Flow, status: str) -> bool:
    return any(status in action.allowed and action.allowed != flow.statuses for action in flow.actions)


def _next(flow: Flow, status: str | None) -> str | None:
    """Return the status after one, in the flow's order."""
    after = flow.statuses.index(status) + 1 if status else len(flow.statuses)
    return flow.statuses[after] if after < len(flow.statuses) else None
