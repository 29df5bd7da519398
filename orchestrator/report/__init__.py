"""The report of a run of the specification: one HTML file that needs nothing else, for people who run no code."""

from collections.abc import Sequence
from pathlib import Path

from orchestrator.gate.results import Finding, Run


def write(run: Run, findings: Sequence[Finding], path: Path) -> None:
    """Write the report of a run, with the reasons for which the gate is shut (none: it is open). Raises OSError."""
    from orchestrator.report.page import page

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page(run, findings).encode("utf-8", "replace"))
