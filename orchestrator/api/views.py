"""What the channel and testers are shown of registrations."""

import msgspec

from orchestrator import engine
from orchestrator.flows import FLOWS
from orchestrator.models import Outcome, RegistrationView, StatusChangeView
from orchestrator.records import Registration, StatusChange


def view(registration: Registration) -> RegistrationView:
    """Return a registration as the channel sees it."""
    last = registration.last_outcome
    return RegistrationView(
        id=registration.id,
        flow=registration.flow,
        status=registration.status,
        allowed_actions=engine.list_allowed(FLOWS[registration.flow], registration),
        last_outcome=Outcome(last.branch, last.message, last.details),
        created_at=registration.created_at,
        updated_at=registration.updated_at,
    )


def view_change(change: StatusChange) -> StatusChangeView:
    """Return a change of a registration's status as the channel sees it."""
    return msgspec.convert(change, StatusChangeView, from_attributes=True)
