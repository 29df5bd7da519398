"""The flows' pictures in docs/flows/: each flow as the report draws it, with its colours in the file."""

from markupsafe import Markup

from orchestrator.flows.device import DEVICE
from orchestrator.flows.web import WEB
from registration_sandbox import drawing
from registration_sandbox.drawing import flow
from registration_sandbox.drawing.svg import element

FLOWS = {each.name: each for each in (WEB, DEVICE)}


def draw_flow(name: str) -> str:
    """Return a flow's picture as an SVG file."""
    drawn = flow.draw(FLOWS[name], width=flow.WIDE)
    opening, tag_end, rest = drawn.partition(">")
    colours = element("style", Markup(drawing.stylesheet()))  # noqa: S704
    paper = element("rect", width="100%", height="100%", fill="var(--paper)")
    return f"{opening}{tag_end}{colours}{paper}{rest}\n"
