"""A small collector that takes spans by OTLP over HTTP, for tests."""

import gzip
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from simulators.kit.clock import monotonic

DEADLINE = 15.0


class Collector:
    """An OTLP collector that keeps what it is sent: each span with its service and its attributes as plain values."""

    def __init__(self, port: int = 0) -> None:
        self.spans: SimpleQueue[dict[str, Any]] = SimpleQueue()
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                assert self.path == "/v1/traces"
                collector.take(ExportTraceServiceRequest.FromString(body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def take(self, request: ExportTraceServiceRequest) -> None:
        for resource in request.resource_spans:
            about = {each.key: plain(each.value) for each in resource.resource.attributes}
            for span in (span for scope in resource.scope_spans for span in scope.spans):
                attributes = {each.key: plain(each.value) for each in span.attributes}
                self.spans.put({"service": about["service.name"], "span": span, **attributes})

    def wait_for(self, trace: str, number: int) -> list[dict[str, Any]]:
        """Return the spans of a trace once there are as many."""
        found: list[dict[str, Any]] = []
        deadline = monotonic() + DEADLINE
        while len(found) < number:
            try:
                each = self.spans.get(timeout=max(0.0, deadline - monotonic()))
            except Empty:
                raise AssertionError(found) from None
            if each["span"].trace_id.hex() == trace:
                found.append(each)
        return found


def plain(value: Any) -> Any:
    kind = value.WhichOneof("value")
    return [plain(each) for each in value.array_value.values] if kind == "array_value" else getattr(value, kind)
