"""``GET /metrics``: the numbers of all services, in the text formats that Prometheus reads.

They are read from the services' databases, so that every worker and every replica tells the same.
"""

from collections.abc import Iterable

from flask import Response, request
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from registration_sandbox.control_plane import external, fleet
from simulators.kit.errors import SandboxRefusal
from simulators.kit.services import SERVICES
from simulators.kit.web.admin_token import require_token
from simulators.kit.web.api import Answer, Api
from simulators.kit.web.credentials import ADMIN_TOKEN, NONE
from simulators.kit.web.numbers import Numbers
from simulators.kit.web.tags import tag_of_control
from simulators.kit.work import Service
from simulators.tsg.control_models import PushNumbers

METRICS_PATH = "/metrics"

api = Api(tag_of_control("GET", METRICS_PATH), (ADMIN_TOKEN, NONE))


@api.operation(
    "GET", METRICS_PATH, control=True, refusals=[(401, "admin-token-required")],
    media_types=("text/plain", "application/openmetrics-text"),
)  # fmt: skip
def get_metrics(service: Service) -> Answer:
    """Return the sandbox's numbers for Prometheus: exchanges, pushes, due work, worlds. No label names a world."""
    require_token(request, service.settings)
    registry = CollectorRegistry()
    registry.register(SandboxNumbers(service))
    try:
        return _encode(registry, request.headers.get("Accept", ""))
    except (TypeError, ValueError):  # the version that is asked for is not a version
        return _encode(registry, "")


def _encode(registry: CollectorRegistry, accept: str) -> Answer:
    encode, content_type = choose_encoder(accept)
    return Answer(Response(encode(registry), content_type=content_type))


class SandboxNumbers(Collector):
    """Asks every service of the sandbox for its numbers; one that does not answer is told as not up."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterable[Metric]:
        up = GaugeMetricFamily("sandbox_up", "Whether a service of the sandbox answers.", labels=["service"])
        exchanges = CounterMetricFamily(
            "sandbox_exchanges", "Exchanges that a service has answered; of the TSG, tries of pushes as well.",
            labels=["service", "method", "status"],
        )  # fmt: skip
        pruned = CounterMetricFamily(
            "sandbox_exchanges_pruned", "Exchanges deleted because a journal had reached its limit.", labels=["service"]
        )
        due = GaugeMetricFamily("sandbox_due_work", "Work that waits to be done.", labels=["service", "state"])
        pushes = GaugeMetricFamily("sandbox_pushes", "Pushes of the TSG in the worlds there are.", labels=["state"])
        for name in SERVICES:
            try:
                if external.is_external(self._service, name):
                    continue
                found = fleet.ask_for(self._service, name, "/numbers", Numbers)
                if name == "tsg":
                    for state, number in fleet.ask_for(self._service, name, "/pushes", PushNumbers).states.items():
                        pushes.add_metric([state], number)
            except SandboxRefusal:
                up.add_metric([name], 0)
                continue
            up.add_metric([name], 1)
            for each in found.exchanges:
                exchanges.add_metric([name, each.method, each.status], each.count)
            pruned.add_metric([name], found.pruned)
            due.add_metric([name, "overdue"], found.overdue)
            due.add_metric([name, "later"], found.waiting - found.overdue)
        worlds = GaugeMetricFamily("sandbox_worlds", "Worlds that there are.", value=len(self._service.worlds.all()))
        return up, worlds, exchanges, pruned, due, pushes
