"""SVG elements as safe text (SVG 1.1), and how much room a text takes."""

import re
from functools import cache
from unicodedata import east_asian_width

from markupsafe import Markup, escape

MONOSPACE = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
MONOSPACE_CELL = 0.61
"""How wide a character is, as a share of the font's size: in no usual monospace font is it wider."""
SANS_CELL = 0.6
"""The same for running text in a sans-serif font, where it is an average on the safe side."""
NAMESPACE = "http://www.w3.org/2000/svg"

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNKNOWN = "\ufffd"


def element(name: str, *children: str, **attributes: str | float | None) -> Markup:
    """Return an element. What is no Markup is escaped; an attribute of ``None`` is left out.

    Names are given as Python spells them: ``class_``, ``text_anchor``; but ``viewBox`` as it is.
    """
    written = "".join(f' {_spell(key)}="{_plain(value)}"' for key, value in attributes.items() if value is not None)
    within = "".join(child if isinstance(child, Markup) else _plain(child) for child in children)
    return Markup(f"<{name}{written}>{within}</{name}>" if within else f"<{name}{written}/>")  # noqa: S704


def cells(text: str) -> int:
    """Return how many cells of a monospace font a text takes; characters of East Asia take two."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(each) in "FW" else 1 for each in text)


@cache
def _spell(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _plain(value: str | float) -> str:
    """Spell a number shortly; escape a text, with a sign for what XML cannot hold (XML 1.0, section 2.2)."""
    if isinstance(value, str):
        return escape(value if value.isprintable() else _NO_XML.sub(_UNKNOWN, value))
    return f"{value:g}"
