"""Whether a running sandbox can be played on: what answers is a sandbox, and it lets us in."""

import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request

from registration_sandbox.runtime.embedded import DidNotStart
from registration_sandbox.runtime.tls import loopback_opener

NO_ENTRY = (401, 403)
LIMIT = 10.0


class NotAdmitted(Exception):
    """A sandbox whose control plane wants another admin token than the one that it was sent."""


def services(url: str, token: str | None) -> dict[str, str]:
    """Return how a control plane reaches each service: ``sandbox``, ``outside`` or ``unavailable``.

    Raises DidNotStart where no sandbox's control plane answers at the URL, NotAdmitted where it refuses the token.
    """
    told = _ask(url, "/_sandbox/services", token)
    try:
        return {service["service"]: str(service["state"]) for service in told["services"]}
    except (KeyError, TypeError) as error:
        raise DidNotStart(f"What answers at {url} is no sandbox: its control plane lists no services.") from error


def credentials(url: str, token: str | None) -> dict[str, str]:
    """Return the credentials that a middleware needs, as the environment names them."""
    return {name: str(value) for name, value in _ask(url, "/_sandbox/credentials", token).items()}


def _ask(url: str, path: str, token: str | None) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        request = Request(url + path, headers=headers)  # noqa: S310  # checked: http
        with loopback_opener().open(request, timeout=LIMIT) as answer:
            told = json.loads(answer.read())
    except HTTPError as error:
        if error.code in NO_ENTRY:
            what = "refuses the admin token that SANDBOX_ADMIN_TOKEN gives" if token else "wants an admin token"
            words = f"The sandbox at {url} {what}. Set SANDBOX_ADMIN_TOKEN to the one that it was started with."
            raise NotAdmitted(words) from error
        raise DidNotStart(f"What answers at {url} is no sandbox: {path} is answered with {error.code}.") from error
    except URLError as error:
        words = f"No sandbox answers at {url} ({error.reason}). Start one with sandbox up, or leave the URL out."
        raise DidNotStart(words) from error
    except ValueError as error:
        raise DidNotStart(f"What answers at {url} is no sandbox: {path} is answered without JSON.") from error
    except OSError as error:
        raise DidNotStart(f"What answers at {url} is no sandbox: {error}.") from error
    if not isinstance(told, dict):
        raise DidNotStart(f"What answers at {url} is no sandbox: {path} is answered with {type(told).__name__}.")
    return told
