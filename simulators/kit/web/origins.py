"""The web pages that may ask a sandbox: whose writes are done, and who may read answers (CORS, Fetch section 3.2).

Pages of this machine's loopback may use the simulated systems as the bank's own pages would; others are named by
``SANDBOX_CORS_ORIGINS``. The control plane is for pages of the sandbox itself; for others only if it wants a token.
"""

import re
from urllib.parse import urlsplit

from flask import Request, Response

from simulators.kit.errors import SandboxRefusal
from simulators.kit.settings import Settings
from simulators.kit.web.hosts import LONGEST_SHOWN
from simulators.kit.wire.addresses import EVERY, LONGEST_AUTHORITY, hostname_of, is_loopback
from simulators.kit.wire.control import CONTROL_PREFIX

SAFE = ("GET", "HEAD", "OPTIONS")
VISIT = "document"
"""What a browser says that it wants where its own page is to become the one that is asked for (Fetch Metadata)."""

METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
EXPOSED = "Location, Retry-After, Sandbox-Branch, Sandbox-Exchange, Sandbox-Now"
LONGEST_ORIGIN = LONGEST_AUTHORITY + len("https://")
REMEMBERED = "600"
"""Seconds for which a browser need not ask again what it may send."""

_HEADER_NAMES = re.compile(r"[A-Za-z0-9_-]+(?:[ \t]*,[ \t]*[A-Za-z0-9_-]+)*")


def check_origin(request: Request, settings: Settings) -> None:
    """Refuse what a foreign page writes, fetches or embeds. Raises SandboxRefusal (``not-from-here``, 403).

    A read is journalled, and the journal is bounded; but a link to here may be followed. What a page embeds is asked
    for without its ``Origin``: its ``Referer`` counts. What is no browser sends none of these headers.
    """
    if allowed_origin(request, settings):
        return
    origin = request.headers.get("Origin")
    from_elsewhere = request.headers.get("Sec-Fetch-Site", "").lower() == "cross-site"
    if request.method not in SAFE:
        what, is_foreign = "change", from_elsewhere or origin is not None
    elif request.headers.get("Sec-Fetch-Dest", VISIT).lower() == VISIT:
        return
    else:
        what, is_foreign = "fetch", from_elsewhere and not _is_allowed(_referrer(request), request, settings)
    if not is_foreign:
        return
    who = "A page of another site" if origin is None else f"A page of {origin[:LONGEST_SHOWN]}"
    how = "allow its origin by SANDBOX_CORS_ORIGINS"
    if request.path.startswith(CONTROL_PREFIX):
        how += " and protect the control plane by SANDBOX_ADMIN_TOKEN"
    raise SandboxRefusal("not-from-here", 403, f"{who} may {what} nothing here; {how}.")


def answer_preflight(request: Request, settings: Settings) -> Response | None:
    """Return the answer to a page that asks what it may send; ``None`` where nobody asks, or nothing is allowed."""
    wanted = request.headers.get("Access-Control-Request-Method")
    if request.method != "OPTIONS" or wanted is None or allowed_origin(request, settings) is None:
        return None
    response = Response(status=204)
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Max-Age"] = REMEMBERED
    names = request.headers.get("Access-Control-Request-Headers", "")
    if _HEADER_NAMES.fullmatch(names):
        response.headers["Access-Control-Allow-Headers"] = names
    if request.headers.get("Access-Control-Request-Private-Network") == "true":
        response.headers["Access-Control-Allow-Private-Network"] = "true"
    return response


def add_cors(request: Request, response: Response, settings: Settings) -> Response:
    """Let the page that asked read the answer, if it may."""
    if "Origin" not in request.headers:
        return response
    response.vary.add("Origin")
    origin = allowed_origin(request, settings)
    if origin is not None:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
    return response


def allowed_origin(request: Request, settings: Settings) -> str | None:
    """Return the origin of the page that asks, if it is one that may."""
    origin = request.headers.get("Origin")
    return origin if _is_allowed(origin, request, settings) else None


def _referrer(request: Request) -> str | None:
    """Return the origin of the page that a request's ``Referer`` names."""
    scheme, _, rest = request.headers.get("Referer", "").partition("://")
    return f"{scheme}://{rest.partition('/')[0]}" if rest else None


def _is_allowed(origin: str | None, request: Request, settings: Settings) -> bool:
    if origin is None or len(origin) > LONGEST_ORIGIN:
        return False
    if _is_own(origin, request, settings):
        return True
    if request.path.startswith(CONTROL_PREFIX) and settings.admin_token is None:
        return False
    return EVERY in settings.cors_origins or origin.lower() in settings.cors_origins or _is_loopback_page(origin)


def _is_own(origin: str, request: Request, settings: Settings) -> bool:
    """Return whether a page is of the very host and port that is asked, or of another port of the sandbox."""
    ours = [url for name, url in settings.urls.items() if name not in settings.outside]
    return netloc_of(origin) in {request.host.lower(), *map(netloc_of, ours)}


def _is_loopback_page(origin: str) -> bool:
    scheme, _, authority = origin.partition("://")
    return scheme in ("http", "https") and is_loopback(hostname_of(authority))


def netloc_of(url: str) -> str:
    """Return the host and port of a URL in lower case; empty if it has none."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
