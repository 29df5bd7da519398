"""Whom the sign_up push goes to (step 2, R2.1: "Auth Service?? or Middleware??"), and on which hosts."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from simulators.kit.errors import SandboxRefusal
from simulators.kit.settings import Settings
from simulators.kit.wire.addresses import is_among, is_loopback
from simulators.tsg.policies import Receiver, TsgPolicies

PUSH_PATH = "/tsg/push"
FIELD = "policies.push_url"

_SERVICES: dict[Receiver, str] = {"middleware": "orchestrator", "auth_service": "auth_service"}


@dataclass(frozen=True)
class PushReceiver:
    """A receiver: its ``name`` for people, the ``service`` it stands for, and the ``url`` where that is not its own."""

    name: str
    service: str
    url: str | None = None


def receiver_of(policies: TsgPolicies) -> PushReceiver:
    """Return whom a world's pushes go to."""
    service = _SERVICES[policies.push_receiver]
    if policies.push_url is not None:
        return PushReceiver(policies.push_url, service, policies.push_url)
    return PushReceiver(policies.push_receiver, service)


def is_allowed(url: str, settings: Settings) -> bool:
    """Tell whether the operator allows pushes to the URL's host (``SANDBOX_PUSH_HOSTS``, else loopback)."""
    host = urlsplit(url).hostname or ""
    return is_among(host, settings.push_hosts) if settings.push_hosts else is_loopback(host)


def check_policies(settings: Settings, policies: TsgPolicies) -> None:
    """Refuse a ``push_url`` on a host that is not allowed. Raises SandboxRefusal (``bad-world``, 400)."""
    if policies.push_url is None or is_allowed(policies.push_url, settings):
        return
    allowed = ", ".join(settings.push_hosts) or "loopback only"
    message = f"{FIELD}: its host is not among those that SANDBOX_PUSH_HOSTS allows ({allowed})."
    raise SandboxRefusal("bad-world", 400, message, field=FIELD)
