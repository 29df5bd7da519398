"""What was observed in a world: the whole journal, the branches taken, the exchanges in sequence, the registrations."""

from typing import Annotated

import msgspec
from msgspec import Struct

from orchestrator.models import Registrations
from registration_sandbox.control_plane import fleet, observed, registrations
from registration_sandbox.control_plane.refusals import ASKING
from registration_sandbox.control_plane.views import Coverage
from simulators.kit.journal import Exchanges, JournalQuery
from simulators.kit.models import assumed
from simulators.kit.web.api import Answer, Api
from simulators.kit.work import Service

api = Api()


class SequenceQuery(Struct):
    """``registration`` narrows the sequence to one registration's exchanges."""

    registration: Annotated[str, assumed] = ""


@api.operation(
    "GET",
    "/_sandbox/worlds/<world>/journal",
    query=JournalQuery,
    answer=Exchanges,
    control=True,
    refusals=[*ASKING, (400, "unknown-service")],
)
def get_journal(service: Service, query: JournalQuery, world: str) -> Exchanges:
    """List a world's exchanges with every service, oldest first."""
    if query.service:
        fleet.check_service(query.service, "service")
    return observed.read_journal(service, world, query)


@api.operation("GET", "/_sandbox/worlds/<world>/coverage", answer=Coverage, control=True, refusals=ASKING)
def get_coverage(service: Service, world: str) -> Coverage:
    """Return the branches that were taken in a world, by id, with the exchanges that took them."""
    told = {"branches": observed.coverage(service, world), "pruned": observed.count_pruned(service, world)}
    return msgspec.convert(told, Coverage)


@api.operation(
    "GET",
    "/_sandbox/worlds/<world>/sequence",
    query=SequenceQuery,
    control=True,
    refusals=ASKING,
    media_types=("text/vnd.mermaid",),
)
def get_sequence(service: Service, query: SequenceQuery, world: str) -> Answer:
    """Draw a world's real exchanges as a Mermaid sequence diagram."""
    return Answer(observed.sequence(service, world, query.registration), 200, {}, "text/vnd.mermaid")


@api.operation("GET", "/_sandbox/worlds/<world>/registrations", answer=Registrations, control=True, refusals=ASKING)
def get_registrations(service: Service, world: str) -> Registrations:
    """List a world's registrations, newest first, each with its history. A tester sees everybody's."""
    return Registrations(registrations.list_registrations(service, world))
