"""The engine: performs an action of a flow on a registration, and records its outcome."""

from typing import Any

import msgspec

from orchestrator import registrations
from orchestrator.flows.model import TRY_LATER, Action, ActionRefused, Flow, Outcome
from orchestrator.records import LastOutcome, Registration
from simulators.kit.errors import Refusal, flaw_of
from simulators.kit.web.call import Call
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work


def perform(call: Call, flow: Flow, registration: Registration, action: Action, body: Any) -> Registration:
    """Perform an action that the registration's status allows; return the registration as it then is.

    Raises Refusal: ``action-not-allowed`` (409, with the allowed actions), or the action's own.
    """
    _check_allowed(call, flow, registration, action)
    try:
        outcome = action.perform(call, registration, body)
    except ActionRefused as refused:
        current = record_outcome(call, flow, registration.id, action.name, refused.outcome)
        refusal = refusal_of(refused)
        if current.is_over:
            refusal.details |= _list_possible(flow, current)
        raise refusal from refused
    except UpstreamFailure as failure:
        unreachable = Outcome(None, f"{failure.service} {failure.reason}. Try again later.")
        record_outcome(call, flow, registration.id, action.name, unreachable)
        raise refusal_of(ActionRefused("upstream-unavailable", 503, unreachable, retry_after=TRY_LATER)) from failure
    return record_outcome(call, flow, registration.id, action.name, outcome)


def record_outcome(work: Work, flow: Flow, id: str, action: str, outcome: Outcome) -> Registration:
    """Record an outcome with its registration, and move it; if another request has moved it on, only its history."""
    current = registrations.find(work, id)
    declared = flow.action(action)
    if declared is None or current.status in declared.allowed:
        registrations.move(work, current, action, last_outcome(outcome), outcome.status, outcome.changes)
    else:
        registrations.note(work, current, action, last_outcome(outcome))
    return current


def list_allowed(flow: Flow, registration: Registration) -> list[str]:
    """Return the actions that are allowed on a registration now."""
    return [] if registration.is_over else flow.list_allowed(registration.status)


def last_outcome(outcome: Outcome) -> LastOutcome:
    """Return an outcome as it is kept with the registration."""
    return LastOutcome(outcome.branch, outcome.message, dict(outcome.details))


def refusal_of(refused: ActionRefused) -> Refusal:
    """Return a refused action as the channel's problem (RFC 9457)."""
    details: dict[str, Any] = {"details": dict(refused.outcome.details)}
    if refused.outcome.branch:
        details["branch"] = refused.outcome.branch
    if refused.upstream_code:
        details["upstream_code"] = refused.upstream_code
    field = refused.outcome.details.get("field")
    headers = {"Retry-After": str(refused.retry_after)} if refused.retry_after else {}
    return Refusal(
        refused.code, refused.http_status, refused.outcome.message, details=details, headers=headers,
        field=field if isinstance(field, str) else None,
    )  # fmt: skip


def decode_body(action: Action, given: Any) -> Any:
    """Return an action's fields, typed. Raises Refusal (``validation-failed``) naming the field."""
    try:
        return msgspec.convert({} if given is None else given, action.body)
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        message = f"{flaw.field or 'The body'} {flaw.message}."
        raise Refusal("validation-failed", 400, message, field=flaw.field or None) from error


def _check_allowed(call: Call, flow: Flow, registration: Registration, action: Action) -> None:
    details = _list_possible(flow, registration)
    if registration.is_over:
        message = f"{action.name} is not possible any more. {registration.last_outcome.message}"
        raise Refusal("action-not-allowed", 409, message, details=details)
    if registration.status in action.allowed:
        return
    first = min(flow.statuses.index(status) for status in action.allowed)
    if action.early and flow.statuses.index(registration.status) < first:
        call.decide(action.early, "flow.allowed_in", status=registration.status, action=action.name)
        details["branch"] = action.early
    raise Refusal(
        "action-not-allowed",
        409,
        f"{action.name} is not possible while the registration is {registration.status}; "
        f"possible now: {', '.join(details['allowed_actions']) or 'nothing'}.",
        details=details,
    )


def _list_possible(flow: Flow, registration: Registration) -> dict[str, Any]:
    return {"allowed_actions": list_allowed(flow, registration), "status_now": registration.status}
