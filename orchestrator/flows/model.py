"""What a flow is: statuses, actions and branches, declared as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from orchestrator.registrations import Registration
from simulators.kit.call import Call

TRY_LATER = 5
"""Seconds after which a caller may try again what an outage has refused."""


@dataclass(frozen=True)
class Outcome:
    """What came of an action: the branch that was taken, what the person is told, and how the registration moves.

    ``status`` is the new status, or ``None`` to stay; ``state`` is merged into what the flow keeps for itself.
    """

    branch: str | None
    message: str
    status: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    state: Mapping[str, Any] = field(default_factory=dict)


class Refused(Exception):
    """An action that came to nothing, told as a problem; its outcome is kept with the registration all the same."""

    def __init__(
        self,
        code: str,
        http_status: int,
        outcome: Outcome,
        *,
        upstream_code: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(f"{code}: {outcome.message}")
        self.code = code
        self.http_status = http_status
        self.outcome = outcome
        self.upstream_code = upstream_code
        self.retry_after = retry_after


Perform = Callable[[Call, Registration, Any], Outcome]
"""Performs an action. It is called outside any transaction and may call out; it raises Refused."""


@dataclass(frozen=True)
class Action:
    """One action of a flow: in which statuses it is allowed, what it takes, and what performs it.

    ``leads_to`` are the statuses it can end in, for diagrams; ``early`` is the branch that asking for it takes in a
    status that comes before those it is allowed in.
    """

    name: str
    step: str
    title: str
    allowed: tuple[str, ...]
    leads_to: tuple[str, ...]
    body: type[msgspec.Struct]
    perform: Perform
    early: str | None = None


@dataclass(frozen=True)
class Question:
    """An open question of the documents: the policies that answer it, our reading and the other one."""

    question: str
    policies: tuple[str, ...]
    reading: str
    other: str


@dataclass(frozen=True)
class Flow:
    """A documented flow, as data."""

    name: str
    title: str
    document: str
    statuses: tuple[str, ...]
    starts_in: tuple[str, ...]
    actions: tuple[Action, ...]
    questions: tuple[Question, ...]

    def action(self, name: str) -> Action | None:
        return next((action for action in self.actions if action.name == name), None)

    def allowed_in(self, status: str) -> list[str]:
        return [action.name for action in self.actions if status in action.allowed]
