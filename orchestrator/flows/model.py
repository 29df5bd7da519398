"""What a flow is: statuses, actions and branches, declared as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from orchestrator.records import Registration
from simulators.kit.web.call import Call

TRY_LATER = 5
"""Seconds after which a caller may try again what an outage has refused."""


@dataclass(frozen=True)
class Outcome:
    """The result of an action: the branch that was taken, what the person is told, and how the registration moves.

    ``status`` is the new status, or None to stay; ``changes`` are the fields of the registration's state that change.
    """

    branch: str | None
    message: str
    status: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)


class ActionRefused(Exception):
    """An action that was refused, for the channel's problem; its outcome is recorded with the registration."""

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
"""Performs an action. It may ask other systems, which commits what was done before; it raises ActionRefused.

After it has asked, the registration may have been moved by another request: it reads it again before it decides by it.
"""


@dataclass(frozen=True)
class Action:
    """One action of a flow: the statuses it is allowed in, its fields, and what performs it.

    ``leads_to`` are the statuses it can end in, for diagrams; ``early`` is the branch that is taken when the action is
    asked for in a status before those it is allowed in.
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

    def list_allowed(self, status: str) -> list[str]:
        return [action.name for action in self.actions if status in action.allowed]
