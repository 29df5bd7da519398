"""docs/branches.md: every branch of the two flows, by the document's steps."""

from collections.abc import Iterator
from itertools import groupby

from orchestrator.flows.branches import Branch, branches
from orchestrator.flows.device import DEVICE
from orchestrator.flows.model import Flow
from orchestrator.flows.web import WEB
from registration_sandbox.reference.markdown import anchor, page, table
from simulators.kit.services import spec_of

HEAD = ("branch", "basis", "when", "then", "the customer sees", "decided by")
EXPLAINED = """
A branch is one way that a step can go. Its id stays for good: features are tagged with it, decisions in the journal
name it, and the report counts it. Its **basis** says on what it rests:

- **documented**: the document says so;
- **implied**: the document asks the question, but does not answer it;
- **assumed**: the document is silent; this is what a careful bank does.
"""


def make_page() -> str:
    """Return the page."""
    flows = [_flow(flow) for flow in (WEB, DEVICE)]
    return page(
        "Branches", "`orchestrator/flows/branches.yaml`", EXPLAINED, *(part for parts in flows for part in parts)
    )


def step_anchor(flow: str, step: str) -> str:
    """Return the page's place for a step, given as branches.yaml names it (``2 VerifyEmailOtp``)."""
    return f"{flow}-step-{step.partition(' ')[0]}"


def _flow(flow: Flow) -> Iterator[str]:
    yield f"## {flow.title}"
    yield f"Told step by step in [its own page](flows/{flow.name}-registration.md)."
    of_flow = [branch for branch in branches().values() if branch.flow == flow.name]
    for step, found in groupby(of_flow, key=lambda branch: branch.step):
        number, _, name = step.partition(" ")
        yield anchor(step_anchor(flow.name, step))
        yield f"### [Step {number}](flows/{flow.name}-registration.md#step-{number}): {name}"
        yield table(HEAD, map(_row, found))


def _row(branch: Branch) -> tuple[str, ...]:
    name = f"{anchor(branch.id.lower())}**{branch.id}**"
    return name, branch.basis, branch.when, branch.then, _format_shown(branch), spec_of(branch.decided_by).title


def _format_shown(branch: Branch) -> str:
    """Return what the customer sees of a branch, and why they are refused, if they are."""
    shown = ". ".join(filter(None, (branch.shown.title, branch.shown.text))) if branch.shown else ""
    return "<br>".join(filter(None, (shown, f"*{branch.reason}*" if branch.reason else "")))
