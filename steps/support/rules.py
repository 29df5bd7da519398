"""The bank's rules in a scenario's world: those of the run, and over them those that the scenario settles."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec

from orchestrator.policies import OrchestratorPolicies
from registration_sandbox.gate.system import System
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.wire_profiles import translator
from simulators.kit.policies import lay_over
from simulators.kit.wire.translator import Translator


class Rules:
    """The policies of a world, by service; ``settled`` are those that the scenario says itself before somebody acts."""

    def __init__(self, system: System, of_run: Mapping[str, Any]) -> None:
        self.settled: dict[str, Any] = {}
        self._system = system
        self._in_force = dict(of_run)

    def settle(self, policies: dict[str, Any]) -> None:
        """Plan policies. Raises NotTried where the system under test has another rule of its own."""
        self.settled = lay_over(self.settled, policies)
        self._in_force = lay_over(self._in_force, policies)
        self._system.check_policies(policies)

    def change(self, policies: dict[str, Any]) -> dict[str, Any]:
        """Change policies of the world that is there; return the part that the world is told. Raises NotTried."""
        self._system.check_policies(policies)
        self._in_force = lay_over(self._in_force, policies)
        return self._system.policies_for_world(policies)

    def for_world(self) -> dict[str, Any]:
        """Return the policies that the world is made with."""
        return self._system.policies_for_world(self._in_force)

    def find_translator(self) -> Translator | None:
        """Return what speaks the wire profile of Cymmetri; ``None`` where that says what the contract says."""
        return translator(msgspec.convert(self._of("cymmetri"), CymmetriPolicies).wire)

    def find_poll_interval(self) -> timedelta:
        """Return for how long it may be until the bank knows what TSG knows: no time where TSG pushes.

        A scenario that settles how the bank learns of sign-ups says itself how much time passes.
        """
        if self._of("tsg").get("completion") != "poll" or "completion" in self.settled.get("tsg", {}):
            return timedelta()
        return msgspec.convert(self._of("orchestrator"), OrchestratorPolicies).poll_interval

    def _of(self, service: str) -> dict[str, Any]:
        return self._system.policies_of(service, self._in_force)
