"""A unit of work: one request, or one thing that has fallen due, in one world of one service."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from simulators.kit.clock import stamp
from simulators.kit.errors import ErrorShape, Refusal
from simulators.kit.masking import mask, mask_own_secrets
from simulators.kit.settings import Settings
from simulators.kit.store.transactions import Store, Transaction
from simulators.kit.tally import Tally
from simulators.kit.wire.client import Client, Reply
from simulators.kit.wire.control import LocalAnswer
from simulators.kit.wire.tracing import Trace
from simulators.kit.wire.translator import Translator
from simulators.kit.world import World, WorldGone
from simulators.kit.world_names import to_baggage
from simulators.kit.worlds import Worlds


@dataclass
class Decision:
    """A branch that was taken, or a rule that was applied where the documents name no branch, and why."""

    rule: str
    branch: str | None
    facts: dict[str, Any]


@dataclass(frozen=True)
class Observed:
    """An exchange as the journal has it, and what the journal does not say of it.

    ``route`` is the path of the operation, with its parameters' names; empty where it was none.
    """

    service: str
    world: str
    trace: Trace
    route: str
    exchange: Mapping[str, Any]


class Served(NamedTuple):
    """What is done in a world: an operation's method and path, and whether its success has a body."""

    method: str
    path: str
    has_body: bool


Observer = Callable[[Observed], None]
"""Is shown an exchange. It must neither wait nor raise."""


@dataclass
class Service:
    """One running service: what its requests and its due work share.

    ``operations`` are whatever is done in a world; ``pushes`` are the fields of the pushes that it sends, where it
    sends any.
    ``control`` answers control calls within the process; ``tally`` counts for metrics; ``observers`` are shown every
    exchange once it is in the journal for good.
    """

    name: str
    version: str
    settings: Settings
    store: Store
    worlds: Worlds
    policies: type[msgspec.Struct]
    client: Client
    shape: ErrorShape
    people: Callable[["Work", dict[str, Any]], dict[str, Any] | None] | None
    due: Mapping[str, "DueTask"]
    status_of: Callable[[Refusal, World], int] | None = None
    translator_of: Callable[[World], Translator | None] | None = None
    write_instant: Callable[[datetime], str] = stamp
    operations: Sequence[Served] = ()
    pushes: Sequence[str] = ()
    control: LocalAnswer | None = None
    wake: Callable[[], None] = lambda: None
    tally: Tally = field(default_factory=Tally)
    observers: list[Observer] = field(default_factory=list)

    def translator(self, world: World) -> Translator | None:
        """Return what speaks the world's wire profile, where the service says there what the contract does not say."""
        return self.translator_of(world) if self.translator_of else None


class Work:
    """One piece of work. Its transaction opens at the first use and is committed before another service is called."""

    def __init__(
        self, service: Service, world: World, trace: Trace, baggage: str = "", tx: Transaction | None = None
    ) -> None:
        """Work in a world; ``tx`` is a transaction that is open on it, to be gone on with."""
        self.service = service
        self.world = world
        self.trace = trace
        self.now: datetime = world.clock.now()
        self.decisions: list[Decision] = []
        self.relayed: list[str] = []
        self.recorded = False
        self.route = ""
        self._observed: list[Observed] = []
        self._baggage = baggage
        self._tx = tx
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
        observed, self._observed = self._observed, []
        for each in observed:
            for observe in self.service.observers:
                observe(each)
        if self._wake:
            self._wake = False
            self.service.wake()

    def rollback(self) -> None:
        if self._tx is not None:
            self._tx.rollback()
            self._tx = None
        self._observed = []

    def show_when_committed(self, exchange: Mapping[str, Any]) -> None:
        """Show an exchange to the observers as soon as this transaction is committed."""
        self.recorded = True
        self._observed.append(Observed(self.service.name, self.world.id, self.trace, self.route, exchange))

    def decide(self, branch: str | None, rule: str, /, **facts: Any) -> None:
        """Record that a branch of the documents was taken, by which rule, and the facts that it rested on."""
        self.decisions.append(Decision(rule, branch, self.mask(msgspec.to_builtins(facts))))

    def mask(self, value: Any, secrets: frozenset[str] = frozenset()) -> Any:
        """Return a JSON value as the journal of the world keeps it; ``secrets`` names further secret fields."""
        return mask_own_secrets(value) if self.world.unmasked else mask(value, secrets)

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
        url: str | None = None,
    ) -> Reply:
        """Call another service in this world, or ``url`` in its place. Raises UpstreamFailure (``wire.client``).

        What was done so far is committed first: a transaction must not wait for the network, and what an answer rests
        on must be kept before anybody else acts on it.
        """
        self.commit()
        carried = {
            "baggage": to_baggage(self._baggage, self.world.id),
            **self.trace.headers(),
            **(headers or {}),
        }
        return self.service.client.send(
            service, method, path, body=body, raw=raw, headers=carried, timeout=timeout, url=url
        )

    @cached_property
    def now_text(self) -> str:
        return stamp(self.now)


DueTask = Callable[[Work, Any], None]
"""Does one kind of due work, given its item (``scheduling.tables.Item``). It may commit and call out, and raises
``scheduling.due.RetryLater`` to be called later."""
