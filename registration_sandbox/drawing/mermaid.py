"""Real exchanges as Mermaid text. Callers choose paths and their own names: none of it may become a statement."""

import re

from registration_sandbox.drawing.events import Event, in_order, participants
from simulators.kit.journal import Exchange
from simulators.kit.printable import escape_controls
from simulators.kit.turns import in_pieces

KEYWORD = re.compile(
    "accdescr|acctitle|activate|actor|alt|and|as|autonumber|box|break|create|critical|deactivate|destroy|details|else|"
    "end|links?|loop|note|off|opt|option|over|par|par_over|participant|properties|rect|sequencediagram|title",
    re.IGNORECASE,
)
"""Words that begin a statement of a sequence diagram, in any letter case."""


def draw_mermaid(found: list[Exchange]) -> str:
    """Draw exchanges as a ``sequenceDiagram``: each as its call and its answer, in the order of time."""
    lines = ["sequenceDiagram", *[f"    participant {_name(name)}" for name in participants(found)]]
    return "\n".join(lines + [_line(event) for event in in_pieces(in_order(found))]) + "\n"


def _line(event: Event) -> str:
    exchange = event.exchange
    caller, service = _name(exchange.caller), _name(exchange.service)
    if event.is_answer:
        answer = f"{exchange.status or 'done'} {' '.join(exchange.branches)}".strip()
        return f"    {service}-->>{caller}: {_plain(answer)}"
    return f"    {caller}->>{service}: {_plain(exchange.method)} {_plain(exchange.path.partition('?')[0])}"


def _name(name: str) -> str:
    """Return a participant's name of word characters alone, which no keyword is, nor begins."""
    word = re.sub(r"\W", "_", name, flags=re.ASCII)
    return f"{word}_" if KEYWORD.fullmatch(word) else word


def _plain(text: str) -> str:
    """Leave out what Mermaid reads as its own.

    Semicolons and line breaks end a statement, a hash begins an entity, two percent signs a comment or a directive,
    which is read wherever it stands.
    """
    return re.sub("%(?=%)", "% ", re.sub("[;#]", " ", escape_controls(text)))
