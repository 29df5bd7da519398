"""The subjects by which an OpenAPI document groups operations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tag:
    """A subject, and what its operations are for."""

    name: str
    description: str


SERVICE = Tag("service", "What the system offers.")

_SANDBOX = Tag("control plane: sandbox", "Whether the sandbox is up, its services, and the credentials of its clients.")
_WORLDS = Tag("control plane: worlds", "Make worlds from scenarios, replace, copy, restore and delete them.")
_TIME = Tag("control plane: time", "Read, move and freeze a world's clock.")
_POLICIES = Tag("control plane: policies", "Read and change a world's policies while it runs.")
_FAULTS = Tag("control plane: faults", "Have a system fail, delay or garble its answers in a world.")
_PEOPLE = Tag("control plane: people", "Who is in a world, and what the systems know of them.")
_PUSHES = Tag("control plane: pushes", "The TSG's pushes with every try; send them again, or send one made by hand.")
_OBSERVATION = Tag("control plane: observation", "What happened in a world: exchanges, branches, status changes.")
_PARTS = Tag("control plane: parts of worlds", "How the sandbox keeps the services' parts of a world in step.")

CONTROL_PLANE = (_SANDBOX, _WORLDS, _TIME, _POLICIES, _FAULTS, _PEOPLE, _PUSHES, _OBSERVATION, _PARTS)
"""The subjects of the control plane, in the order in which documents list them."""

_BY_LAST_WORD = {
    **dict.fromkeys(("health", "services", "credentials"), _SANDBOX),
    **dict.fromkeys(("worlds", "scenarios", "snapshots", "restore"), _WORLDS),
    "clock": _TIME,
    "policies": _POLICIES,
    "faults": _FAULTS,
    **dict.fromkeys(("people", "personas", "customers", "subjects", "messages"), _PEOPLE),
    **dict.fromkeys(("pushes", "resend"), _PUSHES),
    **dict.fromkeys(("journal", "coverage", "sequence", "registrations", "events", "numbers", "metrics"), _OBSERVATION),
    **dict.fromkeys(("state", "takeover", "news"), _PARTS),
}


def tag_of_control(method: str, path: str) -> Tag:
    """Return the subject of a control plane operation: the last word of its path that is no parameter tells it."""
    if (method, path.rpartition("/")[2]) == ("PUT", "clock"):
        return _PARTS
    word = next(part for part in reversed(path.split("/")) if not part.startswith("<"))
    return _BY_LAST_WORD.get(word, _SANDBOX)
