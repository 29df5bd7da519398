"""What listens on the base port: the control plane, the console and, where it is ours, the middleware."""

from collections.abc import Iterable
from typing import Any

from flask import Flask

from orchestrator import app as orchestrator
from registration_sandbox import console
from registration_sandbox.console.app import create_app as create_console
from registration_sandbox.control_plane import app as control_plane
from registration_sandbox.control_plane.metrics import METRICS_PATH
from simulators.kit.settings import Settings
from simulators.kit.web import docs, openapi, problems
from simulators.kit.web.app import service_of
from simulators.kit.web.everywhere import HEALTH_PATH
from simulators.kit.wire.control import CONTROL_PREFIX
from simulators.kit.work import Service
from simulators.kit.world_names import WORLD_PREFIX

DESCRIPTIONS = (openapi.DOCUMENT, docs.PAGE, problems.PATH)
"""What tells of both on the port, the control plane and the middleware."""


class Front:
    """A WSGI application that hands each request to the part whose it is."""

    def __init__(self, settings: Settings) -> None:
        ours = "orchestrator" not in settings.outside
        self.control_plane = control_plane.create_app(settings, orchestrator.APIS if ours else ())
        self.orchestrator: Flask | None = orchestrator.create_app(settings) if ours else None
        if self.orchestrator is not None:
            ask_middleware = service_of(self.orchestrator).control
            service_of(self.control_plane).client.local = {"orchestrator": ask_middleware} if ask_middleware else {}
        self.console = create_console(service_of(self.control_plane))

    @property
    def services(self) -> list[Service]:
        """The services that are behind the port, the control plane first."""
        apps = [self.control_plane, *([self.orchestrator] if self.orchestrator else [])]
        return [service_of(app) for app in apps]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer: Iterable[bytes] = self._part_of(environ.get("PATH_INFO", ""))(environ, start_response)
        return answer

    def _part_of(self, path: str) -> Any:
        if console.serves(path):
            return self.console.wsgi_app
        if self.orchestrator is None:
            return self.control_plane.wsgi_app
        rest = "/" + path.removeprefix(WORLD_PREFIX).partition("/")[2] if path.startswith(WORLD_PREFIX) else path
        if rest == HEALTH_PATH or not rest.startswith((CONTROL_PREFIX, *DESCRIPTIONS, METRICS_PATH)):
            return self.orchestrator.wsgi_app
        return self.control_plane.wsgi_app
