"""How OpenAPI documents describe the channel API: its subjects, and each action of the flows as an operation."""

from orchestrator.flows import FLOWS
from simulators.kit.web.api import Variant
from simulators.kit.web.credentials import USER_TOKEN
from simulators.kit.web.tags import Tag

REGISTRATIONS = Tag("registrations", "Begin a registration of either flow, read it and its history.")
TAGS = {
    "web": Tag("web flow", "The actions of web registration. The registration's id is what entitles to act on it."),
    "device": Tag("device flow", "The actions of device registration, for the logged-in user whose it is."),
}
REFUSALS = {
    "web": (
        (400, "validation-failed"), (401, "session-expired"), (404, "unknown-registration"), (404, "unknown-action"),
        (409, "action-not-allowed"), (409, "idempotency-key-in-use"), (422, "idempotency-key-reused"),
        (422, "password-policy-violation"), (423, "user-blocked"), (429, "resend-too-soon"),
        (502, "undocumented-answer"), (503, "upstream-unavailable"),
    ),
    "device": (
        (400, "validation-failed"), (401, "not-logged-in"), (403, "not-your-registration"),
        (404, "unknown-registration"), (404, "unknown-action"), (409, "action-not-allowed"),
        (409, "device-limit-reached"), (409, "device-of-another-user"), (409, "device-not-registered"),
        (409, "device-revoked"), (409, "sign-up-begun-again"), (409, "idempotency-key-in-use"),
        (422, "contact-not-registered"), (422, "idempotency-key-reused"), (502, "undocumented-answer"),
        (503, "upstream-unavailable"),
    ),
}  # fmt: skip
"""How the actions of each flow are refused."""

CREDENTIALS = {"web": (), "device": (USER_TOKEN,)}

ACTION_PATH = "/registrations/<id>/actions/"
ACTIONS = [
    Variant(
        f"{ACTION_PATH}{action.name}",
        action.name,
        action.title,
        f"Step {action.step} of {flow.title.lower()}; allowed in {', '.join(action.allowed)}.",
        TAGS[flow.name],
        action.body,
        CREDENTIALS[flow.name],
        REFUSALS[flow.name],
    )
    for flow in FLOWS.values()
    for action in flow.actions
]
"""Each action of the flows, as documents describe it."""
