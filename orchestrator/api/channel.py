"""The channel API: what the bank's web site and app call."""

import io
import re
from collections.abc import Mapping

import msgspec

from orchestrator import engine, notifications, registrations
from orchestrator.api.users import entitled, logged_in
from orchestrator.flows import FLOWS, device_status, web_steps
from orchestrator.flows.model import TRY_LATER, Refused
from orchestrator.idempotency import idempotent
from orchestrator.models import (
    LONGEST_WAIT,
    ActionBody,
    History,
    NewRegistration,
    Outcome,
    RegistrationView,
    StatusChangeView,
    Waiting,
)
from orchestrator.registrations import Registration, StatusChange
from simulators.kit import clock
from simulators.kit.api import Answer, Api
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.http import UpstreamFailure

api = Api()

LOOK_AGAIN = 0.005
"""Seconds between two looks at a registration that another process may have moved."""

_EM_CERT_ID = re.compile(r"[0-9a-f]{64}")
_IDENTITY = ("deviceId", "type", "id", "cardNumber")


@api.operation(
    "POST", "/registrations", body=NewRegistration, answer=RegistrationView, status=201,
    refusals=[(400, "validation-failed"), (401, "not-logged-in"), (403, "not-your-registration"),
              (404, "user-not-found"), (409, "email-not-registered"), (423, "user-blocked"),
              (502, "undocumented-answer"), (503, "upstream-unavailable")],
)  # fmt: skip
@idempotent
def post_registration(call: Call, new: NewRegistration) -> Answer:
    """Begin a registration: check the identity (web), or determine the device's status (device)."""
    try:
        made = _begin_web(call, new) if new.flow == "web" else _begin_device(call, new)
    except Refused as refused:
        raise engine.refusal_of(refused) from refused
    except UpstreamFailure as failure:
        words = f"{failure.service} {failure.reason}. Try again later."
        branch = {"branch": "WR-1.5"} if new.flow == "web" else {}
        retry = {"Retry-After": str(TRY_LATER)}
        raise Refusal("upstream-unavailable", 503, words, headers=retry, details=branch) from failure
    return Answer(view(made), 201, {"Location": f"/registrations/{made.id}"})


@api.operation(
    "GET", "/registrations/<id>", query=Waiting, answer=RegistrationView,
    refusals=[(401, "not-logged-in"), (403, "not-your-registration"), (404, "unknown-registration")],
)  # fmt: skip
def get_registration(call: Call, waiting: Waiting, id: str) -> RegistrationView:
    """Tell how a registration stands; with ``wait_for``, once it has that status or the time is over."""
    found = registrations.find(call, id)
    if waiting.wait_for and waiting.wait_for not in FLOWS[found.flow].statuses:
        words = f"wait_for must be one of {', '.join(FLOWS[found.flow].statuses)}."
        raise Refusal("validation-failed", 400, words, field="wait_for")
    entitled(call, found)
    give_up = clock.monotonic() + min(waiting.timeout, LONGEST_WAIT)
    call.commit()
    while waiting.wait_for and registrations.status_of(call, id) != waiting.wait_for and clock.monotonic() < give_up:
        clock.pause(LOOK_AGAIN)
    return view(registrations.find(call, id))


@api.operation(
    "POST", "/registrations/<id>/actions/<action>", body=ActionBody, answer=RegistrationView,
    refusals=[(400, "validation-failed"), (401, "not-logged-in"), (403, "not-your-registration"),
              (404, "unknown-registration"), (404, "unknown-action"), (409, "action-not-allowed"),
              (502, "undocumented-answer"), (503, "upstream-unavailable")],
)  # fmt: skip
@idempotent
def post_action(call: Call, _: ActionBody, id: str, action: str) -> RegistrationView:
    """Perform an action on a registration."""
    found = _found_for(call, id, action)
    flow = FLOWS[found.flow]
    declared = flow.action(action)
    if declared is None:
        words = f"The {flow.name} flow has no action {action!r}; it has {', '.join(a.name for a in flow.actions)}."
        raise Refusal("unknown-action", 404, words)
    body = engine.body_for(declared, call.heard)
    entitled(call, found, "DR-0.4" if action == "check" else None)
    return view(engine.perform(call, flow, registrations.find(call, id), declared, body))


@api.operation(
    "GET", "/registrations/<id>/history", answer=History,
    refusals=[(401, "not-logged-in"), (403, "not-your-registration"), (404, "unknown-registration")],
)  # fmt: skip
def get_history(call: Call, id: str) -> History:
    """List what happened to a registration: when, by which action, on which branch, resting on which facts."""
    found = registrations.find(call, id)
    entitled(call, found)
    return History([seen(change) for change in registrations.history(call, id)])


@api.operation(
    "GET", "/registrations/<id>/sign-up-qr",
    refusals=[(401, "not-logged-in"), (404, "unknown-registration"), (409, "no-sign-up-in-progress")],
)  # fmt: skip
def get_sign_up_qr(call: Call, id: str) -> Answer:
    """Draw the sign-up code as a QR image: PNG, or SVG where ``Accept`` prefers it."""
    found = registrations.find(call, id)
    entitled(call, found)
    payload = registrations.find(call, id).state.get("sign_up", {}).get("qr_payload")
    if not payload or found.status != "Sign_Up_In_Progress":
        raise Refusal("no-sign-up-in-progress", 409, "There is no sign-up code to show; begin a sign-up first.")
    best = call.request.accept_mimetypes.best_match(["image/png", "image/svg+xml"]) or "image/png"
    kind = "svg" if best == "image/svg+xml" else "png"
    return Answer(_drawn(payload, kind), 200, {"Cache-Control": "no-store"}, best)


def view(registration: Registration) -> RegistrationView:
    """Return a registration as the channel sees it."""
    last = registration.last_outcome
    return RegistrationView(
        id=registration.id,
        flow=registration.flow,
        status=registration.status,
        allowed_actions=FLOWS[registration.flow].allowed_in(registration.status),
        last_outcome=Outcome(last.branch, last.message, last.details),
        created_at=registration.created_at,
        updated_at=registration.updated_at,
    )


def seen(change: StatusChange) -> StatusChangeView:
    """Return a change of a registration's status as the channel sees it."""
    return msgspec.convert(change, StatusChangeView, from_attributes=True)


def _begin_web(call: Call, new: NewRegistration) -> Registration:
    identity: Mapping[str, str | None] = {name: getattr(new, name) for name in _IDENTITY}
    call.commit()
    status, outcome = web_steps.check_identity(call, {k: v for k, v in identity.items() if v is not None})
    return registrations.begin(call, "web", "check-identity", status, engine.told(outcome), **outcome.state)


def _begin_device(call: Call, new: NewRegistration) -> Registration:
    username = logged_in(call, "DR-0.4", "DR-0.5")
    if new.username is not None and new.username.casefold() != username.casefold():
        call.decide("DR-0.4", "user.owner", logged_in=True, own=False)
        words = "A device's status is told to its own user only."
        raise Refusal("not-your-registration", 403, words, details={"branch": "DR-0.4"})
    em_cert_id = (new.emCertID or "").strip()
    if not _EM_CERT_ID.fullmatch(em_cert_id):
        words = "emCertID must be the phone's: 64 lower-case hex digits."
        raise Refusal("validation-failed", 400, words, field="emCertID")
    outcome = device_status.determine(call, username, em_cert_id)
    kept = {**outcome.state, "owner": username, "em_cert_id": em_cert_id}
    made = registrations.begin(call, "device", "check", str(outcome.status), engine.told(outcome), **kept)
    if outcome.branch == "DR-0.1":
        notifications.device_not_found(call, made.id, username)
    return made


def _found_for(call: Call, id: str, action: str) -> Registration:
    try:
        return registrations.find(call, id)
    except Refusal:
        if action == "sign-up":
            call.decide("DR-1.8", "sign_up.after_status", registration="none")
            words = "The device's status was not determined yet; begin with POST /registrations."
            raise Refusal("unknown-registration", 404, words, details={"branch": "DR-1.8"}) from None
        raise


def _drawn(payload: str, kind: str) -> bytes:
    import segno

    image = io.BytesIO()
    segno.make(payload, error="m", micro=False).save(image, kind=kind, scale=6)
    return image.getvalue()
