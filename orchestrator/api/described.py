"""How OpenAPI documents describe the channel API: its subjects, and each action of the flows as an operation."""

from collections.abc import Iterator

from orchestrator.flows import FLOWS
from orchestrator.flows.model import Action
from orchestrator.flows.web_branches import list_reasons
from orchestrator.gateways.cymmetri import STATUS_OF
from simulators.kit.errors import code_of
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
        (400, "validation-failed"), (404, "unknown-registration"), (404, "unknown-action"),
        (409, "action-not-allowed"), (409, "idempotency-key-in-use"), (422, "idempotency-key-reused"),
        (502, "undocumented-answer"), (503, "upstream-unavailable"),
    ),
    "device": (
        (400, "validation-failed"), (401, "not-logged-in"), (403, "not-your-registration"),
        (404, "unknown-registration"), (404, "unknown-action"), (409, "action-not-allowed"),
        (409, "device-limit-reached"), (409, "device-of-another-user"), (409, "device-not-registered"),
        (409, "device-revoked"), (409, "sign-up-begun-again"), (409, "sign-up-completed"),
        (409, "idempotency-key-in-use"), (422, "contact-not-registered"), (422, "idempotency-key-reused"),
        (502, "undocumented-answer"), (503, "upstream-unavailable"),
    ),
}  # fmt: skip
"""How any action of each flow is refused."""


def list_refusals(flow: str, action: Action) -> list[tuple[int, str]]:
    """Return how an action is refused: those of the web also as Cymmetri refuses the step that they are."""
    return list(dict.fromkeys([*REFUSALS[flow], *(_list_relayed(action) if flow == "web" else ())]))


def _list_relayed(action: Action) -> Iterator[tuple[int, str]]:
    for reason in list_reasons(action.step.partition(" ")[2]):
        if reason in STATUS_OF:
            yield STATUS_OF[reason], code_of(reason)


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
        list_refusals(flow.name, action),
    )
    for flow in FLOWS.values()
    for action in flow.actions
]
"""Each action of the flows, as documents describe it."""
