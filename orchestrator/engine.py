"""The engine: performs an action of a flow on a registration, and keeps what came of it."""

from typing import Any

import msgspec

from orchestrator import registrations
from orchestrator.flows.model import TRY_LATER, Action, Flow, Outcome, Refused
from orchestrator.registrations import LastOutcome, Registration
from simulators.kit.call import Call
from simulators.kit.errors import Refusal, flaw_of
from simulators.kit.http import UpstreamFailure
from simulators.kit.work import Work


def perform(call: Call, flow: Flow, registration: Registration, action: Action, body: Any) -> Registration:
    """Perform an action that the registration's status allows; return the registration as it then is.

    Raises Refusal: ``action-not-allowed`` (409, with the allowed actions), or what the action was refused for.
    """
    _allowed(call, flow, registration, action)
    call.commit()
    try:
        outcome = action.perform(call, registration, body)
    except Refused as refused:
        keep(call, flow, registration.id, action.name, refused.outcome)
        raise refusal_of(refused) from refused
    except UpstreamFailure as failure:
        unreachable = Outcome(None, f"{failure.service} {failure.reason}. Try again later.")
        keep(call, flow, registration.id, action.name, unreachable)
        raise refusal_of(Refused("upstream-unavailable", 503, unreachable, retry_after=TRY_LATER)) from failure
    return keep(call, flow, registration.id, action.name, outcome)


def keep(work: Work, flow: Flow, id: str, action: str, outcome: Outcome) -> Registration:
    """Keep an outcome with its registration. One that another request has since moved on is left as it is."""
    current = registrations.find(work, id)
    declared = flow.action(action)
    if declared is None or current.status in declared.allowed:
        registrations.move(work, current, action, told(outcome), outcome.status, dict(outcome.state))
    else:
        registrations.note(work, current, action, current.status, told(outcome))
    return current


def told(outcome: Outcome) -> LastOutcome:
    return LastOutcome(outcome.branch, outcome.message, dict(outcome.details))


def refusal_of(refused: Refused) -> Refusal:
    """Return the problem that tells a refused action (RFC 9457)."""
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


def body_for(action: Action, given: Any) -> Any:
    """Return an action's fields, typed. Raises Refusal (``validation-failed``) naming the field."""
    try:
        return msgspec.convert({} if given is None else given, action.body)
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        words = f"{flaw.field or 'The body'} {flaw.words}."
        raise Refusal("validation-failed", 400, words, field=flaw.field or None) from error


def _allowed(call: Call, flow: Flow, registration: Registration, action: Action) -> None:
    if registration.status in action.allowed:
        return
    allowed = flow.allowed_in(registration.status)
    details: dict[str, Any] = {"allowed_actions": allowed, "status_now": registration.status}
    first = min(flow.statuses.index(status) for status in action.allowed)
    if action.early and flow.statuses.index(registration.status) < first:
        call.decide(action.early, "flow.allowed_in", status=registration.status, action=action.name)
        details["branch"] = action.early
    raise Refusal(
        "action-not-allowed",
        409,
        f"{action.name} is not possible while the registration is {registration.status}; "
        f"possible now: {', '.join(allowed) or 'nothing'}.",
        details=details,
    )
