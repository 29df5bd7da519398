"""Flows and real exchanges drawn as SVG, for the report and the console.

A drawing holds no styles and no script, only class names and presentation attributes, so that the strictest
Content-Security-Policy lets it through. Its colours are in ``drawing.css``.
"""

from importlib.resources import files


def stylesheet() -> str:
    """Return the drawings' colours, for light and dark screens and for paper."""
    return files(__name__).joinpath("drawing.css").read_text("utf-8")
