"""The core banking system as an application."""

from flask import Flask

from simulators.cbs import control, people
from simulators.cbs.errors import CbsError, shape
from simulators.cbs.routes import api
from simulators.kit.settings import Settings
from simulators.kit.web.app import create_app as create_service


def create_app(settings: Settings) -> Flask:
    """Make the core banking system."""
    return create_service(
        "cbs", settings, [api, control.api], tables="simulators.cbs.tables", people=people.put, shape=shape,
        error=CbsError,
    )  # fmt: skip
