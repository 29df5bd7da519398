"""Cymmetri as an application."""

from flask import Flask

from simulators.cymmetri import control, errors, people
from simulators.cymmetri.edge import translator_of
from simulators.cymmetri.envelopes import Envelope
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.routes import login, registration
from simulators.cymmetri.steps import notices
from simulators.kit.settings import Settings
from simulators.kit.web.app import create_app as create_service
from simulators.kit.wire.instants import write_instant


def create_app(settings: Settings) -> Flask:
    """Make Cymmetri."""
    return create_service(
        "cymmetri",
        settings,
        [registration.api, login.api, control.api],
        tables="simulators.cymmetri.tables",
        policies=CymmetriPolicies,
        people=people.put,
        shape=errors.shape,
        error=Envelope,
        status_of=errors.status_of,
        due=notices.DUE,
        translator_of=translator_of,
        write_instant=write_instant,
        bases=errors.BASES,
    )
