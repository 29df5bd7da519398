"""Cymmetri asked by people themselves, as its installation is spoken to in their world."""

from dataclasses import replace
from typing import Any

import msgspec

from registration_sandbox.console.pages import service
from registration_sandbox.console.play.person import PersonReply, ask
from registration_sandbox.worlds import policies
from registration_sandbox.worlds.wire import READERS, WIRE
from simulators.cymmetri.wire_profiles import translator
from simulators.kit.wire.profiles import WireProfile
from simulators.kit.wire.translator import Translator


def ask_cymmetri(world: str, method: str, path: str, body: Any = None, *, token: str = "") -> PersonReply:
    """Ask Cymmetri in the contract's names; ``body`` of the answer is in them, too, and ``raw`` is as it came."""
    profile = _translator_of(world)
    if profile is None:
        return ask(world, "cymmetri", method, path, body, token=token)
    reply = ask(world, "cymmetri", method, profile.write_path(path), profile.write_request(body), token=token)
    return replace(reply, body=profile.read_answer(reply.body))


def _translator_of(world: str) -> Translator | None:
    """Return what speaks the wire profile by which the bank reads Cymmetri in a world."""
    told = policies.in_force(service(), world)
    wires = (told[reader][WIRE] for reader in READERS if reader in told)
    return translator(msgspec.convert(next(wires, "ours"), str | WireProfile))
