"""What a scenario leaves behind for the gate: its hooks hand it over before the scenario's world is deleted."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from registration_sandbox.gate.results import RegistrationLeft
from simulators.kit.journal import Exchange

MEDIA_TYPE = "application/vnd.registration-sandbox.evidence+json"
"""Under which a hook attaches evidence to its scenario (behave's ``context.attach``)."""

WANTED = "evidence"
"""behave's user data that asks the hooks for evidence."""


class Evidence(Struct):
    """What happened in a scenario's world: ``exchanges`` is its masked journal without headers, ``seed`` made it.

    ``policies`` are those that the scenario settles, by service.
    """

    world: str
    seed: int
    policies: dict[str, Any] = {}
    exchanges: list[Exchange] = []
    registrations: list[RegistrationLeft] = []


def is_wanted(userdata: Mapping[str, Any]) -> bool:
    """Tell whether somebody wants evidence; where only sentences are told, none is gathered."""
    return WANTED in userdata


def pack(
    world: str, seed: int, policies: Mapping[str, Any], journal: Mapping[str, Any], registrations: Mapping[str, Any]
) -> bytes:
    """Pack what is known of a world, and the control plane's answers about it, into evidence."""
    told = {
        "world": world,
        "seed": seed,
        "policies": policies,
        "exchanges": [{**each, "request_headers": {}, "answer_headers": {}} for each in journal.get("exchanges", [])],
        "registrations": [
            {**left["registration"], "history": left["history"]}
            for left in registrations.get("registrations", [])[::-1]
        ],
    }
    return msgspec.json.encode(told)


def unpack(data: bytes) -> Evidence:
    return msgspec.json.decode(data, type=Evidence)
