"""The wire profile of Cymmetri (policy ``cymmetri.wire``), dealt out to those who read what Cymmetri says by it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from simulators.cymmetri.wire_profiles import SHIPPED
from simulators.kit.wire.profiles import WireProfile

READERS = ("orchestrator", "auth_service")
"""The services that ask Cymmetri; each has the profile as its policy ``cymmetri_wire``."""

WIRE = "cymmetri_wire"


def share_wire_profile(policies: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return policies in which those who ask Cymmetri have the profile that it speaks, unless they set their own."""
    shared = {name: dict(each) for name, each in policies.items()}
    wire = shared.get("cymmetri", {}).get("wire")
    if wire is not None:
        for reader in READERS:
            shared.setdefault(reader, {}).setdefault(WIRE, resolve_profile(wire))
    return shared


def resolve_profile(wire: Any) -> Any:
    """Return a profile, named or given, with all that it takes from another; ``ours`` as it is.

    What is no profile is returned as it is: Cymmetri refuses it.
    """
    try:
        profile = SHIPPED[wire] if isinstance(wire, str) else msgspec.convert(wire, WireProfile)
        base = SHIPPED[profile.like]
    except (KeyError, msgspec.ValidationError):
        return wire
    return "ours" if wire == "ours" else msgspec.to_builtins(profile.over(base))
