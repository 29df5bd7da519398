"""The report's page, put together from its parts."""

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from orchestrator.flows import FLOWS
from orchestrator.flows.branches import branches
from orchestrator.flows.model import Flow
from registration_sandbox import drawing
from registration_sandbox.drawing import flow as flow_drawing
from registration_sandbox.gate import judging
from registration_sandbox.gate.results import Finding, Run
from registration_sandbox.power.outcomes import Outcome
from registration_sandbox.report import drawings, evidence
from registration_sandbox.report.glossary import GLOSSARY
from registration_sandbox.report.power import Power
from registration_sandbox.report.proofs import Proof, by_step, proofs
from registration_sandbox.report.prose import features
from registration_sandbox.report.readings import readings
from registration_sandbox.report.words import in_words

SECTIONS = {
    "verdict": "Verdict",
    "flows": "Flows",
    "branches": "Branches",
    "specification": "Specification",
    "questions": "Open questions",
    "glossary": "Glossary",
}
POWER = "power"
DRAWINGS = "drawings"
"""The name of what the page's script unpacks."""
BASES = ("documented", "implied", "assumed")
REASONS = {
    "scenario-failed": "Scenarios that failed",
    "branch-not-taken": "Branches that no scenario takes",
    "branch-claimed-not-taken": "Branches that are claimed but were not taken",
    "branch-taken-unclaimed": "Branches that are taken but claimed by no scenario",
    "unknown-branch": "Tags that name no branch",
    "unused-step": "Step definitions that no scenario uses",
    "branch-not-tried": "Branches that are claimed but could not be tried",
    "system-died": "How the system ended by itself",
}


def page(run: Run, findings: Sequence[Finding], outcomes: Sequence[Outcome] = ()) -> str:
    """Return the report as HTML."""
    told = features(run, [*SECTIONS, POWER, DRAWINGS, *branches()])
    scenarios = [scenario for feature in told for scenario in feature.scenarios]
    proven = proofs([scenario.result for scenario in scenarios], findings, run.branches if run.system else None)
    style, script = drawing.stylesheet() + _file("report.css"), _file("report.js")
    return _environment().get_template("page.html").render(
        run=run,
        sections=SECTIONS | ({POWER: "Power"} if outcomes else {}),
        power=Power.of(outcomes),
        whole=judging.is_whole(run),
        started_at=datetime.fromisoformat(run.started_at),
        reasons=_by_reason(findings),
        counts=Counter(scenario.status for scenario in run.scenarios),
        exchanges=sum(len(one.exchanges) for one in run.scenarios),
        proofs=proven,
        states=Counter(state.state for state in run.branches.values()),
        flows=[(flow, by_step(proven, flow.name), readings(flow, scenarios)) for flow in FLOWS.values()],
        drawn={flow.name: _draw_flow(flow, proven) for flow in FLOWS.values()},
        features=told,
        slugs={scenario.result.location: scenario.slug for scenario in scenarios},
        titles={scenario.result.location: scenario.title for scenario in scenarios},
        drawings_name=DRAWINGS,
        drawings=drawings.pack(scenarios),
        style=Markup(style),  # noqa: S704  # the project's own files
        script=Markup(script),  # noqa: S704
        style_hash=_hash(style),
        script_hash=_hash(script),
    )  # fmt: skip


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("registration_sandbox.report"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals |= {
        "bases": BASES, "reason_titles": REASONS, "glossary": GLOSSARY, "branches": branches(),
        "signs": flow_drawing.SIGNS, "registrations": evidence.registrations,
        "write_transcript": evidence.write_transcript,
        "anchor": drawings.anchor, "in_words": in_words,
    }  # fmt: skip
    return environment


def _draw_flow(flow: Flow, proven: dict[str, Proof]) -> tuple[Markup, Markup]:
    """Draw a flow for a screen, and for paper."""
    results = {id: proof.result for id, proof in proven.items()}

    def draw(width: float) -> Markup:
        return flow_drawing.draw(flow, results=results, href=lambda branch: f"#{branch}", width=width)

    return draw(flow_drawing.NARROW), draw(flow_drawing.WIDE)


def _by_reason(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {kind: [] for kind in REASONS}
    for finding in findings:
        found.setdefault(finding.kind, []).append(finding)
    return {kind: group for kind, group in found.items() if group}


def _file(name: str) -> str:
    return files("registration_sandbox.report").joinpath("templates", name).read_text("utf-8")


def _hash(text: str) -> str:
    """Return the source expression of a Content-Security-Policy that lets just this text through (CSP 3, 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
