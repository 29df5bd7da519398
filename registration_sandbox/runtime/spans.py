"""``SANDBOX_OTLP_ENDPOINT``: exchanges as OpenTelemetry spans, exported in the background by the official SDK.

A span has the ids that its exchange has in the journal and passes on in ``traceparent``, so that it joins the trace of
the caller. Needs the extra ``otlp``; nothing of it is imported where the setting is not there.
"""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import gevent
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.id_generator import IdGenerator
from opentelemetry.trace import NonRecordingSpan, SpanContext, SpanKind, Status, StatusCode, TraceFlags, Tracer
from opentelemetry.trace.propagation import set_span_in_context

from simulators.kit.clock import parse
from simulators.kit.log import log
from simulators.kit.web.numbers import DUE_WORK
from simulators.kit.work import Observed, Service

TRACES_PATH = "/v1/traces"
TIMEOUT = 5.0
EXPORT_INTERVAL_MS = 1000.0
LAST_EXPORT_LIMIT = 0.8
"""Seconds that the last spans of a process that ends may take: a collector that hangs must not keep it."""

NAMESPACE = "registration-sandbox"
SERVER_ERROR, CLIENT_ERROR = 500, 400


logging.getLogger("opentelemetry.exporter").setLevel(logging.CRITICAL)  # or each try that fails would be told


class PatientExporter(OTLPSpanExporter):
    """Tells once that a collector does not take spans, and once that it does again."""

    fails = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        result = super().export(spans)
        fails = result is not SpanExportResult.SUCCESS
        if fails and not self.fails:
            log.warning("The collector takes no spans; they are dropped until it does (SANDBOX_OTLP_ENDPOINT).")
        elif self.fails and not fails:
            log.warning("The collector takes spans again.")
        self.fails = fails
        return result


class ExchangeIds(IdGenerator):
    """Gives each span the ids of its exchange, which were made when the request came.

    They are set for each request apart: the SDK may wait in the middle of making a span, and another is made meanwhile.
    """

    def __init__(self) -> None:
        self._current = threading.local()

    def set(self, trace: str, span: str) -> None:
        self._current.trace, self._current.span = int(trace, 16), int(span, 16)

    def generate_span_id(self) -> int:
        return int(self._current.span)

    def generate_trace_id(self) -> int:
        return int(self._current.trace)


class SpanExport:
    """Makes a span of every exchange that it is shown. Spans that a slow collector leaves too many of are dropped."""

    def __init__(self, endpoint: str, services: Sequence[Service]) -> None:
        url = endpoint if endpoint.endswith(TRACES_PATH) else endpoint + TRACES_PATH
        exporter = PatientExporter(url, timeout=TIMEOUT)
        self._processor = BatchSpanProcessor(exporter, schedule_delay_millis=EXPORT_INTERVAL_MS)
        self._ids = ExchangeIds()
        self._tracers = {each.name: self._make_tracer(each) for each in services}  # takes time, which no request has

    def observe(self, observed: Observed) -> None:
        exchange = observed.exchange
        self._ids.set(exchange["trace_id"], exchange["id"])
        started = _nanoseconds(exchange["recorded_at"])
        span = self._tracers[observed.service].start_span(
            f"{exchange['method']} {_route_of(observed) or exchange['path']}",
            context=set_span_in_context(NonRecordingSpan(_context_of_parent(observed))),
            kind=_kind_of(observed),
            attributes=_attributes_of(observed),
            start_time=started,
        )
        status = exchange["status"]
        if status >= (SERVER_ERROR if observed.route else CLIENT_ERROR):
            span.set_status(Status(StatusCode.ERROR))
        span.end(started + int(exchange["duration_ms"] * 1_000_000))

    def close(self) -> None:
        with gevent.Timeout(LAST_EXPORT_LIMIT, exception=False):
            self._processor.shutdown()  # type: ignore[no-untyped-call]

    def _make_tracer(self, service: Service) -> Tracer:
        about = {"service.name": service.name, "service.namespace": NAMESPACE, "service.version": service.version}
        provider = TracerProvider(resource=Resource.create(about), id_generator=self._ids, shutdown_on_exit=False)
        provider.add_span_processor(self._processor)
        return provider.get_tracer(NAMESPACE, service.version)


@contextmanager
def exporting(endpoint: str, services: Sequence[Service]) -> Iterator[None]:
    """Export the exchanges of some services for the length of a block; must be entered in the process that serves."""
    export = SpanExport(endpoint, services)
    for service in services:
        service.observers.append(export.observe)
    try:
        yield
    finally:
        export.close()


def _context_of_parent(observed: Observed) -> SpanContext:
    """Return the caller's span; one without a span id, which is not valid, where the exchange has begun the trace."""
    trace, parent = observed.exchange["trace_id"], observed.exchange["parent"]
    flags = TraceFlags(observed.trace.flags)
    return SpanContext(int(trace, 16), int(parent, 16) if parent else 0, is_remote=True, trace_flags=flags)


def _kind_of(observed: Observed) -> SpanKind:
    if observed.route:
        return SpanKind.SERVER
    return SpanKind.INTERNAL if observed.exchange["method"] == DUE_WORK else SpanKind.CLIENT  # a push


def _route_of(observed: Observed) -> str:
    return observed.route.replace("<", "{").replace(">", "}")


def _attributes_of(observed: Observed) -> Mapping[str, Any]:
    """Return a span's attributes: OpenTelemetry's own for HTTP, and what only a sandbox knows."""
    exchange = observed.exchange
    attributes = {
        "http.request.method": exchange["method"],
        "http.route": _route_of(observed),
        "http.response.status_code": exchange["status"],
        "url.path": exchange["path"].partition("?")[0],
        "sandbox.world": observed.world,
        "sandbox.now": exchange["at"],
        "sandbox.caller": exchange["caller"],
        "sandbox.branch": list(dict.fromkeys([*exchange["branches"], *exchange["relayed"]])),
        "sandbox.rule": [decision["rule"] for decision in exchange["decisions"]],
        "sandbox.fault": exchange["fault"],
    }
    return {name: value for name, value in attributes.items() if value}


def _nanoseconds(instant: str) -> int:
    return (parse(instant) - parse("1970-01-01T00:00:00Z")) // timedelta(microseconds=1) * 1000
