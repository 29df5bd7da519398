"""External systems: real ones in the place of fakes, which have no control plane.

A service is external when a setting gives its URL and what answers there is not a sandbox's service, as its health
tells. One that does not answer, or answers with a server's error, is a service that is down: no world is made without
it. The middleware is never asked: its control plane would be on the base port, so one elsewhere has none.
"""

from registration_sandbox.control_plane.views import ServiceView
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.services import SERVICES
from simulators.kit.web.everywhere import HEALTH_PATH
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Service

REMEMBERED = 60.0
"""Seconds for which a real system is not asked again whether it has become a sandbox's."""

SERVER_ERROR, TOO_MANY = 500, 429

NEVER_ASKED = "orchestrator"

_sandboxes: set[str] = set()
_outside_until: dict[str, float] = {}


def list_external(service: Service, *, refresh: bool = False) -> tuple[str, ...]:
    """Return the services that are external; ``refresh`` asks each of them now. Raises as ``is_external``."""
    return tuple(name for name in SERVICES if is_external(service, name, refresh=refresh))


def is_external(service: Service, name: str, *, refresh: bool = False) -> bool:
    """Return whether a service is external.

    Raises SandboxRefusal (``service-unavailable``, 503) where it does not answer, or is not the service that its
    setting says.
    """
    if name not in service.settings.outside:
        return False
    if external_middleware(service, name):
        return True
    url = service.settings.url(name)
    if url in _sandboxes:
        return False
    if not refresh and clock.monotonic() < _outside_until.get(url, 0.0):
        return True
    found = _kind_of(service, name)
    if found in SERVICES and found != name:
        raise _unavailable(name, f"is {found} at {url}: its URL is another service's")
    if found == name:
        _sandboxes.add(url)
    else:
        _outside_until[url] = clock.monotonic() + REMEMBERED
    return found != name


def describe_service(service: Service, name: str) -> ServiceView:
    """Return how a service is reached now."""
    url = service.settings.url(name)
    try:
        found = "" if external_middleware(service, name) else _kind_of(service, name)
    except SandboxRefusal as unavailable:
        return ServiceView(name, url, "unavailable", unavailable.message)
    if found == name:
        return ServiceView(name, url, "sandbox")
    if name in service.settings.outside and not found:
        return ServiceView(name, url, "outside", "A real system: it has no control plane.")
    return ServiceView(name, url, "unavailable", f"What answers there is {found or 'no service of a sandbox'}.")


def external_middleware(service: Service, name: str) -> bool:
    """Return whether this is the middleware, and not ours."""
    return name == NEVER_ASKED and name in service.settings.outside


def refusal(service: Service, name: str, field: str | None = None) -> SandboxRefusal:
    """Return the refusal of what a real system cannot be asked."""
    url = service.settings.url(name)
    words = f"{name} is outside the sandbox: what answers at {url} has no control plane that could do this."
    return SandboxRefusal("outside-the-sandbox", 409, words, field=field, details={"service": name})


def _kind_of(service: Service, name: str) -> str:
    """Return the name that a sandbox's service gives itself, or an empty one for anything else."""
    try:
        reply = service.client.send(name, "GET", HEALTH_PATH)
    except UpstreamFailure as failure:
        if failure.reply is None:
            raise _unavailable(name, f"{failure.reason} at {service.settings.url(name)}") from failure
        reply = failure.reply
    if reply.status >= SERVER_ERROR or reply.status == TOO_MANY:
        raise _unavailable(name, f"answered {reply.status} at {service.settings.url(name)}")
    said = reply.body.get("service") if reply.ok else None
    return said if isinstance(said, str) else ""


def _unavailable(name: str, why: str) -> SandboxRefusal:
    return SandboxRefusal("service-unavailable", 503, f"{name} {why}.", headers={"Retry-After": "1"})
