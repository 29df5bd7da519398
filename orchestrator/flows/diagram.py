"""A flow drawn as a Mermaid state diagram."""

from orchestrator.flows.device import AUTOMATIC, DEVICE
from orchestrator.flows.model import Flow


def mermaid(flow: Flow) -> str:
    """Return the flow as a ``stateDiagram-v2``."""
    lines = ["stateDiagram-v2", f"    %% {flow.title}: {flow.document}"]
    lines += [f"    [*] --> {status}" for status in flow.starts_in]
    for action in flow.actions:
        if action.allowed == flow.statuses:
            lines.append(f"    %% in every status: {action.name} ({action.step})")
            continue
        lines += [
            f"    {before} --> {after}: {action.name} ({action.step})"
            for before in action.allowed
            for after in action.leads_to
        ]
    if flow is DEVICE:
        lines += [f"    {before} --> {after}: {why}" for before, after, why in AUTOMATIC]
    lines += [f"    {status} --> [*]" for status in flow.statuses if not _moves_on(flow, status)]
    return "\n".join(lines) + "\n"


def _moves_on(flow: Flow, status: str) -> bool:
    return any(status in action.allowed and action.allowed != flow.statuses for action in flow.actions)
