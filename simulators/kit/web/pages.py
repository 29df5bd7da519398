"""Pages for people that a service serves with scripts and styles of its own, under a strict Content-Security-Policy."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from flask import Flask, Response, abort, render_template_string, request

MEDIA_TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
CACHE_FOR_A_YEAR = "public, max-age=31536000, immutable"
POLICY: Mapping[str, str] = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:",
    "connect-src": "'self'", "form-action": "'none'", "frame-ancestors": "'none'", "base-uri": "'none'",
}  # fmt: skip
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def add_page(
    app: Flask, path: str, assets_path: str, package: str, page: str, assets: list[str],
    policy: Mapping[str, str] = POLICY, **context: str,
) -> None:  # fmt: skip
    """Serve the template ``page`` of a package at ``path``, and its assets, each under a name that changes with it.

    The template gets the assets' addresses as ``assets``, the prefix of the request's world as ``root``, and the
    context.
    """

    @cache
    def digest(name: str) -> str:
        return hashlib.sha256(_read(package, name)).hexdigest()[:12]

    def get_page() -> Response:
        found = {name: f"{request.script_root}{assets_path}/{digest(name)}/{name}" for name in assets}
        text = _read(package, page).decode()
        html = render_template_string(text, assets=found, root=request.script_root, **context)
        allowed = "; ".join(f"{name} {sources}" for name, sources in policy.items())
        return Response(html, mimetype="text/html", headers={**HEADERS, "Content-Security-Policy": allowed})

    def get_asset(digest: str, name: str) -> Response:
        del digest
        if name not in assets:
            abort(404)
        headers = {"Cache-Control": CACHE_FOR_A_YEAR, "X-Content-Type-Options": "nosniff"}
        return Response(_read(package, name), mimetype=MEDIA_TYPES[name.rpartition(".")[2]], headers=headers)

    app.add_url_rule(path, f"page {path}", get_page)
    app.add_url_rule(f"{assets_path}/<digest>/<name>", f"assets {assets_path}", get_asset)


def _read(package: str, name: str) -> bytes:
    return files(package).joinpath(name).read_bytes()
