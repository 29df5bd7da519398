"""The Auth Service as an application."""

from flask import Flask

from simulators.auth_service import people
from simulators.auth_service.errors import Refused, shape
from simulators.auth_service.policies import AuthServicePolicies
from simulators.auth_service.routes import apis
from simulators.kit.app import create_app as create_service
from simulators.kit.settings import Settings


def create_app(settings: Settings) -> Flask:
    """Make the Auth Service."""
    return create_service(
        "auth_service",
        settings,
        apis,
        tables="simulators.auth_service.tables",
        policies=AuthServicePolicies,
        people=people.put,
        shape=shape,
        error=Refused,
    )
