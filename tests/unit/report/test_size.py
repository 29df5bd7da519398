"""The report of a large suite stays small enough to be mailed."""

import hashlib
from pathlib import Path
from typing import Any

from orchestrator.flows.branches import branches
from registration_sandbox import report
from registration_sandbox.gate.results import RegistrationLeft, ScenarioResult, StepResult
from simulators.kit.journal import Exchange
from tests.support.made_runs import decided, exchange, run, scenario

LARGEST = 2_000_000
SCENARIOS, EXCHANGES = 200, 25
CALLS = (
    ("client", "orchestrator", "/registrations/{id}/actions/verify-email-otp"),
    ("orchestrator", "cymmetri", "/ciamregsrvc/webRegistration/VerifyEmailOtp"),
    ("cymmetri", "cbs", "/cbs/customers/search"),
    ("cymmetri", "mailroom", "/messages"),
    ("orchestrator", "auth_service", "/users/asha{id}/devices/{id}{id}"),
)


def test_two_hundred_scenarios_stay_under_two_megabytes(tmp_path: Path):
    report.write(run(*map(played, range(SCENARIOS))), [], tmp_path / "report.html")
    assert (tmp_path / "report.html").stat().st_size < LARGEST


def played(number: int) -> ScenarioResult:
    """Make a scenario as they usually are: no two say quite the same."""
    branch = list(branches())[number % len(branches())]
    sentences = [f"{hexed(number, n)[:12]} is told something of an ordinary length" for n in range(7)]
    history = [
        {"action": "verify-email-otp", "before": "Email_Otp_Sent", "after": "Mobile_Otp_Sent", "branch": branch,
         "message": "Enter the code that was sent to your mobile.", "facts": {}}
    ] * 4  # fmt: skip
    return scenario(
        f"Scenario {number} with a title that says what it is about", number + 1, claimed=[branch], taken=[branch],
        steps=[StepResult("And", words, "passed", exchanges=4) for words in sentences],
        registrations=[RegistrationLeft(hexed(number), "web", "Mobile_Otp_Sent", history)],
        exchanges=[asked(number, n, branch) for n in range(EXCHANGES)],
    )  # fmt: skip


def asked(number: int, place: int, branch: str) -> Exchange:
    caller, service, path = CALLS[place % len(CALLS)]
    why: dict[str, Any] = {}
    if place % 4 == 0:
        why = decided(branch, "otp.wrong", cif=hexed(number)[:9], attempts=1, blocked_until="2026-01-05T09:30:00Z")
    elif place % 4 == 1:
        moved = {"registration": hexed(number), "before": "Email_Otp_Sent", "after": "Mobile_Otp_Sent"}
        why = decided(None, "registration.moved", **moved)
    return exchange(
        1000 * number + place, after=10 * place, caller=caller, service=service,
        path=path.format(id=hexed(number, place)),
        answer={"message": "Enter the code that was mailed to you."} if caller == "client" else {}, **why,
    )  # fmt: skip


def hexed(*numbers: int) -> str:
    return hashlib.sha256(repr(numbers).encode()).hexdigest()[:32]
