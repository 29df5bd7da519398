"""Cymmetri as an application."""

from flask import Flask

from simulators.cymmetri import control, people, routes, routes_login
from simulators.cymmetri.answers import Envelope
from simulators.cymmetri.envelope import shape, status_of
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.kit.app import create_app as create_service
from simulators.kit.settings import Settings


def create_app(settings: Settings) -> Flask:
    """Make Cymmetri."""
    return create_service(
        "cymmetri",
        settings,
        [routes.api, routes_login.api, control.api],
        tables="simulators.cymmetri.tables",
        policies=CymmetriPolicies,
        people=people.put,
        shape=shape,
        error=Envelope,
        status_of=status_of,
    )
