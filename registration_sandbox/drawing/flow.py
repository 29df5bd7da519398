"""A flow as a diagram: its statuses from top to bottom, and at each the document's steps with their branches."""

from collections.abc import Callable, Mapping, Sequence
from textwrap import wrap
from typing import Any

from markupsafe import Markup

from orchestrator.flows.branches import Branch
from orchestrator.flows.model import Flow
from registration_sandbox.drawing.route import Step, Stop, stops
from registration_sandbox.drawing.svg import MONOSPACE, NAMESPACE, SANS, SANS_CELL, element

NARROW, WIDE = 360.0, 720.0
"""Widths of a drawing for a phone, and for a desk or paper."""
RAIL, CARD, PADDING = 13.0, 34.0, 10.0
"""From the left: the line that the stops are on, and the steps' cards; and what a card leaves free within."""
NAMES = 190.0
"""How wide the steps' names are where there is room for words beside them."""
STOP_HEIGHT, LINE, MARK_WIDTH, MARK_HEIGHT, APART = 36.0, 17.0, 70.0, 22.0, 6.0
NAME_SIZE, WORDS_SIZE, MARK_SIZE = 13, 12, 11
SIGNS = {"passed": "✓", "failed": "✗", "untaken": "○"}
DASHES = {"implied": "6 3", "assumed": "2 2"}
"""How a mark's border tells on what its branch rests; that of a documented one is whole."""

Href = Callable[[str], str]


def draw(
    flow: Flow,
    *,
    results: Mapping[str, str] | None = None,
    href: Href | None = None,
    way: Sequence[Mapping[str, Any]] = (),
    width: float = NARROW,
) -> Markup:
    """Draw a flow with all its branches.

    ``results`` are the branches' (``passed``, ``failed`` or ``untaken``), by id; ``href`` is where a branch leads to;
    ``way`` is the history of a registration, oldest first, whose way through the flow is marked.
    """
    drawing = _Drawing(results or {}, href, _Way(way), width)
    route = stops(flow)
    for stop in route:
        drawing.add(stop, is_end=stop is route[-1])
    return drawing.finish(flow)


class _Way:
    """Which statuses, steps and branches a registration passed."""

    def __init__(self, history: Sequence[Mapping[str, Any]]) -> None:
        self.statuses = {entry["after"] for entry in history}
        self.actions = {entry["action"] for entry in history}
        self.branches = {entry["branch"] for entry in history}
        self.last: Mapping[str, Any] = history[-1] if history else {"after": None, "action": None, "branch": None}
        self.here = self.last["after"]

    def ends_at(self, step: Step) -> bool:
        return self.last["action"] in step.actions or any(branch.id == self.last["branch"] for branch in step.branches)

    def through(self, step: Step) -> bool:
        return bool(self.actions & set(step.actions)) or any(branch.id in self.branches for branch in step.branches)

    def at(self, stop: Stop) -> bool:
        return bool(self.statuses) if stop.status is None else stop.status in self.statuses


class _Drawing:
    """A diagram that grows downwards, stop by stop."""

    def __init__(self, results: Mapping[str, str], href: Href | None, way: _Way, width: float) -> None:
        self._results = results
        self._href = href
        self._way = way
        self._width = width
        self._y = 2.0
        self._last: tuple[float, bool] | None = None
        self._rails: list[Markup] = []
        self._shapes: list[Markup] = []

    def add(self, stop: Stop, *, is_end: bool) -> None:
        middle, passed = self._y + STOP_HEIGHT / 2, self._way.at(stop)
        if self._last is not None:
            above, came_from = self._last
            rail = element("path", class_="rail", d=f"M{RAIL:g} {above:g}V{middle:g}")
            self._rails.append(element("g", rail, class_="way" if passed and came_from else None))
        self._last = (middle, passed)
        kinds = [
            "stop-of", "way" if passed else "", "end" if is_end else "",
            "here" if stop.status and stop.status == self._way.here else "",
        ]  # fmt: skip
        self._shapes.append(
            element(
                "g",
                element("circle", class_="stop", cx=RAIL, cy=middle, r=8 if stop.status else 5),
                element(
                    "text", stop.status or "Start", x=CARD, y=middle + 5, font_size=NAME_SIZE + 1, font_weight="bold"
                ),
                class_=" ".join(filter(None, kinds)),
            )
        )
        self._y += STOP_HEIGHT
        for step in stop.steps:
            self._step(step)

    def finish(self, flow: Flow) -> Markup:
        height = self._y + 4
        return element(
            "svg", element("title", f"{flow.title}: its statuses, steps and branches"), *self._rails, *self._shapes,
            class_="drawing flow", role="group", viewBox=f"0 0 {self._width:g} {height:g}", width=self._width,
            height=height, font_family=SANS, font_size=WORDS_SIZE, xmlns=NAMESPACE,
        )  # fmt: skip

    def _step(self, step: Step) -> None:
        left, top = CARD + PADDING, self._y + PADDING / 2
        inner = self._width - left - PADDING - 2
        y = top + LINE
        shapes = [element("text", step.name, x=left, y=y, font_size=NAME_SIZE, font_weight="600")]
        beside = left + NAMES if self._width >= WIDE else left
        for n, line in enumerate(
            wrap(self._describe_step(step), int((inner + left - beside) / (WORDS_SIZE * SANS_CELL)))
        ):
            y += LINE if n or beside == left else 0
            shapes.append(element("text", line, class_="soft", x=beside, y=y))
        y += PADDING - APART / 2
        in_a_row = max(1, int((inner + APART) // (MARK_WIDTH + APART)))
        for n, branch in enumerate(step.branches):
            row, column = divmod(n, in_a_row)
            shapes.append(self._mark(branch, left + column * (MARK_WIDTH + APART), y + row * (MARK_HEIGHT + APART)))
        y += -(-len(step.branches) // in_a_row) * (MARK_HEIGHT + APART)
        bottom = y + PADDING - APART
        card = element("rect", class_="card", x=CARD, y=top, width=self._width - CARD - 1, height=bottom - top, rx=6)
        twig = element("path", class_="twig", d=f"M{RAIL:g} {top + LINE - 4:g}H{CARD:g}")
        self._shapes.append(element("g", twig, card, *shapes, class_="step way" if self._way.through(step) else "step"))
        self._y = bottom + PADDING / 2

    def _describe_step(self, step: Step) -> str:
        """Return what is to be told of a step beside its name."""
        notes = [step.title] if step.title else []
        if step.stays:
            notes.append("the status stays as it is")
        if step.leads_to and self._way.ends_at(step) and self._way.here in step.leads_to:
            notes.append(f"has led to {self._way.here}")
        elif step.leads_to:
            notes.append(f"can also lead to {' or '.join(step.leads_to)}")
        return "; ".join(notes)

    def _mark(self, branch: Branch, x: float, y: float) -> Markup:
        result = self._results.get(branch.id, "")
        taken = branch.id in self._way.branches
        shapes = [
            element("title", _in_words(branch, result, taken)),
            element(
                "rect", x=x, y=y, width=MARK_WIDTH, height=MARK_HEIGHT, rx=4, stroke_dasharray=DASHES.get(branch.basis)
            ),
            element("text", branch.id, x=x + 6, y=y + 15, font_family=MONOSPACE, font_size=MARK_SIZE),
        ]
        if result in SIGNS:
            sign = element("text", SIGNS[result], x=x + MARK_WIDTH - 5, y=y + 15, text_anchor="end", aria_hidden="true")
            shapes.append(sign)
        kinds = " ".join(filter(None, ["mark", branch.basis, result, "way" if taken else ""]))
        if self._href is None:
            return element("g", *shapes, class_=kinds)
        return element("a", *shapes, class_=kinds, href=self._href(branch.id))


def _in_words(branch: Branch, result: str, taken: bool) -> str:
    description = f"{branch.id}, {branch.basis}: {branch.when}: {branch.then}."
    return description + (f" Result: {result}." if result else "") + (" Taken by this registration." if taken else "")
