"""The TSG as an application."""

from flask import Flask

from simulators.kit.app import create_app as create_service
from simulators.kit.settings import Settings
from simulators.tsg import control_routes, routes, sdk_routes
from simulators.tsg.delivery import deliver
from simulators.tsg.errors import Refused, tsg_shape
from simulators.tsg.policies import TsgPolicies
from simulators.tsg.pushes import KIND


def create_app(settings: Settings) -> Flask:
    """Make the TSG: the institution's calls, the phones' calls, and the push that leaves it."""
    return create_service(
        "tsg",
        settings,
        [routes.api, sdk_routes.api, control_routes.api],
        tables="simulators.tsg.tables",
        policies=TsgPolicies,
        shape=tsg_shape,
        error=Refused,
        due={KIND: deliver},
    )
