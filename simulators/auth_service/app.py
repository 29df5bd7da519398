"""The Auth Service as an application."""

from flask import Flask

from simulators.auth_service import control, people
from simulators.auth_service.errors import AuthServiceErrorBody, error_body
from simulators.auth_service.policies import AuthServicePolicies
from simulators.auth_service.routes import apis
from simulators.kit.settings import Settings
from simulators.kit.web.app import create_app as create_service


def create_app(settings: Settings) -> Flask:
    """Make the Auth Service."""
    return create_service(
        "auth_service",
        settings,
        [*apis, control.api],
        tables="simulators.auth_service.tables",
        policies=AuthServicePolicies,
        people=people.put,
        shape=error_body,
        error=AuthServiceErrorBody,
    )
