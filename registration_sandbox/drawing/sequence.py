"""Real exchanges as a sequence diagram."""

from collections.abc import Callable, Mapping, Sequence
from textwrap import wrap

from markupsafe import Markup

from registration_sandbox.drawing.columns import CELL, FONT_SIZE, Columns, Label, head_width, place_columns
from registration_sandbox.drawing.events import Event, in_order, participants
from registration_sandbox.drawing.labels import answer_label, call_label, in_words, kind
from registration_sandbox.drawing.shortening import fitting
from registration_sandbox.drawing.svg import MONOSPACE, NAMESPACE, SANS, SANS_CELL, cells, element
from simulators.kit.faults.effect import is_answered
from simulators.kit.journal import Exchange

HEAD, CALL, ANSWER, CHAPTER_LINE, FOOT = 26.0, 27.0, 23.0, 17.0, 12.0
"""Heights: of the participants' names, a call, an answer, a line of a chapter's heading, and what is left below."""
BETWEEN = 9.0
"""What is left free before whatever comes from outside any exchange."""
LONG = 600.0
"""After so much the participants are named again where a chapter begins."""
BAR, TIP = 3.0, 5.0
"""Half the width of the bar of a service at work; the size of an arrow's tip."""
ABOVE, TOUCH = 16.0, 20.0
"""How far an exchange can be pointed at above its call, and beside the line of a service that is by itself."""
DASHES = "4 3"
CHAPTER_FONT_SIZE = 12

Href = Callable[[Exchange], str]


def draw(found: Sequence[Exchange], *, href: Href | None = None, chapters: Mapping[str, str] | None = None) -> Markup:
    """Draw exchanges, oldest first, as calls and answers between their participants.

    ``href`` is where an exchange leads to; ``chapters`` are headings, each by the id of the exchange that it precedes.
    """
    names = participants(found)
    labels = [
        Label(each.caller, each.service, label) for each in found for label in (call_label(each), answer_label(each))
    ]
    drawing = _Drawing(place_columns(names, labels), href, chapters or {})
    for event in in_order(found):
        drawing.add(event)
    return drawing.finish(f"{len(found)} exchanges between {', '.join(names)}")


class _Drawing:
    """A diagram that grows downwards, event by event."""

    def __init__(self, columns: Columns, href: Href | None, chapters: Mapping[str, str]) -> None:
        self._columns = columns
        self._href = href
        self._chapters = chapters
        self._named = 0.0
        self._y = HEAD
        self._called: dict[str, float] = {}
        self._behind: list[Markup] = [_head(name, at, 0) for name, at in columns.at.items()]
        self._exchanges: dict[str, tuple[Exchange, list[Markup]]] = {}

    def add(self, event: Event) -> None:
        exchange = event.exchange
        if event.is_answer:
            self._y += ANSWER
            begun, shapes = self._called.pop(exchange.id), self._exchanges[exchange.id][1]
            self._work(exchange.service, begun)
            shapes.insert(1, self._place(exchange, begun))
            shapes.append(self._answer(exchange))
            return
        if exchange.id in self._chapters:
            self._chapter(self._chapters[exchange.id])
        elif not self._called:
            self._y += BETWEEN
        self._y += CALL
        self._called[exchange.id] = self._y
        self._exchanges[exchange.id] = (exchange, [element("title", in_words(exchange)), self._call(exchange)])

    def finish(self, title: str) -> Markup:
        width, height = self._columns.width, self._y + FOOT
        lines = [element("path", class_="lifeline", d=f"M{x:g} 0V{height:g}") for x in self._columns.at.values()]
        linked = [self._link(exchange, shapes) for exchange, shapes in self._exchanges.values()]
        return element(
            "svg", element("title", title), *lines, *self._behind, *linked,
            class_="drawing sequence", role="group", viewBox=f"0 0 {width:g} {height:g}", width=width, height=height,
            font_family=MONOSPACE, font_size=FONT_SIZE, text_anchor="middle", xmlns=NAMESPACE,
        )  # fmt: skip

    def _link(self, exchange: Exchange, shapes: Sequence[Markup]) -> Markup:
        if self._href is None:
            return element("g", *shapes, class_=f"exchange {kind(exchange)}")
        return element("a", *shapes, class_=f"exchange {kind(exchange)}", href=self._href(exchange))

    def _call(self, exchange: Exchange) -> Markup:
        here, there = self._columns.at[exchange.caller], self._columns.at[exchange.service]
        label = fitting(call_label(exchange), self._columns.room(exchange.caller, exchange.service))
        if here == there:
            return self._own(here, label)
        line, tip = self._arrow(here, there)
        return element("path", class_="line", d=line + tip) + self._label(here, there, label)

    def _answer(self, exchange: Exchange) -> Markup:
        here, there = self._columns.at[exchange.service], self._columns.at[exchange.caller]
        label = fitting(answer_label(exchange), self._columns.room(exchange.caller, exchange.service))
        if here == there:
            return self._own(here, label, dashes=DASHES)
        arrives = is_answered(exchange.fault)
        line, tip = self._arrow(here, there) if arrives else self._draw_lost(here, there)
        dashed = element("path", class_="line", d=line, stroke_dasharray=DASHES)
        took = "took" if exchange.branches else None
        return dashed + element("path", class_="line", d=tip) + self._label(here, there, label, took)

    def _place(self, exchange: Exchange, begun: float) -> Markup:
        """Draw where an exchange can be pointed at: from its call to its answer, below what was asked on the way."""
        here, there = sorted((self._columns.at[exchange.caller], self._columns.at[exchange.service]))
        reach = BAR if here < there else TOUCH
        place = {
            "x": here - reach,
            "width": there - here + 2 * reach,
            "y": begun - ABOVE,
            "height": self._y - begun + ABOVE,
        }
        return element("rect", class_="hit", **place)

    def _arrow(self, here: float, there: float) -> tuple[str, str]:
        """Return the line and the tip of an arrow from one lifeline to another."""
        way = 1 if there > here else -1
        end, back = there - BAR * way, there - (BAR + TIP) * way
        tip = f"M{back:g} {self._y - TIP:g}L{end:g} {self._y:g}L{back:g} {self._y + TIP:g}"
        return f"M{here + BAR * way:g} {self._y:g}H{end:g}", tip

    def _draw_lost(self, here: float, there: float) -> tuple[str, str]:
        """Return a line that ends half-way, and the cross at its end."""
        middle = round((here + there) / 2, 1)
        cross = f"M{middle - TIP:g} {self._y - TIP:g}l{2 * TIP:g} {2 * TIP:g}m0-{2 * TIP:g}l-{2 * TIP:g} {2 * TIP:g}"
        return f"M{here:g} {self._y:g}H{middle:g}", cross

    def _label(self, here: float, there: float, label: str, class_: str | None = None) -> Markup:
        return element("text", label, class_=class_, x=round((here + there) / 2, 1), y=self._y - 5)

    def _own(self, x: float, label: str, dashes: str | None = None) -> Markup:
        """Draw what a service does by itself: what has fallen due, or a push that it sends."""
        width = cells(label) * CELL + 10
        place: dict[str, float] = {
            "x": round(x - width / 2, 1),
            "y": self._y - 15,
            "width": round(width, 1),
            "height": 18,
        }
        frame = element("rect", class_="own", rx=3, stroke_dasharray=dashes, **place)
        return frame + element("text", label, x=x, y=self._y - 2)

    def _work(self, service: str, begun: float) -> None:
        """Draw the bar of a service at work since a call."""
        x = self._columns.at[service] - BAR
        self._behind.append(element("rect", class_="bar", x=x, y=begun, width=2 * BAR, height=self._y - begun))

    def _chapter(self, heading: str) -> None:
        width = self._columns.width
        room = (width - 16) / (CHAPTER_FONT_SIZE * SANS_CELL)
        lines = wrap(heading, max(1, int(room * len(heading) / cells(heading)))) if heading else [""]
        top, height = self._y + BETWEEN, CHAPTER_LINE * len(lines) + 6
        words = [
            element("text", line, x=8, y=top + CHAPTER_LINE * n, font_family=SANS, font_size=CHAPTER_FONT_SIZE)
            for n, line in enumerate(lines, 1)
        ]
        band = element("rect", class_="band", x=0, y=top, width=width, height=height)
        self._behind.append(element("g", band, *words, class_="chapter", text_anchor="start"))
        self._y = top + height
        if self._y - self._named > LONG:
            self._named = self._y
            self._behind += [_head(name, at, self._y + 4) for name, at in self._columns.at.items()]
            self._y += HEAD


def _head(name: str, x: float, y: float) -> Markup:
    """Draw a participant's name."""
    width = head_width(name)
    frame = element("rect", class_="head", x=round(x - width / 2, 1), y=y + 1, width=round(width, 1), height=20, rx=4)
    return frame + element("text", fitting(name, int((width - 6) / CELL)), x=x, y=y + 15)
