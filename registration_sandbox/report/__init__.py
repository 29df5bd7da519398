"""The report of a run of the specification: one HTML file that needs nothing else, for people who run no code."""

from collections.abc import Sequence
from pathlib import Path

from registration_sandbox.gate.results import Finding, Run
from registration_sandbox.power.outcomes import Outcome


def write(run: Run, findings: Sequence[Finding], path: Path, outcomes: Sequence[Outcome] = ()) -> None:
    """Write the report of a run, with the reasons for which the gate is shut (none: it is open). Raises OSError.

    Where bugs have been planted, it has a section on what came of them.
    """
    from registration_sandbox.report.page import page

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page(run, findings, outcomes).encode("utf-8", "replace"))
