"""What listens on each port: a service's application or, on the base port, the control plane's front."""

from collections.abc import Iterable, Mapping
from typing import Any

from registration_sandbox.control_plane.front import Front
from registration_sandbox.control_plane.housekeeping import Housekeeper
from simulators.kit.scheduling.runner import Runner
from simulators.kit.services import CONTROL_PLANE, SERVICES, spec_of
from simulators.kit.settings import Settings
from simulators.kit.web.app import service_of
from simulators.kit.wire.control import LocalAnswer
from simulators.kit.work import Service


def make(name: str, settings: Settings) -> Any:
    """Make the WSGI application that listens under a name: a service's, or the control plane's."""
    return Front(settings) if name == CONTROL_PLANE.name else spec_of(name).load_factory()(settings)


def services_behind(app: Any) -> list[Service]:
    """Return the services that an application of ``make`` serves."""
    return app.services if isinstance(app, Front) else [service_of(app)]


def background_of(app: Any) -> list[Runner | Housekeeper]:
    """Return what an application does beside answering."""
    runners: list[Runner | Housekeeper] = [Runner(service) for service in services_behind(app)]
    return [*runners, Housekeeper(app.services[0])] if isinstance(app, Front) else runners


def local_answers(services: Iterable[Service]) -> dict[str, LocalAnswer]:
    """Return what answers control calls to the services of a process within it, by the services' names."""
    return {each.name: each.control for each in services if each.control and each.name in SERVICES}


def open_files(apps: Mapping[str, Any]) -> None:
    """Open the services' files, so that the processes that serve them later know them from others of the same name.

    A server's connections are each process's own.
    """
    for app in apps.values():
        for service in services_behind(app):
            if service.settings.database_url is None:
                service.store.open()
                service.store.close()
