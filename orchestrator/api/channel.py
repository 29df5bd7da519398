"""The channel API: what the bank's web site and app call."""

import io
import re
from collections.abc import Mapping

import segno

from orchestrator import engine, notifications, registrations
from orchestrator.api.described import ACTION_PATH, ACTIONS, REGISTRATIONS
from orchestrator.api.users import check_entitled, find_user
from orchestrator.api.views import view, view_change
from orchestrator.flows import FLOWS, device_status, web_steps
from orchestrator.flows.device_statuses import IN_PROGRESS
from orchestrator.flows.model import TRY_LATER, ActionRefused
from orchestrator.idempotency import IDEMPOTENCY, idempotent
from orchestrator.models import (
    LONGEST_WAIT,
    ActionBody,
    ChannelProblem,
    History,
    NewDeviceRegistration,
    NewRegistration,
    NewWebRegistration,
    RegistrationView,
    Waiting,
)
from orchestrator.records import Registration
from orchestrator.state import DeviceState, WebState
from simulators.kit.errors import Refusal
from simulators.kit.waiting import look_until
from simulators.kit.web.api import Answer, Api
from simulators.kit.web.call import Call
from simulators.kit.web.credentials import NONE, USER_TOKEN
from simulators.kit.wire.client import UpstreamFailure

api = Api(REGISTRATIONS, (USER_TOKEN, NONE))

_EM_CERT_ID = re.compile(r"[0-9a-f]{64}")
_IDENTITY = ("deviceId", "type", "id", "cardNumber")


def _owner_of_new(call: Call, new: NewRegistration) -> str:
    return find_user(call, outage="DR-0.5") if new.flow == "device" else call.bearer or ""


def _owner_of_action(call: Call, _: ActionBody, id: str, action: str) -> str:
    del action
    found = registrations.find_or_none(call, id)
    if found is None:
        return call.bearer or ""
    check_entitled(call, found)
    return found.owner or call.bearer or ""


@api.operation(
    "POST", "/registrations", body=NewRegistration, answer=RegistrationView, status=201,
    refusals=[(400, "validation-failed"), (401, "not-logged-in"), (403, "not-your-registration"),
              (403, "customer-not-eligible"), (404, "user-not-found"), (409, "email-not-registered"),
              (409, "identity-ambiguous"), (409, "device-of-another-user"), (409, "idempotency-key-in-use"),
              (422, "idempotency-key-reused"), (423, "user-blocked"), (429, "too-many-codes"),
              (502, "undocumented-answer"), (503, "otp-not-sent"), (503, "upstream-unavailable")],
    headers=IDEMPOTENCY, choices=(NewWebRegistration, NewDeviceRegistration), error=ChannelProblem,
)  # fmt: skip
@idempotent(_owner_of_new)
def post_registration(call: Call, new: NewRegistration) -> Answer:
    """Begin a registration: check the identity (web), or determine the device's status (device)."""
    try:
        made = _begin_web(call, new) if new.flow == "web" else _begin_device(call, new)
    except ActionRefused as refused:
        raise engine.refusal_of(refused) from refused
    except UpstreamFailure as failure:
        message = f"{failure.service} {failure.reason}. Try again later."
        branch = {"branch": "WR-1.5"} if new.flow == "web" else {}
        retry = {"Retry-After": str(TRY_LATER)}
        raise Refusal("upstream-unavailable", 503, message, headers=retry, details=branch) from failure
    return Answer(view(made), 201, {"Location": f"/registrations/{made.id}"})


@api.operation(
    "GET", "/registrations/<id>", query=Waiting, answer=RegistrationView,
    refusals=[(401, "not-logged-in"), (403, "not-your-registration"), (404, "unknown-registration"),
              (503, "upstream-unavailable")],
    error=ChannelProblem,
)  # fmt: skip
def get_registration(call: Call, waiting: Waiting, id: str) -> RegistrationView:
    """Return a registration; with ``wait_for``, once it has that status or the time is over."""
    found = registrations.find(call, id)
    if waiting.wait_for and waiting.wait_for not in FLOWS[found.flow].statuses:
        message = f"wait_for must be one of {', '.join(FLOWS[found.flow].statuses)}."
        raise Refusal("validation-failed", 400, message, field="wait_for")
    check_entitled(call, found)
    call.commit()  # nobody can move the registration while this call's transaction is open
    if waiting.wait_for:
        look_until(lambda: registrations.status_of(call, id) == waiting.wait_for, min(waiting.timeout, LONGEST_WAIT))
    return view(registrations.find(call, id))


@api.operation(
    "POST", f"{ACTION_PATH}<action>", body=ActionBody, answer=RegistrationView,
    headers=IDEMPOTENCY, variants=ACTIONS, error=ChannelProblem,
)  # fmt: skip
@idempotent(_owner_of_action)
def post_action(call: Call, _: ActionBody, id: str, action: str) -> RegistrationView:
    """Perform an action on a registration."""
    found = _find_for_action(call, id, action)
    flow = FLOWS[found.flow]
    declared = flow.action(action)
    if declared is None:
        message = f"The {flow.name} flow has no action {action!r}; it has {', '.join(a.name for a in flow.actions)}."
        raise Refusal("unknown-action", 404, message)
    body = engine.decode_body(declared, call.body)
    check_entitled(call, found)
    return view(engine.perform(call, flow, registrations.find(call, id), declared, body))


@api.operation(
    "GET", "/registrations/<id>/history", answer=History,
    refusals=[(401, "not-logged-in"), (403, "not-your-registration"), (404, "unknown-registration"),
              (503, "upstream-unavailable")],
    error=ChannelProblem,
)  # fmt: skip
def get_history(call: Call, id: str) -> History:
    """List what happened to a registration: when, by which action, on which branch, resting on which facts."""
    found = registrations.find(call, id)
    check_entitled(call, found)
    return History([view_change(change) for change in registrations.history(call, id)])


@api.operation(
    "GET", "/registrations/<id>/sign-up-qr",
    refusals=[(401, "not-logged-in"), (403, "not-your-registration"), (404, "unknown-registration"),
              (409, "no-sign-up-in-progress"), (503, "upstream-unavailable")],
    media_types=("image/png", "image/svg+xml"), error=ChannelProblem,
)  # fmt: skip
def get_sign_up_qr(call: Call, id: str) -> Answer:
    """Draw the sign-up code as a QR image: PNG, or SVG where ``Accept`` prefers it."""
    found = registrations.find(call, id)
    check_entitled(call, found)
    payload = _qr_payload(registrations.find(call, id))
    if payload is None:
        raise Refusal("no-sign-up-in-progress", 409, "There is no sign-up code to show; begin a sign-up first.")
    best = call.request.accept_mimetypes.best_match(["image/png", "image/svg+xml"]) or "image/png"
    kind = "svg" if best == "image/svg+xml" else "png"
    return Answer(_draw_qr(payload, kind), 200, {"Cache-Control": "no-store"}, best)


def _begin_web(call: Call, new: NewRegistration) -> Registration:
    identity: Mapping[str, str | None] = {name: getattr(new, name) for name in _IDENTITY}
    status, outcome = web_steps.check_identity(call, {k: v for k, v in identity.items() if v is not None})
    state = WebState(**outcome.changes)
    return registrations.begin(call, "web", "check-identity", status, engine.last_outcome(outcome), state)


def _begin_device(call: Call, new: NewRegistration) -> Registration:
    username = find_user(call, outage="DR-0.5")
    if new.username is not None and new.username.casefold() != username.casefold():
        call.decide("DR-0.4", "user.owner", logged_in=True, own=False)
        message = "A device's status is told to its own user only."
        raise Refusal("not-your-registration", 403, message, details={"branch": "DR-0.4"})
    em_cert_id = (new.emCertID or "").strip()
    if not _EM_CERT_ID.fullmatch(em_cert_id):
        message = "emCertID must be the phone's: 64 lower-case hex digits."
        raise Refusal("validation-failed", 400, message, field="emCertID")
    outcome = device_status.determine(call, username, em_cert_id)
    state = DeviceState(em_cert_id, **outcome.changes)
    last = engine.last_outcome(outcome)
    made = registrations.begin(call, "device", "check", str(outcome.status), last, state, username)
    if outcome.branch == "DR-0.1":
        notifications.device_not_found(call, made.id, username)
    return made


def _find_for_action(call: Call, id: str, action: str) -> Registration:
    try:
        return registrations.find(call, id)
    except Refusal:
        if action == "sign-up":
            call.decide("DR-1.8", "sign_up.after_status", registration="none")
            message = "The device's status was not determined yet; begin with POST /registrations."
            raise Refusal("unknown-registration", 404, message, details={"branch": "DR-1.8"}) from None
        raise


def _qr_payload(registration: Registration) -> str | None:
    """Return the text of the sign-up's QR image, while a sign-up is in progress."""
    state = registration.state
    if not isinstance(state, DeviceState) or state.sign_up is None or registration.status != IN_PROGRESS:
        return None
    return state.sign_up.qr_payload


def _draw_qr(payload: str, kind: str) -> bytes:
    image = io.BytesIO()
    segno.make(payload, error="m", micro=False).save(image, kind=kind, scale=6)
    return image.getvalue()
