"""A world's circumstances: its clock, and what goes wrong in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from registration_sandbox.client.wire import CONTROL, Wire
from registration_sandbox.control_plane.views import WorldTime
from simulators.kit.faults import Faults, FaultState


@dataclass(frozen=True)
class WorldClock:
    """A world's clock in every service of the sandbox. What falls due by a move is done before the move returns."""

    wire: Wire

    @property
    def now(self) -> datetime:
        return self.state().now

    def state(self) -> WorldTime:
        return self.wire.ask(WorldTime, CONTROL, "GET", self.wire.place("/clock"))

    def freeze(self) -> WorldTime:
        """Have time stand still."""
        return self._change(freeze=True)

    def unfreeze(self) -> WorldTime:
        """Have time run again."""
        return self._change(freeze=False)

    def set(self, instant: datetime | str) -> WorldTime:
        """Set the time, as an aware datetime or as in ``2026-01-05T09:00:00Z``."""
        return self._change(set=instant)

    def advance(self, duration: timedelta | str) -> WorldTime:
        """Let time pass, as a timedelta or as in ``PT5M`` (ISO 8601)."""
        return self._change(advance=duration)

    def _change(self, **change: object) -> WorldTime:
        return self.wire.ask(WorldTime, CONTROL, "POST", self.wire.place("/clock"), change)


@dataclass(frozen=True)
class AddedFault:
    """A fault that was added to a world; one that is in every service counts in each for itself."""

    wire: Wire
    id: str

    def states(self) -> list[FaultState]:
        """Return how the fault stands in each service that it is in; none when it was removed."""
        found = self.wire.ask(Faults, CONTROL, "GET", self.wire.place("/faults"))
        return [state for state in found.faults if state.id == self.id]

    @property
    def fired(self) -> int:
        """How often it has struck, in all services."""
        return sum(state.fired for state in self.states())

    def remove(self) -> None:
        self.wire.control("DELETE", f"/faults/{quote(self.id, safe='')}")
