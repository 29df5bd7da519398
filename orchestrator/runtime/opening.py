"""What happens once when a sandbox has begun to listen: it is waited for, and given its world ``default``."""

import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from orchestrator.runtime.settings import Plan
from simulators.kit.clock import monotonic, pause
from simulators.kit.worlds import DEFAULT

ANSWER_LIMIT = 30.0
LOOK_AGAIN = 0.01
TIMEOUT = 20.0

ANEW = {"If-None-Match": "*"}
"""Makes a world only if nobody has made it: another replica may be at it."""

MADE_MEANWHILE = 412

DIRECT = build_opener(ProxyHandler({}))
"""Asks loopback itself, whatever proxy the environment names."""

log = logging.getLogger("sandbox")


def answers(plan: Plan) -> bool:
    """Return once every service that is started here answers; False when that takes too long."""
    give_up = monotonic() + ANSWER_LIMIT
    for name in plan.started:
        while True:
            with suppress(OSError, HTTPException):
                _ask(plan, name, "GET", "/_sandbox/health")
                break
            if monotonic() > give_up:
                return False
            pause(LOOK_AGAIN)
    return True


def make_default_world(plan: Plan) -> None:
    """Make the world ``default`` as soon as every service can be reached, unless an earlier start has made it."""
    give_up = monotonic() + ANSWER_LIMIT
    why = ""
    while monotonic() < give_up:
        try:
            worlds = _ask(plan, "orchestrator", "GET", "/_sandbox/worlds")["worlds"]
            if DEFAULT not in {world["world"] for world in worlds}:
                _ask(plan, "orchestrator", "PUT", f"/_sandbox/worlds/{DEFAULT}", {"scenario": DEFAULT}, ANEW)
            return
        except HTTPError as error:
            if error.code == MADE_MEANWHILE:
                return
            why = error.read().decode(errors="replace")
            if error.code != 503:
                break
        except (OSError, HTTPException) as error:
            why = str(error)
        pause(LOOK_AGAIN)
    log.error("The world default could not be made: %s", why)


def _ask(
    plan: Plan, service: str, method: str, path: str, body: Any = None, wanted: Mapping[str, str] | None = None
) -> Any:
    headers = {"Content-Type": "application/json", **(wanted or {})}
    if plan.settings.admin_token:
        headers["Authorization"] = f"Bearer {plan.settings.admin_token}"
    data = None if body is None else json.dumps(body).encode()
    request = Request(plan.settings.url(service) + path, data, headers, method=method)  # noqa: S310
    with DIRECT.open(request, timeout=TIMEOUT) as answer:
        return json.load(answer)
