"""A flow's table as the model: what a registration shows, and what its history tells, must be of the table."""

import os
from typing import Any

from hypothesis import HealthCheck, settings

from orchestrator.flows import FLOWS
from orchestrator.flows.device import AUTOMATIC
from orchestrator.flows.model import Flow

LONG = "SANDBOX_MODEL_EXAMPLES"
"""The environment's name for a longer run: so many examples of more steps each, of a new seed each time."""

BEGUN_BY = {"web": "check-identity", "device": "check"}


def profile(examples: int, steps: int) -> settings:
    """Return how many examples of how many steps are played: the same ones each time, unless a long run is wanted."""
    wanted = os.environ.get(LONG)
    return settings(
        max_examples=int(wanted) if wanted else examples,
        stateful_step_count=3 * steps if wanted else steps,
        derandomize=not wanted,
        deadline=None,
        database=None,
        print_blob=bool(wanted),
        suppress_health_check=list(HealthCheck),
    )


def assert_of_the_table(registration: dict[str, Any], history: list[dict[str, Any]]) -> None:
    """Fail unless a registration is as the table has it and its history is a path through the table."""
    flow = FLOWS[registration["flow"]]
    assert registration["status"] in flow.statuses
    allowed = flow.list_allowed(registration["status"])
    over = flow.name == "web" and "Begin again" in registration["last_outcome"]["message"]
    assert registration["allowed_actions"] == ([] if over else allowed)
    first, *later = history
    assert (first["action"], first["before"]) == (BEGUN_BY[flow.name], "")
    assert first["after"] in flow.starts_in
    at = first["after"]
    for entry in later:
        assert entry["before"] == at, f"{entry} does not follow {at}"
        assert _is_a_move(flow, entry["action"], at, entry["after"]), f"{entry} is no move of the table"
        at = entry["after"]
    assert at == registration["status"]


def moves(history: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Return the moves from one status to another, the beginning left out: by which action, from where, to where."""
    return [(e["action"], e["before"], e["after"]) for e in history[1:] if e["before"] != e["after"]]


def _is_a_move(flow: Flow, action: str, before: str, after: str) -> bool:
    if before == after:
        return True
    declared = flow.action(action)
    if declared is not None and before in declared.allowed and after in declared.leads_to:
        return True
    by_itself = flow.name == "device" and (before, after) in {(was, then) for was, then, _ in AUTOMATIC}
    return by_itself and action in ("push", "lapse")
