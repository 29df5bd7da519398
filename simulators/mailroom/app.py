"""The mailroom as an application."""

from flask import Flask

from simulators.kit.app import create_app as create_service
from simulators.kit.settings import Settings
from simulators.mailroom import control_routes, delivery
from simulators.mailroom.policies import MailroomPolicies
from simulators.mailroom.routes import api
from simulators.mailroom.smtp import mail_server


def create_app(settings: Settings) -> Flask:
    """Make the mailroom. Raises ValueError when the mail server's URL is none."""
    if settings.smtp_url:
        mail_server(settings.smtp_url)
    return create_service(
        "mailroom",
        settings,
        [api, control_routes.api],
        tables="simulators.mailroom.tables",
        policies=MailroomPolicies,
        due={delivery.SMTP: delivery.deliver},
    )
