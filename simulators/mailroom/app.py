"""The mailroom as an application."""

from flask import Flask

from simulators.kit.settings import Settings
from simulators.kit.web.app import create_app as create_service
from simulators.mailroom import control, inbox, people
from simulators.mailroom.policies import MailroomPolicies
from simulators.mailroom.routes import api
from simulators.mailroom.smtp import mail_server
from simulators.mailroom.steps import relay_email


def create_app(settings: Settings) -> Flask:
    """Make the mailroom. Raises ValueError when the mail server's URL is none."""
    if settings.smtp_url:
        mail_server(settings.smtp_url)
    app = create_service(
        "mailroom",
        settings,
        [api, control.api],
        tables="simulators.mailroom.tables",
        policies=MailroomPolicies,
        people=people.put,
        due=relay_email.DUE,
        has_home=True,
    )
    inbox.add(app)
    return app
