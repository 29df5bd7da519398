"""The phones as an application."""

from flask import Flask

from simulators.handset import control_routes, routes, sign_ups
from simulators.handset.people import put_in_place
from simulators.handset.policies import HandsetPolicies
from simulators.kit.app import create_app as create_service
from simulators.kit.settings import Settings


def create_app(settings: Settings) -> Flask:
    """Make the service of the simulated phones."""
    return create_service(
        "handset",
        settings,
        [routes.api, control_routes.api],
        tables="simulators.handset.tables",
        policies=HandsetPolicies,
        people=put_in_place,
        due={sign_ups.KIND: sign_ups.send_queued},
    )
