"""What stands outside the sandbox: real systems in the place of fakes, which no control plane reaches.

A service is outside when its URL is set from outside and what answers there is no service of a sandbox: asked for its
health, it says something else. One that does not answer, or answers with an error of a server, is a service that is
down, and nothing is made without it.
"""

from orchestrator.views import ServiceView
from simulators.kit import clock
from simulators.kit.control import HEALTH_PATH
from simulators.kit.errors import SandboxRefusal
from simulators.kit.http import UpstreamFailure
from simulators.kit.settings import SERVICES
from simulators.kit.work import Service

REMEMBERED = 60.0
"""Seconds for which a real system is not asked again whether it has become a sandbox's."""

SERVER_ERROR, TOO_MANY = 500, 429

_sandboxes: set[str] = set()
_outside_until: dict[str, float] = {}


def names(service: Service, *, afresh: bool = False) -> tuple[str, ...]:
    """Return the services that are outside; ``afresh`` asks each of them now. Raises as ``is_outside``."""
    return tuple(name for name in SERVICES if is_outside(service, name, afresh=afresh))


def is_outside(service: Service, name: str, *, afresh: bool = False) -> bool:
    """Tell whether a service is outside.

    Raises SandboxRefusal (``service-unavailable``, 503) when that cannot be told, or when it is another service than
    its setting says.
    """
    if name not in service.settings.outside:
        return False
    url = service.settings.url(name)
    if url in _sandboxes:
        return False
    if not afresh and clock.monotonic() < _outside_until.get(url, 0.0):
        return True
    found = _kind_of(service, name)
    if found in SERVICES and found != name:
        raise _unavailable(name, f"is {found} at {url}: its URL is another service's")
    if found == name:
        _sandboxes.add(url)
    else:
        _outside_until[url] = clock.monotonic() + REMEMBERED
    return found != name


def look(service: Service, name: str) -> ServiceView:
    """Tell how a service is reached now."""
    url = service.settings.url(name)
    try:
        found = name if name == service.name else _kind_of(service, name)
    except SandboxRefusal as unavailable:
        return ServiceView(name, url, "unavailable", unavailable.message)
    if found == name:
        return ServiceView(name, url, "sandbox")
    if name in service.settings.outside and not found:
        return ServiceView(name, url, "outside", "A real system: it has no control plane.")
    return ServiceView(name, url, "unavailable", f"What answers there is {found or 'no service of a sandbox'}.")


def refusal(service: Service, name: str, field: str | None = None) -> SandboxRefusal:
    """Return what is said of a wish that ends before a real system."""
    url = service.settings.url(name)
    words = f"{name} is outside the sandbox: what answers at {url} has no control plane that could do this."
    return SandboxRefusal("outside-the-sandbox", 409, words, field=field, details={"service": name})


def _kind_of(service: Service, name: str) -> str:
    """Return the name under which a service of a sandbox answers; nothing when it is none."""
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
