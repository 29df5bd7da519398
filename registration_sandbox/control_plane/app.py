"""The control plane as a service of its own: it holds what worlds there are, and asks every other for its part."""

from collections.abc import Sequence

from flask import Flask

from registration_sandbox.control_plane import copies, events, metrics, observing, people, pushes, worlds
from simulators.kit.settings import Settings
from simulators.kit.web.api import Api
from simulators.kit.web.app import create_app as create_service

NAME = "control_plane"


def create_app(settings: Settings, described: Sequence[Api] = ()) -> Flask:
    """Make the control plane; ``described`` are the operations beside it on its port, told in the same OpenAPI."""
    return create_service(
        NAME,
        settings,
        [people.api, copies.api, observing.api, pushes.api, events.api, metrics.api],
        tables="registration_sandbox.control_plane.tables",
        control_plane=[worlds.api],
        described=described,
        title="Middleware and control plane" if described else "",
    )
