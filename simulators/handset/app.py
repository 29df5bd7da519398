"""The phones as an application."""

from flask import Flask

from simulators.handset import control, routes
from simulators.handset.people import put_in_place
from simulators.handset.policies import HandsetPolicies
from simulators.handset.steps import sign_up
from simulators.kit.settings import Settings
from simulators.kit.web.app import create_app as create_service


def create_app(settings: Settings) -> Flask:
    """Make the service of the simulated phones."""
    return create_service(
        "handset",
        settings,
        [routes.api, control.api],
        tables="simulators.handset.tables",
        policies=HandsetPolicies,
        people=put_in_place,
        due={sign_up.KIND: sign_up.send_queued},
    )
