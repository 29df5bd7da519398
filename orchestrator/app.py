"""The middleware as an application."""

from flask import Flask

from orchestrator import notifications
from orchestrator.api import channel, control, flows, push
from orchestrator.flows import device_attempts, device_poll, device_register
from orchestrator.policies import OrchestratorPolicies
from simulators.kit.settings import Settings
from simulators.kit.web.app import create_app as create_service

APIS = (channel.api, push.api, flows.api)
"""What the middleware offers to web sites, apps and the TSG."""


def create_app(settings: Settings) -> Flask:
    """Make the middleware."""
    return create_service(
        "orchestrator",
        settings,
        [*APIS, control.api],
        tables="orchestrator.tables",
        policies=OrchestratorPolicies,
        due={
            "notify": notifications.deliver,
            "register": device_register.register_when_due,
            "lapse": device_attempts.lapse,
            device_poll.KIND: device_poll.poll,
        },
    )
