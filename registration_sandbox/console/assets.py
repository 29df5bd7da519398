"""The console's style sheets and scripts, each under a name of its own for each version, so that browsers keep them."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from flask import Blueprint, Response, abort

from registration_sandbox.console import urls

CACHE_FOR_A_YEAR = "public, max-age=31536000, immutable"
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain"}
PLACES = {"console": ("registration_sandbox.console", "static"), "drawing": ("registration_sandbox.drawing", ".")}
"""The package and its folder that bring assets, by the first part of their address."""

blueprint = Blueprint("console-assets", __name__)


def address(name: str) -> str:
    """Return where an asset is, as in ``console/console.css``; it changes with the asset."""
    return f"{urls.ROOT}/assets/{_digest(name)}/{name}"


@blueprint.get(f"{urls.ROOT}/assets/<digest>/<path:name>")
def get_asset(digest: str, name: str) -> Response:
    """Serve an asset."""
    del digest
    suffix = name[name.rfind(".") :]
    if suffix not in MEDIA_TYPES or ".." in name:
        abort(404)
    try:
        content = _file(name).read_bytes()
    except (KeyError, OSError):
        abort(404)
    return Response(content, mimetype=MEDIA_TYPES[suffix], headers={"Cache-Control": CACHE_FOR_A_YEAR})


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(_file(name).read_bytes()).hexdigest()[:12]


def _file(name: str) -> Traversable:
    place, _, rest = name.partition("/")
    package, folder = PLACES[place]
    return files(package).joinpath(folder, *rest.split("/"))
