"""The specification as a product owner reads it: branches and whether they are proven, features, open questions."""

from flask import Blueprint, Response

from orchestrator import observed
from orchestrator.console import urls
from orchestrator.console.pages import render, service, world_named
from orchestrator.console.proof import RESULTS_FILE, BadResults, Specification, specification
from orchestrator.drawing import flow as flow_drawing
from orchestrator.flows import FLOWS
from orchestrator.report.proofs import by_step
from orchestrator.report.readings import readings
from simulators.kit.errors import SandboxRefusal
from simulators.kit.worlds import World

blueprint = Blueprint("console-specification", __name__)


@blueprint.get(f"{urls.WORLD}/specification")
def get_specification(world: str) -> Response:
    """Show every branch of both documents, what the last run proved of it, and the documents' open questions."""
    found = world_named(world)
    told = _specification()
    return render(
        "specification.html", found, specification=told, places=told.place_of,
        flows=[(flow, by_step(told.proofs, flow.name), readings(flow, told.scenarios)) for flow in FLOWS.values()],
        taken=_taken(found), results=service().settings.data_dir / RESULTS_FILE,
    )  # fmt: skip


@blueprint.get(f"{urls.WORLD}/specification/flows/<name>")
def get_flow(world: str, name: str) -> Response:
    """Draw a flow with all its branches and their results."""
    found = world_named(world)
    if name not in FLOWS:
        raise SandboxRefusal("unknown-flow", 404, f"There is no flow {name!r}; there are {' and '.join(FLOWS)}.")
    told = _specification()
    results = {id: proof.result for id, proof in told.proofs.items()} if told.run else None
    drawn = flow_drawing.draw(FLOWS[name], results=results, href=lambda id: f"#{id}", width=flow_drawing.WIDE)
    return render("drawing.html", found, drawing=drawn)


@blueprint.get(f"{urls.WORLD}/specification/features/<slug>")
def get_feature(world: str, slug: str) -> Response:
    """Show a feature as prose."""
    found = world_named(world)
    told = _specification()
    feature = next((each for each in told.features if each.slug == slug), None)
    if feature is None:
        raise SandboxRefusal("unknown-feature", 404, f"The specification has no feature {slug!r}.")
    return render("feature.html", found, feature=feature, specification=told)


def _taken(world: World) -> dict[str, dict[str, object]]:
    """Return the branches that were taken in a world; none while a service cannot be asked."""
    try:
        return observed.coverage(service(), world.id)
    except SandboxRefusal:
        return {}


def _specification() -> Specification:
    try:
        return specification(service().settings)
    except BadResults as bad:
        raise SandboxRefusal("bad-results", 500, str(bad)) from bad
