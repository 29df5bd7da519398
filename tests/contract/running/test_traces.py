"""``SANDBOX_OTLP_ENDPOINT``: exchanges reach a collector as spans that join their callers' traces."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.runtime import values
from registration_sandbox.runtime.embedded import LOG_FILE, RunningSandbox, running_sandbox
from simulators.kit.clock import monotonic, parse, pause
from tests.contract.running.wire import Wire
from tests.support.otlp_collector import DEADLINE, Collector

pytestmark = pytest.mark.thorough


TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
CHECK = "/ciamregsrvc/webRegistration/checkIdentity"
UNKNOWN = {"deviceId": "browser", "type": "CIF", "id": "000000000"}


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    made = Collector()
    yield made
    made.server.shutdown()


@pytest.fixture(scope="module")
def traced(collector: Collector, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    environment = {"SANDBOX_OTLP_ENDPOINT": collector.url}
    with running_sandbox(Path(tmp_path_factory.mktemp("traced")), environment=environment) as running:
        yield running


def make_world(wire: Wire, name: str, faults: list[dict[str, Any]]) -> None:
    scenario = {"personas": [], "clock": {"set": "2026-01-05T09:00:00Z", "frozen": True}, "faults": faults}
    assert wire.ask("orchestrator", "PUT", f"/_sandbox/worlds/{name}", scenario).status == 201


def trace_parent(trace: str, flags: str = "01") -> dict[str, str]:
    return {"traceparent": f"00-{trace}-{CALLER}-{flags}"}


def test_an_exchange_is_a_span_of_its_callers_trace_with_branch_rule_and_world(
    traced: RunningSandbox, collector: Collector
) -> None:
    wire = Wire(traced.urls)
    make_world(wire, "spans", [])
    answer = wire.ask(
        "orchestrator", "POST", "/registrations", {"flow": "web", **UNKNOWN}, world="spans", headers=trace_parent(TRACE)
    )
    assert answer.branches == ["WR-1.3"]
    spans = {each["service"]: each for each in collector.wait_for(TRACE, 3)}
    ours, cymmetri, cbs = (spans[name]["span"] for name in ("orchestrator", "cymmetri", "cbs"))
    assert (ours.parent_span_id.hex(), ours.span_id.hex()) == (CALLER, answer.headers["sandbox-exchange"])
    assert (cymmetri.parent_span_id, cbs.parent_span_id) == (ours.span_id, cymmetri.span_id)
    assert (cymmetri.name, cymmetri.kind) == (f"POST {CHECK}", cymmetri.SPAN_KIND_SERVER)
    assert spans["cymmetri"] | {"span": None} == {
        "service": "cymmetri", "span": None, "http.request.method": "POST", "http.route": CHECK, "url.path": CHECK,
        "http.response.status_code": 404, "sandbox.world": "spans", "sandbox.now": "2026-01-05T09:00:00.000000Z",
        "sandbox.caller": "orchestrator", "sandbox.branch": ["WR-1.3"], "sandbox.rule": ["identity.unknown"],
    }  # fmt: skip
    journal = wire.ask("cymmetri", "GET", "/_sandbox/worlds/spans/journal").json["exchanges"]
    assert cymmetri.start_time_unix_nano // 1000 == int(parse(journal[0]["recorded_at"]).timestamp() * 1_000_000)
    took = cymmetri.end_time_unix_nano - cymmetri.start_time_unix_nano
    assert took == pytest.approx(journal[0]["duration_ms"] * 1_000_000, abs=1)


def test_a_fault_is_told_an_error_is_one_and_a_path_is_told_by_its_template(
    traced: RunningSandbox, collector: Collector
) -> None:
    wire = Wire(traced.urls)
    trace = "5" * 32
    fault = {"service": "cbs", "method": "GET", "path": "/cbs/user-ids/*", "effect": {"status": 503}}
    make_world(wire, "spans-of-faults", [fault])
    wire.ask("cbs", "GET", "/cbs/user-ids/asha.rao", world="spans-of-faults", headers=trace_parent(trace))
    (found,) = collector.wait_for(trace, 1)
    assert (found["sandbox.fault"], found["http.route"]) == ("status", "/cbs/user-ids/{user_id}")
    assert found["span"].status.code == found["span"].status.STATUS_CODE_ERROR


def test_a_trace_that_its_caller_does_not_record_is_not_exported(traced: RunningSandbox, collector: Collector) -> None:
    wire = Wire(traced.urls)
    unrecorded, recorded = "6" * 32, "7" * 32
    wire.ask("mailroom", "GET", "/messages", headers=trace_parent(unrecorded, "00"))
    wire.ask("mailroom", "GET", "/messages", headers=trace_parent(recorded))
    seen = []
    while not seen or seen[-1] != recorded:
        seen.append(collector.spans.get(timeout=DEADLINE)["span"].trace_id.hex())
    assert unrecorded not in seen


def test_a_collector_that_hangs_neither_slows_an_exchange_nor_keeps_the_sandbox_from_ending(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        environment = {"SANDBOX_OTLP_ENDPOINT": f"http://127.0.0.1:{hanging.getsockname()[1]}"}
        with running_sandbox(tmp_path, environment=environment) as running:
            wire = Wire(running.urls)
            started = monotonic()
            for _ in range(50):
                assert wire.ask("mailroom", "GET", "/messages").status == 200
            hanging.accept()  # the spans are being sent, and nobody answers
            assert wire.ask("mailroom", "GET", "/messages").status == 200
            assert monotonic() - started < 5
            ended = monotonic()
        assert monotonic() - ended < 6


def test_a_collector_that_is_away_is_told_once_and_when_it_is_back_once_more(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    environment = {"SANDBOX_OTLP_ENDPOINT": f"http://127.0.0.1:{port}", "SANDBOX_WORKERS": "1"}
    with running_sandbox(tmp_path, environment=environment) as running:
        wire = Wire(running.urls)
        wait_for_log(wire, tmp_path, "The collector takes no spans; they are dropped until it does")
        back = Collector(port)
        try:
            wait_for_log(wire, tmp_path, "The collector takes spans again.")
        finally:
            back.server.shutdown()
            back.server.server_close()
    log = (tmp_path / LOG_FILE).read_text("utf-8")
    assert log.count("takes no spans") == 1
    assert "retrying" not in log


def wait_for_log(wire: Wire, data_dir: Path, line: str) -> None:
    deadline = monotonic() + 2 * DEADLINE
    while line not in (data_dir / LOG_FILE).read_text("utf-8"):
        assert monotonic() < deadline, line
        assert wire.ask("mailroom", "GET", "/messages").status == 200
        pause(0.1)


def test_without_the_extra_the_start_is_refused_in_one_line(tmp_path: Path) -> None:
    without = "import sys; sys.modules['opentelemetry'] = None; from registration_sandbox.cli import main; main()"
    environment = {**os.environ, "SANDBOX_OTLP_ENDPOINT": "http://127.0.0.1:4318", "SANDBOX_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-c", without, "up"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    line = "Error: SANDBOX_OTLP_ENDPOINT needs the extra otlp: install registration-sandbox[otlp].\n"
    assert (ended.returncode, ended.stderr) == (1, line)


def test_an_endpoint_that_is_no_url_is_refused() -> None:
    with pytest.raises(values.BadSetting, match="SANDBOX_OTLP_ENDPOINT is 'collector'; it must be a URL"):
        values.otlp_endpoint({"SANDBOX_OTLP_ENDPOINT": "collector"})
