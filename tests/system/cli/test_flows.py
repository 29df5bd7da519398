"""``sandbox flows``: the flows as they are declared, with or without a sandbox."""

from importlib.resources import files

import yaml

from registration_sandbox.runtime.embedded import running_sandbox
from tests.contract.running.wire import Wire
from tests.system.cli.conftest import typed

NOBODY = {"SANDBOX_ORCHESTRATOR_URL": "http://127.0.0.1:9"}


def test_both_flows_are_listed_without_a_sandbox():
    lines = typed("flows", **NOBODY).lines
    assert [line.split()[0] for line in lines] == ["FLOW", "web", "device"]
    assert "documents/device_registration.md" in lines[2]


def test_as_json_they_are_as_a_sandbox_tells_them(shared):
    assert typed("flows", "--json", **NOBODY).json == shared.ask("GET", "/flows").json
    assert typed("flows", "web", "--json", **NOBODY).json == shared.ask("GET", "/flows/web").json


def test_one_is_told_with_statuses_actions_branches_and_open_questions():
    out = typed("flows", "device").out
    assert "Not_Found, Sign_Up_In_Progress, Sign_Up_Complete, Register_Complete, Device_Activate" in out
    for words in ("activate", "DR-2.13", "tsg.push_receiver", "every status"):
        assert words in out


def test_one_is_drawn_as_a_sandbox_draws_it(shared):
    assert typed("flows", "device", "--diagram").out == shared.ask("GET", "/flows/device/diagram").text
    assert typed("flows", "--diagram").code == 2


def test_a_misspelt_flow_is_told_with_the_one_that_was_meant():
    said = typed("flows", "wbe")
    assert said.code == 2
    assert "Did you mean web?" in said.err


def test_no_words_of_a_branch_are_lost_to_a_comma():
    text = files("orchestrator.flows").joinpath("branches.yaml").read_text("utf-8")
    fields = {field for rows in yaml.safe_load(text).values() for row in rows for field in row}
    assert fields == {"id", "step", "basis", "decided_by", "when", "then", "reason", "shown"}


def test_branches_are_told_also_where_the_middleware_is_anothers():
    with running_sandbox(environment=NOBODY) as running:
        unknown = {"deviceId": "browser", "type": "CIF", "id": "1"}
        path = "/ciamregsrvc/webRegistration/checkIdentity"
        assert Wire(running.urls).ask("cymmetri", "POST", path, unknown, world="default").status == 404
        here = ["--url", running.urls["control_plane"]]
        assert "documents/web_registration.md" in typed("why", "WR-1.3", *here).out
        assert typed("coverage", "--json", *here).json["taken"] == 1
