"""What any operation can refuse, because the sandbox itself looks at every request."""

import warnings
from collections.abc import Iterator

from simulators.kit.errors import Refusal, code_of
from simulators.kit.store.failures import Trouble
from simulators.kit.web.api import Operation
from simulators.kit.web.origins import SAFE
from simulators.kit.wire.control import CONTROL_PREFIX

HEALTH_PATH = "/_sandbox/health"


WITH_BODY = ("POST", "PUT", "PATCH")
PARAMETER = "<"
"""What a parameter in an operation's path begins with: it may have characters that no text here has."""


def list_refusals(operation: Operation) -> Iterator[tuple[int, str, bool]]:
    """Yield the status and the code of each, and whether it is answered as the service's own refusals are.

    The others are problem documents in every service.
    """
    if operation.path.startswith(CONTROL_PREFIX) and operation.path != HEALTH_PATH:
        yield 401, "admin-token-required", False
    yield 400, "bad-message", False
    reads_body = operation.method in WITH_BODY
    if reads_body or operation.query is not None or PARAMETER in operation.path:
        yield 400, "validation-failed", True
    yield 404, "unknown-world", False
    if reads_body:
        yield 408, "request-timeout", True
        yield 413, "body-too-large", True
        yield 415, "unsupported-media-type", True
    if operation.method not in SAFE:
        yield 403, "not-from-here", False
    yield 421, "unknown-host", False
    yield 500, "internal-error", True
    for trouble in Trouble:
        yield 503, code_of(trouble.code), True


def warn_if_undeclared(operation: Operation, refusal: Refusal) -> None:
    """Warn of a refusal that the operation's description does not tell callers to expect; in tests that is an error."""
    told = {(status, code_of(reason)) for status, reason in operation.all_refusals}
    told.update((status, code) for status, code, _ in list_refusals(operation))
    if (refusal.status, code_of(refusal.code)) not in told:
        warnings.warn(
            f"Undeclared refusal: {operation.method} {operation.path} answers {refusal.status} {refusal.code}; "
            "enter it in the operation's refusals.",
            stacklevel=2,
        )
