"""The services by name, each with the module that makes it; only what is started is imported."""

import importlib
from collections.abc import Callable, Mapping

from flask import Flask

from simulators.kit.app import service_of
from simulators.kit.settings import Settings

FACTORIES = {
    "orchestrator": "orchestrator.app",
    "cymmetri": "simulators.cymmetri.app",
    "cbs": "simulators.cbs.app",
    "auth_service": "simulators.auth_service.app",
    "tsg": "simulators.tsg.app",
    "mailroom": "simulators.mailroom.app",
    "handset": "simulators.handset.app",
}


def make(service: str, settings: Settings) -> Flask:
    """Make a service's application."""
    factory: Callable[[Settings], Flask] = importlib.import_module(FACTORIES[service]).create_app
    return factory(settings)


LARGE = (
    "argon2", "cryptography.hazmat.primitives.asymmetric.ec", "cryptography.x509", "orchestrator.worlds.making",
    "phonenumbers", "pyotp", "simulators.kit.databases",
    "simulators.kit.pool",
)  # fmt: skip
"""What most worlds use and no first answer needs."""


def warm(apps: Mapping[str, Flask]) -> None:
    """Import what the services would otherwise each import at their first use."""
    for name in LARGE:
        importlib.import_module(name)
    for app in apps.values():
        service_of(app).store.prepare()
    from orchestrator.worlds import identities

    identities.warm()
    if "orchestrator" in apps:
        from orchestrator import console

        console.warm(apps["orchestrator"])
