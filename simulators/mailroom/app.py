"""The mailroom as an application."""

from flask import Flask

from simulators.kit.app import create_app as create_service
from simulators.kit.settings import Settings
from simulators.mailroom.routes import api


def create_app(settings: Settings) -> Flask:
    """Make the mailroom."""
    return create_service("mailroom", settings, [api], tables="simulators.mailroom.tables")
