"""Runs of the specification made by hand, for whatever is drawn or told of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from registration_sandbox.gate.results import FeatureText, Run, ScenarioResult
from simulators.kit.journal import DecisionEntry, Exchange

BEGINNING = datetime(2026, 1, 5, 9, tzinfo=UTC)
FEATURE = FeatureText(
    path="features/web_registration/02_verify_email_otp.feature",
    name="Verify the email code",
    tags=["documented"],
    description=["A customer enters it."],
)


def decided(branch: str | None, rule: str, **facts: Any) -> dict[str, Any]:
    """Return the part of an exchange that tells a decision."""
    return {"branches": [branch] if branch else [], "decisions": [DecisionEntry(rule, branch, facts)]}


def exchange(number: int = 1, *, after: int = 0, lasting: float = 1.0, **changed: Any) -> Exchange:
    """Make an exchange that began ``after`` milliseconds and took ``lasting`` milliseconds."""
    told: dict[str, Any] = {
        "id": f"{number:032x}",
        "service": "orchestrator",
        "caller": "client",
        "trace_id": "0" * 32,
        "parent": None,
        "at": BEGINNING,
        "recorded_at": BEGINNING + timedelta(milliseconds=after),
        "duration_ms": lasting,
        "method": "POST",
        "path": "/registrations",
        "status": 201,
    }
    return Exchange(**{**told, **changed})


def scenario(name: str = "A wrong code is counted", line: int = 10, **changed: Any) -> ScenarioResult:
    """Make a scenario that claims, takes and proves WR-2.2, unless it is changed."""
    told: dict[str, Any] = {
        "location": f"{FEATURE.path}:{line}",
        "feature": FEATURE.path,
        "rule": "",
        "name": name,
        "tags": ["WR-2.2", "documented"],
        "status": "passed",
        "duration": 0.1,
        "seed": 1,
        "world": "w",
        "replay": f"sandbox run {FEATURE.path}:{line} --seed 0",
        "claimed": ["WR-2.2"],
        "taken": ["WR-2.2"],
    }
    merged = {**told, **changed}
    if "location" in changed:
        merged["feature"] = changed["location"].rpartition(":")[0]
    return ScenarioResult(**merged)


def run(*scenarios: ScenarioResult, **changed: Any) -> Run:
    """Make a whole run."""
    told: dict[str, Any] = {
        "version": "0.1.0",
        "started_at": "2026-11-21T22:15:30Z",
        "duration": 12.3,
        "seed": 0,
        "workers": 2,
        "shards": ["1/1"],
        "whole": True,
        "features": [FEATURE],
        "scenarios": list(scenarios),
    }
    return Run(**{**told, **changed})
