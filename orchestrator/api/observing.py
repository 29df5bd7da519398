"""What was observed in a world: the journal of all services, the branches taken, the sequence of the exchanges."""

from typing import Annotated

import msgspec
from msgspec import Struct

from orchestrator import fleet, observed
from simulators.kit.api import Answer, Api
from simulators.kit.journal import Exchanges, JournalQuery
from simulators.kit.models import assumed
from simulators.kit.work import Service

api = Api()


class BranchTaken(Struct):
    """How often a branch was taken, and in which exchanges."""

    count: Annotated[int, assumed]
    exchanges: Annotated[list[str], assumed]


class Coverage(Struct):
    """The branches that were taken, by id."""

    branches: Annotated[dict[str, BranchTaken], assumed]


class SequenceQuery(Struct):
    """``registration`` narrows the sequence to one registration's exchanges."""

    registration: Annotated[str, assumed] = ""


@api.operation("GET", "/_sandbox/worlds/<world>/journal", query=JournalQuery, answer=Exchanges, control=True)
def get_journal(service: Service, query: JournalQuery, world: str) -> Exchanges:
    """List a world's exchanges with every service, oldest first."""
    if query.service:
        fleet.known(query.service, "service")
    return Exchanges(observed.exchanges(service, world, query))


@api.operation("GET", "/_sandbox/worlds/<world>/coverage", answer=Coverage, control=True)
def get_coverage(service: Service, world: str) -> Coverage:
    """Tell the branches that were taken in a world, by id, with the exchanges that took them."""
    return msgspec.convert({"branches": observed.coverage(service, world)}, Coverage)


@api.operation("GET", "/_sandbox/worlds/<world>/sequence", query=SequenceQuery, control=True)
def get_sequence(service: Service, query: SequenceQuery, world: str) -> Answer:
    """Draw a world's real exchanges as a Mermaid sequence diagram."""
    return Answer(observed.sequence(service, world, query.registration), 200, {}, "text/vnd.mermaid")
