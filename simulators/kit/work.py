"""A unit of work: one request, or one thing that has fallen due, in one world of one service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from simulators.kit.clock import stamp
from simulators.kit.errors import ErrorShape, Refusal
from simulators.kit.http import Client, Reply
from simulators.kit.masking import masked
from simulators.kit.settings import Settings
from simulators.kit.store import Store, Transaction
from simulators.kit.tracing import Trace
from simulators.kit.worlds import World, WorldGone, Worlds, to_baggage

if TYPE_CHECKING:
    from simulators.kit.due import DueKind


@dataclass
class Decision:
    """A branch that was taken, or a rule that was applied where the documents name no branch, and why."""

    rule: str
    branch: str | None
    facts: dict[str, Any]


@dataclass
class Service:
    """One running service: what its requests and its due work share."""

    name: str
    version: str
    settings: Settings
    store: Store
    worlds: Worlds
    policies: type[msgspec.Struct]
    client: Client
    shape: ErrorShape
    people: Callable[["Work", dict[str, Any]], dict[str, Any] | None] | None
    due: Mapping[str, "DueKind"]
    status_of: Callable[[Refusal, World], int] | None = None
    wake: Callable[[], None] = lambda: None


class Work:
    """One piece of work. Its transaction opens at the first use and is committed before another service is called."""

    def __init__(self, service: Service, world: World, trace: Trace, baggage: str = "") -> None:
        self.service = service
        self.world = world
        self.trace = trace
        self.now: datetime = world.clock.now()
        self.decisions: list[Decision] = []
        self.relayed: list[str] = []
        self.recorded = False
        self._baggage = baggage
        self._tx: Transaction | None = None
        self._wake = False

    @property
    def settings(self) -> Settings:
        return self.service.settings

    @property
    def tx(self) -> Transaction:
        """The transaction that is open, or a new one. Raises WorldGone when the world is no longer the one it was."""
        if self._tx is None:
            self._tx = self.service.store.begin(self.world.id)
            if not self.service.worlds.lives(self._tx, self.world):
                self.rollback()
                raise WorldGone(self.world.id)
        return self._tx

    def commit(self) -> None:
        """Make what was done so far last, whatever comes."""
        if self._tx is not None:
            self._tx.commit()
            self._tx = None
        if self._wake:
            self._wake = False
            self.service.wake()

    def rollback(self) -> None:
        if self._tx is not None:
            self._tx.rollback()
            self._tx = None

    def decide(self, branch: str | None, rule: str, /, **facts: Any) -> None:
        """Record that a branch of the documents was taken, by which rule, and the facts that it rested on."""
        self.decisions.append(Decision(rule, branch, masked(msgspec.to_builtins(facts))))

    @property
    def branches(self) -> list[str]:
        return list(dict.fromkeys(d.branch for d in self.decisions if d.branch))

    def wake_when_committed(self) -> None:
        """See to what has become due as soon as this transaction is committed."""
        self._wake = True

    def ask(
        self,
        service: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        raw: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float | None = None,
    ) -> Reply:
        """Call another service in this world and return its answer. Raises UpstreamFailure (``http``)."""
        if self._tx is not None:
            raise RuntimeError("commit before another service is asked: a transaction must not wait for the network")
        carried = {
            "baggage": to_baggage(self._baggage, self.world.id),
            "traceparent": self.trace.parent_for_calls(),
            **(headers or {}),
        }
        return self.service.client.send(service, method, path, body=body, raw=raw, headers=carried, timeout=timeout)

    @property
    def now_text(self) -> str:
        return stamp(self.now)
