"""Find the sandbox that the features run against: a running one, or one of their own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

SERVICES = ("orchestrator", "cymmetri", "cbs", "auth_service", "tsg", "mailroom", "handset")


@contextmanager
def sandbox_urls() -> Iterator[dict[str, str]]:
    """Yield the services' URLs: those of ``SANDBOX_ORCHESTRATOR_URL``, else those of a sandbox started for the run."""
    running = os.environ.get("SANDBOX_ORCHESTRATOR_URL")
    if running:
        yield named_urls(running)
        return
    from orchestrator.runtime.embedded import running_sandbox

    with running_sandbox() as sandbox:
        yield sandbox.urls


def named_urls(orchestrator: str) -> dict[str, str]:
    """Return the URLs that the environment names; the others listen on the ports that follow the orchestrator's."""
    parts = urlsplit(orchestrator)
    first = parts.port or 80
    return {
        name: os.environ.get(f"SANDBOX_{name.upper()}_URL") or f"{parts.scheme}://{parts.hostname}:{first + number}"
        for number, name in enumerate(SERVICES)
    }
