"""The scenarios' sequence diagrams, packed: they are all alike, and together larger than the rest of the report."""

import base64
import gzip
from collections.abc import Iterable

import msgspec

from registration_sandbox.drawing import sequence
from registration_sandbox.report.evidence import chapters
from registration_sandbox.report.prose import Scenario
from simulators.kit.journal import Exchange

LEVEL = 6
"""How hard gzip tries; beyond this it takes longer and gains little."""


def pack(scenarios: Iterable[Scenario]) -> str:
    """Return the diagrams by their scenario's number: JSON, in gzip, in base64, for the page's script to unpack."""
    drawn = {str(each.number): _draw_sequence(each) for each in scenarios if each.result.exchanges}
    return base64.b64encode(gzip.compress(msgspec.json.encode(drawn), LEVEL, mtime=0)).decode()


def anchor(number: int, exchange: int) -> str:
    """Return the name under which the page tells a scenario's exchange."""
    return f"e{number}.{exchange}"


def _draw_sequence(scenario: Scenario) -> str:
    place = {exchange.id: n for n, exchange in enumerate(scenario.result.exchanges)}

    def href(exchange: Exchange) -> str:
        return "#" + anchor(scenario.number, place[exchange.id])

    return str(sequence.draw(scenario.result.exchanges, href=href, chapters=chapters(scenario.result)))
