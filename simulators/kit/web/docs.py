"""``/docs``: a page on which people read a service's OpenAPI document and try its operations, without the network.

The viewer is Swagger UI, unchanged, in ``viewer/`` beside its licences (see THIRD-PARTY.md there).
"""

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from simulators.kit.web.pages import add_page

PAGE = "/docs"
SWAGGER_UI = "swagger-ui-5.35.0.min"
ASSETS = [f"{SWAGGER_UI}.js", f"{SWAGGER_UI}.css", "docs.js", "docs.css", "icon.svg"]


def add(app: Flask, service: str, *, at_root: bool) -> None:
    """Serve the page and its assets; with ``at_root`` the root leads to it."""
    add_page(
        app, PAGE, PAGE, "simulators.kit.web.viewer", "docs.html", ASSETS, service=service, swagger_ui=SWAGGER_UI
    )  # fmt: skip
    if at_root:
        app.add_url_rule("/", "root", _lead_to_page)


def _lead_to_page() -> Response:
    return redirect(f"{request.script_root}{PAGE}")
