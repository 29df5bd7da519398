"""The specification as a product owner reads it: branches and whether they are proven, features, open questions."""

from flask import Blueprint, Response

from orchestrator.flows import FLOWS
from registration_sandbox.console import urls
from registration_sandbox.console.pages import render, service, world_named
from registration_sandbox.console.proof import RESULTS_FILE, BadResults, Specification, specification
from registration_sandbox.control_plane import observed
from registration_sandbox.drawing import flow as flow_drawing
from registration_sandbox.report.proofs import by_step
from registration_sandbox.report.readings import readings
from simulators.kit.errors import SandboxRefusal
from simulators.kit.world import World

blueprint = Blueprint("console-specification", __name__)


@blueprint.get(f"{urls.WORLD}/specification")
def get_specification(world: str) -> Response:
    """Show every branch of both documents, what the last run proved of it, and the documents' open questions."""
    found = world_named(world)
    read = _specification()
    return render(
        "specification.html", found, specification=read, places=read.place_of,
        flows=[(flow, by_step(read.proofs, flow.name), readings(flow, read.scenarios)) for flow in FLOWS.values()],
        taken=_find_taken_branches(found), results=service().settings.data_dir / RESULTS_FILE,
    )  # fmt: skip


@blueprint.get(f"{urls.WORLD}/specification/flows/<name>")
def get_flow(world: str, name: str) -> Response:
    """Draw a flow with all its branches and their results."""
    found = world_named(world)
    if name not in FLOWS:
        raise SandboxRefusal("unknown-flow", 404, f"There is no flow {name!r}; there are {' and '.join(FLOWS)}.")
    read = _specification()
    results = {id: proof.result for id, proof in read.proofs.items()} if read.run else None
    drawn = flow_drawing.draw(FLOWS[name], results=results, href=lambda id: f"#{id}", width=flow_drawing.WIDE)
    return render("drawing.html", found, drawing=drawn)


@blueprint.get(f"{urls.WORLD}/specification/features/<slug>")
def get_feature(world: str, slug: str) -> Response:
    """Show a feature as prose."""
    found = world_named(world)
    read = _specification()
    feature = next((each for each in read.features if each.slug == slug), None)
    if feature is None:
        raise SandboxRefusal("unknown-feature", 404, f"The specification has no feature {slug!r}.")
    return render("feature.html", found, feature=feature, specification=read)


def _find_taken_branches(world: World) -> dict[str, dict[str, object]]:
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
