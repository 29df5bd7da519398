"""HTML read as a browser would: every element with its attributes, and the text within it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

NEVER_CLOSED = {"meta", "link", "input", "br"}
WITHIN_A_LINE = {"a", "b", "i", "span", "code", "small", "tspan"}


@dataclass
class Element:
    """An element; ``children`` are elements and texts in their order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text within, with single spaces."""
        return " ".join(self._told().split())

    def _told(self) -> str:
        told = "".join(child if isinstance(child, str) else child._told() for child in self.children)
        return told if self.name in WITHIN_A_LINE else f" {told} "

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def all(self, name: str = "", /, **wanted: str) -> list["Element"]:
        """Return the elements below this one of a name and with attributes, in the document's order."""
        found: list[Element] = []
        for child in self.children:
            if isinstance(child, Element):
                fits = name in ("", child.name) and all(child.attributes.get(k) == v for k, v in wanted.items())
                found += ([child] if fits else []) + child.all(name, **wanted)
        return found

    def one(self, name: str = "", /, **wanted: str) -> "Element":
        """Return the only such element."""
        found = self.all(name, **wanted)
        assert len(found) == 1, f"{len(found)} elements {name} {wanted}"
        return found[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in NEVER_CLOSED:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes {self.open[-1].name}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    """Read a document whose every element is closed where it should be."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"never closed: {[element.name for element in reader.open[1:]]}"
    return reader.open[0]
