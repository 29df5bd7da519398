"""Cymmetri's edge: an installation's wire profile (policy ``wire``)."""

from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.wire_profiles import translator
from simulators.kit.wire.translator import Translator
from simulators.kit.world import World


def translator_of(world: World) -> Translator | None:
    """Return what speaks the wire profile of a world; ``None`` where Cymmetri says what the contract says."""
    return translator(world.policies(CymmetriPolicies).wire)
