"""What can be seen of a world: journal, coverage, sequence, personas, scenarios, credentials."""

import re

import pytest

from simulators.kit.services import SERVICES

pytestmark = pytest.mark.thorough


EXCHANGE = {"id", "service", "at", "method", "path", "status", "branches", "decisions"}


@pytest.fixture
def refused(asha):
    """Ask for a web registration of one unknown, and one of Asha; return Asha's."""
    for cif in ("000000000", asha.personas["Asha"]["cif"]):
        body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": cif}
        made = asha.ask("orchestrator", "POST", "/registrations", body)
    return made.body


def test_the_journal_tells_every_exchange_oldest_first(asha, refused):
    exchanges = asha.exchanges()
    assert all(exchange.keys() >= EXCHANGE for exchange in exchanges)
    assert [e["recorded_at"] for e in exchanges] == sorted(e["recorded_at"] for e in exchanges)
    assert {e["service"] for e in exchanges} == {"orchestrator", "cymmetri", "cbs", "mailroom"}


def test_a_path_is_found_whatever_query_came_with_it(wire, asha):
    wire.ask("orchestrator", "GET", "/registrations/none?wait_for=Registered&timeout=0", world=asha.name)
    [found] = asha.exchanges(path="/registrations/none")
    assert (found["method"], found["status"]) == ("GET", 404)


def test_the_journal_is_filtered_by_service_path_branch_since_and_limit(wire, asha, refused):
    every = asha.exchanges()
    assert {e["service"] for e in asha.exchanges(service="cbs")} == {"cbs"}
    assert {e["path"] for e in asha.exchanges(path="/registrations")} == {"/registrations"}
    assert {e["service"] for e in asha.exchanges(branch="WR-1.3")} == {"cymmetri"}
    assert [e["branches"] for e in asha.exchanges(branch="WR-1.2")] == [["WR-1.2"]]
    assert asha.exchanges(branch="WR-9.9") == []
    newest = wire.ask("orchestrator", "GET", f"/_sandbox/worlds/{asha.name}/journal?limit=2").json["exchanges"]
    assert newest == every[-2:]
    seen = every[2]["recorded_at"]
    assert asha.exchanges(since=seen) == [e for e in every if e["recorded_at"] > seen]
    assert asha.exchanges(since="2999-01-01T00:00:00Z") == []
    own = wire.ask("cbs", "GET", f"/_sandbox/worlds/{asha.name}/journal?service=mailroom")
    assert own.json == {"exchanges": []}


@pytest.mark.parametrize("service", SERVICES[1:])
def test_every_service_tells_its_own_journal(wire, asha, refused, service):
    own = wire.ask(service, "GET", f"/_sandbox/worlds/{asha.name}/journal").json["exchanges"]
    assert {e["service"] for e in own} <= {service}
    assert [e["id"] for e in own] == [e["id"] for e in asha.exchanges(service=service)]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    ("query", "field"),
    [("limit=0", "limit"), ("limit=x", "limit"), ("limit=99999999999999999999", "limit"), ("since=soon", "since"),
     ("path=%00", "path"), ("since=2026-01-01T09:00:00", "since")],
)  # fmt: skip
def test_a_journal_that_cannot_be_asked_for_is_refused_with_the_field(wire, asha, service, query, field):
    heard = wire.ask(service, "GET", f"/_sandbox/worlds/{asha.name}/journal?{query}")
    assert (heard.status, heard.json["field"]) == (400, field)


def test_the_whole_journal_knows_no_other_service(wire, asha):
    heard = wire.ask("orchestrator", "GET", f"/_sandbox/worlds/{asha.name}/journal?service=nobody")
    assert (heard.status, heard.json["field"]) == (400, "service")


def test_every_answer_that_took_a_branch_says_so(wire, asha):
    body = {"deviceId": "browser", "type": "CIF", "id": "000000000"}
    fake = asha.ask("cymmetri", "POST", "/ciamregsrvc/webRegistration/checkIdentity", body)
    relayed = asha.ask("orchestrator", "POST", "/registrations", {"flow": "web", **body})
    assert (fake.branches, relayed.branches) == (["WR-1.3"], ["WR-1.3"])
    assert "sandbox-branch" not in wire.ask("mailroom", "GET", "/messages", world=asha.name).headers


def test_coverage_tells_each_branch_with_its_count_and_the_exchanges_that_took_it(wire, asha, refused):
    told = wire.ask("orchestrator", "GET", f"/_sandbox/worlds/{asha.name}/coverage").json
    assert {branch: taken["count"] for branch, taken in told["branches"].items()} == {"WR-1.2": 1, "WR-1.3": 1}
    ids = {e["id"] for e in asha.exchanges()}
    assert all(set(taken["exchanges"]) <= ids for taken in told["branches"].values())
    assert all(taken["count"] == len(taken["exchanges"]) for taken in told["branches"].values())


def test_the_sequence_is_a_mermaid_diagram_of_the_real_exchanges(wire, asha, refused):
    path = f"/_sandbox/worlds/{asha.name}/sequence"
    whole, one = (
        wire.ask("orchestrator", "GET", path),
        wire.ask("orchestrator", "GET", f"{path}?registration={refused['id']}"),
    )
    assert whole.media_type == one.media_type == "text/vnd.mermaid"
    assert whole.text.startswith("sequenceDiagram\n")
    assert whole.text.count("client->>orchestrator: POST /registrations") == 2
    assert one.text.count("client->>orchestrator: POST /registrations") == 1
    assert "orchestrator->>cymmetri: POST /ciamregsrvc/webRegistration/checkIdentity" in one.text
    assert "WR-1.2" in one.text
    assert "WR-1.3" not in one.text


def test_the_default_world_has_the_people_that_the_contract_names(wire):
    told = wire.ask("orchestrator", "GET", "/_sandbox/worlds/default/personas").json["personas"]
    people = {person["name"]: person for person in told}
    assert people["Asha"]["userId"] is None
    assert {card["type"] for card in people["Asha"]["cards"]} == {"DEBIT", "CREDIT"}
    assert people["Bilal"]["userId"]
    assert people["Chitra"]["username"]
    assert people["Chitra"]["password"]
    assert people["Dev"]["email"] is None
    assert people["Esha"]["mobile"] is None
    assert people["Farid"]["cards"] == []
    assert people["Gita"]["status"] == "dormant"
    assert people["Hari"]["username"]
    assert [(p["tsg"], p["auth_service"]) for p in people["Indu"]["handsets"]] == [("registered", False)]
    assert [(p["tsg"], p["auth_service"]) for p in people["Jai"]["handsets"]] == [("registered", True)]


def test_a_persona_has_all_that_a_tester_needs(chitra, asha):
    for person in [*chitra.personas.values(), *asha.personas.values()]:
        assert person.keys() >= {"name", "cif", "legalName", "email", "mobile", "dateOfBirth", "status", "cards",
                                 "userId", "username", "password", "handsets"}  # fmt: skip
        assert re.fullmatch(r"\+91[0-9]{10}", person["mobile"])
        assert re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", person["dateOfBirth"])
        for card in person["cards"]:
            assert card.keys() >= {"type", "number", "last4", "expiry", "pin", "cvv", "status"}
            assert card["last4"] == card["number"][-4:]
            assert re.fullmatch(r"(0[1-9]|1[0-2])[0-9]{2}", card["expiry"])
            assert luhn(card["number"]) == 0
        for phone in person["handsets"]:
            assert phone.keys() >= {"id", "emCertID", "tsg", "auth_service"}


def luhn(number):
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10


def test_the_same_seed_makes_the_same_people(new_world):
    people = [{"name": "Asha"}, {"name": "Bilal", "cymmetri": {}}]
    once, again, other = (new_world(seed=seed, personas=people).personas for seed in (5, 5, 6))
    assert once == again
    assert once != other


def test_the_scenarios_that_can_be_loaded_are_listed(wire):
    listed = wire.ask("orchestrator", "GET", "/_sandbox/scenarios").json["scenarios"]
    assert {"default", "a-day-at-the-bank", "new-customer"} <= {scenario["name"] for scenario in listed}


def test_the_credentials_open_the_services(wire, sandbox):
    told = wire.ask("orchestrator", "GET", "/_sandbox/credentials").json
    assert told.keys() >= {"SANDBOX_TSG_API_KEY", "SANDBOX_TSG_PUSH_SECRET", "SANDBOX_AUTH_SERVICE_API_KEY"}
    assert told["SANDBOX_TSG_PUSH_SECRET"].startswith("whsec_")
    for header in (
        {"X-API-Key": told["SANDBOX_TSG_API_KEY"]},
        {"Authorization": f"Bearer {told['SANDBOX_TSG_API_KEY']}"},
    ):
        body = {"service_id": "s", "subject_id": "0" * 64}
        assert wire.ask("tsg", "POST", "/tsg/subject_info", body, headers=header).status == 404
    assert wire.ask("tsg", "POST", "/tsg/subject_info", {"service_id": "s", "subject_id": "0"}).status == 401
    assert "SANDBOX_TSG_API_KEY" in (sandbox.data_dir / "sandbox.log").read_text("utf-8")


def test_every_registration_of_a_world_is_listed_with_its_history(wire, asha, refused):
    listed = wire.ask("orchestrator", "GET", f"/_sandbox/worlds/{asha.name}/registrations").json["registrations"]
    assert [(one["registration"], one["owner"]) for one in listed] == [(refused, None)]
    told = asha.ask("orchestrator", "GET", f"/registrations/{refused['id']}/history").body["history"]
    assert listed[0]["history"] == told
    assert [change["branch"] for change in told] == ["WR-1.2"]


NOT_WITHOUT_A_WORLD = ["journal", "coverage", "sequence", "personas", "policies", "faults", "clock", "registrations"]


@pytest.mark.parametrize("what", NOT_WITHOUT_A_WORLD)
def test_nothing_is_told_of_an_unknown_world(wire, what):
    heard = wire.ask("orchestrator", "GET", f"/_sandbox/worlds/no-such-world/{what}")
    assert (heard.status, heard.json["code"]) == (404, "unknown-world")


def test_policies_are_changed_in_all_the_services_named_or_in_none(wire, asha):
    path = f"/_sandbox/worlds/{asha.name}/policies"
    before = wire.ask("orchestrator", "GET", path).json
    for wrong, field in [
        ({"cymmetri": {"block": "PT1H"}, "tsg": {"push_receiver": "nobody"}}, "policies.tsg.push_receiver"),
        ({"cymmetri": {"block": "PT1H"}, "orchestrator": 5}, "policies.orchestrator"),
        ({"nobody": {}}, "policies"),
    ]:
        heard = wire.ask("orchestrator", "PATCH", path, {"policies": wrong})
        assert (heard.status, heard.json["field"]) == (400, field)
        assert wire.ask("orchestrator", "GET", path).json == before
    changed = wire.ask("orchestrator", "PATCH", path, {"policies": {"cymmetri": {"block": "PT1H"}}}).json
    assert changed["policies"]["cymmetri"]["block"] == "PT1H"


def test_the_journal_keeps_the_headers_of_request_and_answer_with_secrets_masked(wire, asha):
    headers = {"X-Team": "blue", "X-API-Key": "not-to-be-seen", "Cookie": "not-to-be-seen", "Idempotency-Key": "once"}
    body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": asha.personas["Asha"]["cif"]}
    made = wire.ask(
        "orchestrator", "POST", f"/w/{asha.name}/registrations", body, headers=headers, token="not-to-be-seen"
    )
    (kept,) = asha.exchanges(service="orchestrator")
    sent = kept["request_headers"]
    assert (sent["X-Team"], sent["Idempotency-Key"], sent["Content-Type"]) == ("blue", "once", "application/json")
    assert (sent["Authorization"], sent["X-Api-Key"], sent["Cookie"]) == ("Bearer •••", "•••", "•••")
    for name in ("Content-Type", "Location", "Sandbox-Branch", "Sandbox-Exchange", "Sandbox-Now"):
        assert kept["answer_headers"][name] == made.headers[name.lower()]
    (asked,) = asha.exchanges(service="cymmetri")
    assert asked["request_headers"]["Traceparent"].split("-")[1] == kept["trace_id"]
    assert "not-to-be-seen" not in str(asha.exchanges())
