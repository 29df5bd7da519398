"""The one table of services: who they are, in the order of the ports they listen on.

Whatever needs to know the services (runtime, control plane, Compose, Kubernetes, documents) reads it from here, so that
adding a fake takes its package and one line in ``TABLE``.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from importlib.util import find_spec
from typing import Any

import msgspec

KIT_TABLES = ("simulators.kit.store.tables", "simulators.kit.faults.tables", "simulators.kit.scheduling.tables")
"""The modules of the tables that every service has beside its own."""


class NoPolicies(msgspec.Struct, forbid_unknown_fields=True):
    """The policies of a service that has none."""


@dataclass(frozen=True)
class ServiceSpec:
    """A service of the sandbox.

    ``title`` is its name for people, ``purpose`` what it is there for, in a few words. ``module`` has its
    ``create_app``; beside it are its ``tables`` and, if it has any, ``policies``. ``patience`` is for how many seconds
    it waits for another service's answer. ``makes_due_in`` are the services in which its due work can make something
    due. ``tells_people`` says that it answers ``GET /_sandbox/worlds/{world}/people``, ``pushes`` are the fields of the
    pushes that it sends by itself, which faults can hit. ``credentials`` are the kinds of secrets that it shares with
    those whom it calls or who call it: ``api_key``, ``push_secret``.
    """

    name: str
    title: str
    purpose: str
    module: str
    patience: float
    makes_due_in: tuple[str, ...] = ()
    tells_people: bool = False
    pushes: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()

    @property
    def package(self) -> str:
        """The package that holds all of it."""
        return self.module.removesuffix(".app")

    @property
    def tables(self) -> tuple[str, ...]:
        """The modules of all tables in the service's database."""
        return (*KIT_TABLES, f"{self.package}.tables")

    def load_factory(self) -> Callable[..., Any]:
        """Import and return the ``create_app`` of the service."""
        factory: Callable[..., Any] = importlib.import_module(self.module).create_app
        return factory

    def load_policies(self) -> type[msgspec.Struct]:
        """Import and return the model of the service's policies, ``NoPolicies`` where it has none."""
        if find_spec(f"{self.package}.policies") is None:
            return NoPolicies
        name = "".join(word.capitalize() for word in self.name.split("_")) + "Policies"
        model: type[msgspec.Struct] = getattr(importlib.import_module(f"{self.package}.policies"), name)
        return model


# The nearer a service is to the person, the longer it waits: the one next to a system that hangs stops waiting first,
# and can tell the others why.
CONTROL_PLANE = ServiceSpec(
    "control_plane", "Control plane", "worlds in all services", "registration_sandbox.control_plane.app", 6.0
)
"""What puts worlds into all services; it has a store like theirs, and no part in the bank."""

TABLE = (
    ServiceSpec(
        "orchestrator", "Middleware", "runs both flows, serves this console", "orchestrator.app", 6.0,
        makes_due_in=("mailroom",),
    ),
    ServiceSpec(
        "cymmetri", "Cymmetri", "web accounts and their registration (CIAM)", "simulators.cymmetri.app", 3.0,
        makes_due_in=("mailroom",), tells_people=True,
    ),
    ServiceSpec("cbs", "CBS", "the bank's customers and cards", "simulators.cbs.app", 3.0, tells_people=True),
    ServiceSpec(
        "auth_service", "Auth Service", "log-in of the app, devices of users", "simulators.auth_service.app", 4.5,
        makes_due_in=("orchestrator", "mailroom"), tells_people=True, credentials=("api_key",),
    ),
    ServiceSpec(
        "tsg", "TSG", "Entersekt Transakt Secure Gateway: emCerts and sign-up codes", "simulators.tsg.app", 7.5,
        makes_due_in=("auth_service", "orchestrator"), tells_people=True,
        pushes=("service_id", "subject_id", "external_reference", "credential"),
        credentials=("api_key", "push_secret"),
    ),
    ServiceSpec("mailroom", "Mailroom", "email and SMS of the simulated people", "simulators.mailroom.app", 3.0),
    ServiceSpec(
        "handset", "Handset", "phones of the simulated people, with the app SDK", "simulators.handset.app", 9.0,
        makes_due_in=("tsg",), tells_people=True,
    ),
)  # fmt: skip

SERVICES = tuple(spec.name for spec in TABLE)
"""The names of all services, in the order of their ports."""

CREDENTIALS = tuple(f"{spec.name}_{kind}" for spec in TABLE for kind in spec.credentials)
"""The secrets that services share with their callers, by the names that settings have for them."""


def spec_of(name: str) -> ServiceSpec:
    """Return a service's line of the table. Raises KeyError."""
    return _BY_NAME[name]


@cache
def in_order_of_effect() -> tuple[str, ...]:
    """Return the services so ordered that each comes before those in which its due work makes something due."""
    graph = TopologicalSorter({spec.name: () for spec in TABLE})
    for spec in TABLE:
        for affected in spec.makes_due_in:
            graph.add(affected, spec.name)
    return tuple(graph.static_order())


@cache
def affected_by(name: str) -> frozenset[str]:
    """Return the services in which a service's due work can make something due, itself or by way of others."""
    direct = spec_of(name).makes_due_in
    return frozenset(direct).union(*map(affected_by, direct))


def default_policy(path: str) -> Any:
    """Return the default of a policy by its dotted path, ``cymmetri.otp.max_attempts``, as JSON would have it."""
    service, _, rest = path.partition(".")
    value: Any = msgspec.to_builtins(spec_of(service).load_policies()())
    for name in rest.split("."):
        value = value[name]
    return value


_BY_NAME = {spec.name: spec for spec in (*TABLE, CONTROL_PLANE)}
