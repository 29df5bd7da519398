"""The admin token, which control calls carry where one is set."""

import hmac

from flask import Request

from simulators.kit.errors import SandboxRefusal
from simulators.kit.settings import Settings
from simulators.kit.web.everywhere import HEALTH_PATH
from simulators.kit.wire.control import CONTROL_PREFIX


def check_token(request: Request, settings: Settings) -> None:
    """Refuse a control call without the admin token, where one is set. Health stays open.

    Raises SandboxRefusal (``admin-token-required``, 401).
    """
    if request.path.startswith(CONTROL_PREFIX) and request.path != HEALTH_PATH:
        require_token(request, settings)


def require_token(request: Request, settings: Settings) -> None:
    """Refuse a request without the admin token, where one is set.

    Raises SandboxRefusal (``admin-token-required``, 401).
    """
    token = settings.admin_token
    if token is None:
        return
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
        message = "Send the sandbox's admin token (SANDBOX_ADMIN_TOKEN) as a bearer token."
        raise SandboxRefusal("admin-token-required", 401, message, headers={"WWW-Authenticate": "Bearer"})
