"""What happened in a scenario, and why each answer was given, told for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from orchestrator.flows.branches import Branch, branches
from orchestrator.registrations import MOVED
from registration_sandbox.drawing.labels import kind
from registration_sandbox.drawing.shortening import without_long_ids
from registration_sandbox.gate.results import RegistrationLeft, ScenarioResult
from registration_sandbox.report.words import facts_in_words, in_words
from simulators.kit.journal import DecisionEntry, Exchange

_SAYINGS = ("message", "detail", "error_description", "description")
"""Where answers say something in words, by service."""


@dataclass(frozen=True)
class Why:
    """A decision: the branch that was taken, if one was, the rule, and the facts that it rested on."""

    branch: Branch | None
    rule: str
    facts: str


@dataclass(frozen=True)
class TranscriptLine:
    """An exchange as it is told.

    ``relayed`` are the branches that another system decided, ``words`` what the answer says to people, if anything.
    """

    exchange: Exchange
    kind: str
    call: str
    relayed: str
    words: str
    whys: list[Why]


def write_transcript(scenario: ScenarioResult) -> Iterator[TranscriptLine]:
    """Write a line for each of a scenario's exchanges, oldest first."""
    for exchange in scenario.exchanges:
        call = f"{exchange.method} {without_long_ids(exchange.path)}"
        whys = [_why(decision) for decision in exchange.decisions]
        yield TranscriptLine(exchange, kind(exchange), call, ", ".join(exchange.relayed), _words(exchange), whys)


def registrations(scenario: ScenarioResult) -> list[RegistrationLeft]:
    """Return the registrations that a scenario left, in the order in which they began."""
    decisions = [decision for exchange in scenario.exchanges for decision in exchange.decisions]
    moves = [decision.facts.get("registration") for decision in decisions if decision.rule == MOVED]
    began = {id: place for place, id in reversed(list(enumerate(moves)))}
    return sorted(scenario.registrations, key=lambda left: began.get(left.id, len(moves)))


def chapters(scenario: ScenarioResult) -> dict[str, str]:
    """Return the sentences in which something was said, each by the id of the first exchange that it brought about."""
    found, begun = {}, 0
    for step in scenario.steps:
        if step.exchanges and begun < len(scenario.exchanges):
            found[scenario.exchanges[begun].id] = f"{step.keyword} {step.text}"
        begun += step.exchanges
    return found


def _why(decision: DecisionEntry) -> Why:
    if decision.rule == MOVED:
        return Why(None, "", _move(decision.facts))
    return Why(branches().get(decision.branch or ""), decision.rule, facts_in_words(decision.facts))


def _move(facts: dict[str, Any]) -> str:
    before, after = facts.get("before"), facts.get("after")
    if not before:
        return f"a registration begins as {after}"
    return f"the registration stays {after}" if before == after else f"the registration moves from {before} to {after}"


def _words(exchange: Exchange) -> str:
    """Return what an answer says to people: its message, or the problem's detail."""
    answer = exchange.answer if isinstance(exchange.answer, dict) else {}
    outcome = answer.get("last_outcome")
    told = [*([outcome.get("message")] if isinstance(outcome, dict) else []), *[answer.get(name) for name in _SAYINGS]]
    return next((in_words(words) for words in told if isinstance(words, str) and words), "")
