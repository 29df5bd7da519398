"""The TSG as an application."""

from functools import partial

from flask import Flask

from simulators.kit.settings import Settings
from simulators.kit.web.app import create_app as create_service
from simulators.tsg import control
from simulators.tsg.errors import TsgErrorBody, error_body
from simulators.tsg.policies import TsgPolicies
from simulators.tsg.push_receivers import check_policies
from simulators.tsg.routes import apis
from simulators.tsg.steps.deliver_push import deliver
from simulators.tsg.steps.enqueue_push import KIND


def create_app(settings: Settings) -> Flask:
    """Make the TSG: the institution's calls, the phones' calls, and the push that leaves it."""
    return create_service(
        "tsg",
        settings,
        [*apis, control.api],
        tables="simulators.tsg.tables",
        policies=TsgPolicies,
        check_policies=partial(check_policies, settings),
        shape=error_body,
        error=TsgErrorBody,
        due={KIND: deliver},
    )
