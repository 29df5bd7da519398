"""What happens once when a sandbox has begun to listen: it is waited for, and given its world ``default``."""

import json
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException
from math import inf
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request

from registration_sandbox.runtime.settings import Plan
from registration_sandbox.runtime.tls import loopback_opener
from simulators.kit.clock import monotonic, pause
from simulators.kit.log import log
from simulators.kit.services import CONTROL_PLANE
from simulators.kit.world_names import DEFAULT

ANSWER_LIMIT = 30.0
POLL_INTERVAL = 0.01
LONGEST_WAIT = 0.5
TIMEOUT = 20.0

IF_NOT_THERE = {"If-None-Match": "*"}
"""Makes a world only if nobody has made it: another replica may be making it."""

ALREADY_MADE, UNAVAILABLE = 412, 503


def answers(plan: Plan) -> bool:
    """Return once every service that is started here answers; False when that takes too long."""
    deadline = monotonic() + ANSWER_LIMIT
    for name in plan.ports:
        while True:
            with suppress(OSError, HTTPException):
                _ask(plan, name, "GET", "/_sandbox/health")
                break
            if monotonic() > deadline:
                return False
            pause(POLL_INTERVAL)
    return True


def make_default_world(plan: Plan) -> None:
    """Make the world ``default`` as soon as every service can be reached, unless an earlier start has made it.

    Services that are started elsewhere may take as long as they like: it is tried until it succeeds or is refused, and
    told when it has taken long.
    """
    told_at = monotonic() + ANSWER_LIMIT
    wait = POLL_INTERVAL
    while True:
        try:
            worlds = _ask(plan, CONTROL_PLANE.name, "GET", "/_sandbox/worlds")["worlds"]
            if DEFAULT not in {world["world"] for world in worlds}:
                _ask(
                    plan, CONTROL_PLANE.name, "PUT", f"/_sandbox/worlds/{DEFAULT}", {"scenario": DEFAULT}, IF_NOT_THERE
                )
            return
        except HTTPError as error:
            if error.code == ALREADY_MADE:
                return
            why = error.read().decode(errors="replace")
            if error.code != UNAVAILABLE and "world-locked" not in why:
                log.error("The world default could not be made: %s", why)
                return
        except (OSError, HTTPException) as error:
            why = str(error)
        if monotonic() > told_at:
            log.warning("The world default is not made yet, and is tried further: %s", why)
            told_at = inf
        pause(wait)
        wait = min(2 * wait, LONGEST_WAIT)


def _ask(
    plan: Plan, service: str, method: str, path: str, body: Any = None, extra: Mapping[str, str] | None = None
) -> Any:
    headers = {"Content-Type": "application/json", **(extra or {})}
    if plan.settings.admin_token:
        headers["Authorization"] = f"Bearer {plan.settings.admin_token}"
    data = None if body is None else json.dumps(body).encode()
    request = Request(plan.settings.url(service) + path, data, headers, method=method)  # noqa: S310
    with loopback_opener(plan.settings.ca_file).open(request, timeout=TIMEOUT) as answer:
        return json.load(answer)
