"""The whole sandbox as seen from its control plane: every service's ``/_sandbox``, this one's included."""

from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from registration_sandbox.control_plane import external
from simulators.kit import services
from simulators.kit.errors import SandboxRefusal
from simulators.kit.services import SERVICES
from simulators.kit.web.parts import Cursors, NewsOfWorlds
from simulators.kit.web.states import State
from simulators.kit.wire.client import Reply, UpstreamFailure
from simulators.kit.work import Service
from simulators.kit.world_names import to_baggage

Answer = TypeVar("Answer", bound=msgspec.Struct)

STATE_LIMIT = 60.0
"""Seconds that the whole state of a world may take from or to a service: it may have hundreds of megabytes."""


def ask(service: Service, name: str, method: str, path: str, body: Any = None, timeout: float | None = None) -> Reply:
    """Call another service's control plane; ``timeout`` is for a call that may take longer than most, in seconds.

    Raises SandboxRefusal: what the service refused, ``service-unavailable`` (503) when it cannot be reached, or
    ``outside-the-sandbox`` (409): a real system is never asked.
    """
    if external.is_external(service, name):
        raise external.refusal(service, name)
    token = service.settings.admin_token
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return _send(service, name, method, "/_sandbox" + path, body, headers, timeout)


def place(world: str, *parts: str) -> str:
    """Return the path of a world, or of something of it, on a service's control plane."""
    return path("worlds", world, *parts)


def path(*parts: str) -> str:
    """Return the path of some parts, each of them quoted."""
    return "".join(f"/{quote(part, safe='')}" for part in parts)


def ask_for(service: Service, name: str, path: str, kind: type[Answer], query: dict[str, Any] | None = None) -> Answer:
    """Return what another service's control plane tells, typed."""
    suffix = "?" + urlencode(query) if query else ""
    return msgspec.convert(ask(service, name, "GET", path + suffix).body, kind)


def ask_for_state(service: Service, name: str, path: str) -> State:
    """Return all that another service has of a world. Raises SandboxRefusal, as ``ask``."""
    return msgspec.convert(ask(service, name, "GET", path, timeout=STATE_LIMIT).body, State)


def ask_news(service: Service, name: str, cursors: Cursors) -> NewsOfWorlds:
    """Return what another service has written to the journals of some worlds. Raises SandboxRefusal, as ``ask``."""
    return msgspec.convert(ask(service, name, "POST", "/news", cursors).body, NewsOfWorlds)


def add_device(service: Service, world: str, username: str, em_cert_id: str) -> None:
    """Associate a device with a user of a new world, as the middleware would. Raises SandboxRefusal, as ``ask``."""
    headers = {"X-API-Key": service.settings.credentials["auth_service_api_key"], "baggage": to_baggage("", world)}
    _send(service, "auth_service", "PUT", path("users", username, "devices", em_cert_id), None, headers)


def reachable(service: Service, *, refresh: bool = False) -> tuple[str, ...]:
    """Return every service that has a part in worlds: all but those outside the sandbox. Raises SandboxRefusal."""
    beyond = external.list_external(service, refresh=refresh)
    return tuple(name for name in SERVICES if name not in beyond)


def in_order_of_effect(service: Service) -> list[str]:
    """Return the services so ordered that each comes before those in which its due work makes something due."""
    here = reachable(service)
    return [name for name in services.in_order_of_effect() if name in here]


def check_service(name: str, field: str) -> None:
    """Refuse a service's name that is not one. Raises SandboxRefusal (``unknown-service``), naming the field."""
    if name not in SERVICES:
        from difflib import get_close_matches

        near = get_close_matches(name, SERVICES, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        words = f"There is no service {name!r}; there are {', '.join(SERVICES)}.{hint}"
        raise SandboxRefusal("unknown-service", 400, words, field=field)


def _send(
    service: Service,
    name: str,
    method: str,
    path: str,
    body: Any,
    headers: dict[str, str],
    timeout: float | None = None,
) -> Reply:
    try:
        reply = service.client.send(name, method, path, body=body, headers=headers, timeout=timeout)
    except UpstreamFailure as failure:
        words = f"{name} {failure.reason} at {service.settings.url(name)}."
        raise SandboxRefusal("service-unavailable", 503, words, headers={"Retry-After": "1"}) from failure
    if not reply.ok:
        code = str(reply.body.get("code") or f"{name}-refused")
        words = f"{name}: {reply.body.get('detail') or f'it answered {reply.status}'}"
        raise SandboxRefusal(code, reply.status, words, field=reply.body.get("field"))
    return reply
