"""The orchestrator as an application."""

from flask import Flask

from orchestrator import console, notifications
from orchestrator.api import channel, control, events, flows, observing, push
from orchestrator.flows import device_register, device_sign_ups
from orchestrator.policies import OrchestratorPolicies
from simulators.kit.app import create_app as create_service
from simulators.kit.settings import Settings


def create_app(settings: Settings) -> Flask:
    """Make the orchestrator."""
    app = create_service(
        "orchestrator",
        settings,
        [channel.api, push.api, flows.api, observing.api, events.api],
        tables="orchestrator.tables",
        policies=OrchestratorPolicies,
        due={"notify": notifications.deliver, "register": device_register.by_itself, "lapse": device_sign_ups.lapse},
        control_plane=control.api,
    )
    console.mount(app)
    return app
