"""What a container is told: where it finds the others, and the secrets that all of them share."""

import secrets
from dataclasses import replace
from urllib.parse import urlsplit

from orchestrator.runtime.settings import DEFAULT_BASE_PORT, DEFAULT_HOST, Plan, url_variable
from orchestrator.runtime.values import is_loopback
from simulators.kit.settings import SERVICES

THIS_MACHINE = "host.docker.internal"
"""The name by which containers reach the machine that they run on."""


def host_name(service: str) -> str:
    """Return a service's name on the network of its stack; a host's name has no underscores (RFC 952)."""
    return service.replace("_", "-")


def port_of(service: str) -> int:
    """Return the port that a service listens on in its container."""
    return DEFAULT_BASE_PORT + SERVICES.index(service)


def published_on(host: str) -> str:
    """Return the address that the engine publishes ports on; it takes no name, ``localhost`` neither."""
    return DEFAULT_HOST if host == "localhost" else host


def guarded(plan: Plan) -> Plan:
    """Return the plan with an admin token: in a container a service listens beyond loopback, so it wants one."""
    token = plan.settings.admin_token or secrets.token_urlsafe(24)
    return replace(plan, settings=replace(plan.settings, admin_token=token))


def environment_of(service: str, plan: Plan) -> dict[str, str]:
    """Return the environment of a service's container. It does not name the service's own URL: it is started there."""
    settings = plan.settings
    told = {
        "SANDBOX_ADMIN_TOKEN": settings.admin_token,
        "SANDBOX_TSG_API_KEY": settings.tsg_api_key,
        "SANDBOX_TSG_PUSH_SECRET": settings.tsg_push_secret,
        "SANDBOX_AUTH_SERVICE_API_KEY": settings.auth_service_api_key,
        "SANDBOX_SIGNING_KEY": settings.signing_key,
        "SANDBOX_DATABASE_URL": _from_inside(settings.database_url),
        "SANDBOX_SMTP_URL": _from_inside(settings.smtp_url),
        "SANDBOX_WORKERS": str(plan.workers),
    }
    for other in SERVICES:
        if other in plan.ports:
            told[url_variable(other)] = f"http://{host_name(other)}:{port_of(other)}"
        else:
            told[url_variable(other)] = _from_inside(settings.url(other))
    del told[url_variable(service)]
    return {name: value for name, value in told.items() if value}


def _from_inside(url: str | None) -> str | None:
    """Return a URL as a container must spell it: there, loopback is the container itself."""
    if not url or not is_loopback(urlsplit(url).hostname or ""):
        return url
    parts = urlsplit(url)
    user, at, _ = parts.netloc.rpartition("@")
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(netloc=f"{user}{at}{THIS_MACHINE}{port}").geturl()
