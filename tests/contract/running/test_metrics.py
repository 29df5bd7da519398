"""``GET /metrics``, read by the parsers that Prometheus' own client library has for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_open_metrics
from prometheus_client.parser import text_string_to_metric_families as read_text

from registration_sandbox.runtime.embedded import running_sandbox
from simulators.kit.clock import monotonic, pause
from simulators.kit.services import SERVICES
from tests.contract.running.wire import Wire
from tests.support.world import World

pytestmark = pytest.mark.thorough


PATH = "/metrics"
LABELS = ("service", "method", "status", "state")
TOKEN = "token-of-the-operator"
Samples = dict[tuple[str, ...], float]


def samples(wire: Wire, name: str, token: str | None = None) -> Samples:
    """Return a metric's values by those of its labels, in the order of ``LABELS``."""
    heard = wire.ask("orchestrator", "GET", PATH, token=token)
    assert (heard.status, heard.media_type) == (200, "text/plain")
    return {
        tuple(sample.labels[label] for label in LABELS if label in sample.labels): sample.value
        for family in read_text(heard.text) for sample in family.samples if sample.name == name
    }  # fmt: skip


@pytest.fixture(scope="module")
def own_wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """A sandbox of its own, with two processes, an admin token, and short journals."""
    environment = {"SANDBOX_ADMIN_TOKEN": TOKEN, "SANDBOX_JOURNAL_LIMIT": "100", "SANDBOX_WORKERS": "2"}
    with running_sandbox(Path(tmp_path_factory.mktemp("own")), environment=environment) as running:
        yield Wire(running.urls)


def wait_for_count(wire: Wire, name: str, key: tuple[str, ...], wanted: float) -> None:
    """Wait until every process has written what it counted."""
    deadline = monotonic() + 10
    while (found := samples(wire, name, TOKEN).get(key, 0)) != wanted:
        assert monotonic() < deadline, (found, wanted)
        pause(0.1)


def test_exchanges_are_counted_by_service_method_and_class_of_status(own_wire: Wire) -> None:
    for _ in range(7):
        body = {"deviceId": "browser", "type": "CIF", "id": "000000000"}
        own_wire.ask("cymmetri", "POST", "/ciamregsrvc/webRegistration/checkIdentity", body)
        Wire(own_wire.urls).ask("cbs", "GET", "/cbs/user-ids/nobody")  # over a new connection, to whichever process
    wait_for_count(own_wire, "sandbox_exchanges_total", ("cymmetri", "POST", "4xx"), 7)
    wait_for_count(own_wire, "sandbox_exchanges_total", ("cbs", "GET", "4xx"), 7)


def test_counts_do_not_go_with_the_world_in_which_they_were_made(own_wire: Wire) -> None:
    path = "/_sandbox/worlds/short-lived"
    own_wire.ask("orchestrator", "PUT", path, {"scenario": "default"}, token=TOKEN)
    assert samples(own_wire, "sandbox_worlds", TOKEN) == {(): 2}
    assert own_wire.ask("auth_service", "GET", "/users/nobody", world="short-lived").status == 401
    wait_for_count(own_wire, "sandbox_exchanges_total", ("auth_service", "GET", "4xx"), 1)
    assert own_wire.ask("orchestrator", "DELETE", path, token=TOKEN).status == 204
    wait_for_count(own_wire, "sandbox_exchanges_total", ("auth_service", "GET", "4xx"), 1)
    assert samples(own_wire, "sandbox_worlds", TOKEN) == {(): 1}


def test_what_a_journal_has_deleted_is_counted(own_wire: Wire) -> None:
    for _ in range(260):
        own_wire.ask("handset", "GET", "/handsets/nobody")
    wait_for_count(own_wire, "sandbox_exchanges_pruned_total", ("handset",), 156)


def test_metrics_want_the_admin_token_where_there_is_one(own_wire: Wire) -> None:
    assert own_wire.ask("orchestrator", "GET", PATH).status == 401
    assert own_wire.ask("orchestrator", "GET", PATH, token=TOKEN).status == 200


def test_every_service_is_up_and_no_label_names_a_world_or_a_path(wire: Wire, asha: World) -> None:
    assert samples(wire, "sandbox_up") == {(service,): 1 for service in SERVICES}
    text = wire.ask("orchestrator", "GET", PATH).text
    labels = {name for family in read_text(text) for sample in family.samples for name in sample.labels}
    assert labels <= set(LABELS)
    assert asha.name not in text


def test_a_push_that_cannot_be_delivered_is_pending_and_waits_as_due_work(wire: Wire, chitra: World) -> None:
    pending = samples(wire, "sandbox_pushes").get(("pending",), 0)
    chitra.ask("orchestrator", "POST", f"/_sandbox/worlds/{chitra.name}/faults",
               {"service": "tsg", "path": "push", "effect": {"drop": True}})  # fmt: skip
    subject = chitra.personas["Jai"]["handsets"][0]["emCertID"]
    body = {"subject_id": subject, "external_reference": "r-1"}
    assert chitra.ask("orchestrator", "POST", f"/_sandbox/worlds/{chitra.name}/pushes", body).status == 202
    assert samples(wire, "sandbox_pushes")["pending",] == pending + 1
    due = samples(wire, "sandbox_due_work")
    assert due["tsg", "overdue"] + due["tsg", "later"] >= 1


def test_who_wants_open_metrics_gets_them(wire: Wire) -> None:
    heard = wire.ask("orchestrator", "GET", PATH, headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert heard.media_type == "application/openmetrics-text"
    names = {family.name for family in read_open_metrics(heard.text)}
    assert {"sandbox_exchanges", "sandbox_pushes", "sandbox_due_work", "sandbox_worlds"} <= names
