"""Faults: every effect as a client meets it, when it strikes, and how faults are listed and removed."""

import json
import time

import pytest

from simulators.kit.services import SERVICES
from tests.contract.running.wire import NOTHING

pytestmark = pytest.mark.thorough


SEARCH = ("cbs", "POST", "/cbs/customers/search", {"cif": "000"})
MESSAGE = {"channel": "sms", "to": "+919000000001", "subject": "", "body": "x", "purpose": "p", "sender": "s"}
SEND = ("mailroom", "POST", "/messages", MESSAGE)
LOOK = ("mailroom", "GET", "/messages", NOTHING)
IMPATIENT = 0.5
AT_ONCE = 4.0
"""Seconds that an answer may take on a busy machine; what waits by mistake waits for longer, or for good."""


@pytest.fixture
def strike(wire, asha):
    """Add a fault by the orchestrator and return its id."""

    def add(service, effect, **more):
        fault = {"service": service, "effect": effect, **more}
        heard = wire.ask("orchestrator", "POST", f"/_sandbox/worlds/{asha.name}/faults", fault)
        assert heard.status == 201, heard.text
        assert heard.json.keys() == {"id"}
        return heard.json["id"]

    return add


@pytest.fixture
def ask(wire, asha):
    def send(request, timeout=10.0):
        service, method, path, body = request
        return wire.ask(service, method, path, body, world=asha.name, timeout=timeout)

    return send


@pytest.fixture
def listed(wire, asha):
    def look():
        faults = wire.ask("orchestrator", "GET", f"/_sandbox/worlds/{asha.name}/faults").json["faults"]
        return {fault["id"]: fault for fault in faults}

    return look


@pytest.mark.parametrize("request_", [SEARCH, SEND, LOOK], ids=lambda request: f"{request[1]} {request[2]}")
@pytest.mark.parametrize(("effect", "done"), [("reset", False), ("lose_response", True)])
def test_a_broken_connection_is_a_reset_and_no_answer(asha, strike, ask, request_, effect, done):
    strike(request_[0], {effect: True}, times=1)
    with pytest.raises(ConnectionResetError):
        ask(request_)
    if request_ is SEND:
        assert len(asha.messages()) == done
    assert ask(request_).status in (200, 201)


@pytest.mark.parametrize("request_", [SEARCH, SEND, LOOK], ids=lambda request: f"{request[1]} {request[2]}")
def test_a_hang_answers_nothing_until_the_client_leaves(asha, strike, ask, request_):
    strike(request_[0], {"hang": True}, times=1)
    with pytest.raises(TimeoutError):
        ask(request_, timeout=IMPATIENT)
    assert ask(request_).status in (200, 201)
    if request_ is SEND:
        assert len(asha.messages()) == 1


def test_many_hanging_requests_starve_nobody(asha, strike, ask):
    strike("mailroom", {"hang": True}, method="POST", path="/messages")
    for _ in range(5):
        with pytest.raises(TimeoutError):
            ask(SEND, timeout=0.05)
    began = time.monotonic()
    assert ask(LOOK).status == 200
    assert time.monotonic() - began < AT_ONCE


def test_garbage_is_no_json(asha, strike, ask):
    strike("mailroom", {"garbage": True}, times=1)
    with pytest.raises(json.JSONDecodeError):
        assert ask(SEND).json
    assert asha.messages() == []


def test_of_a_truncated_answer_half_arrives(asha, strike, ask):
    whole = len(ask(LOOK).raw)
    strike("mailroom", {"truncate": True}, times=1)
    half = ask(LOOK)
    assert (half.status, len(half.raw)) == (200, whole // 2)
    with pytest.raises(json.JSONDecodeError):
        assert half.json


@pytest.mark.parametrize(
    ("effect", "body"), [({"status": 503, "body": {"my": "own"}}, {"my": "own"}), ({"status": 418}, {})]
)
def test_another_status_is_answered_with_a_body_of_ones_own(asha, strike, ask, effect, body):
    strike("mailroom", effect, times=1)
    heard = ask(SEND)
    assert (heard.status, heard.json) == (effect["status"], body)
    assert asha.messages() == []


@pytest.mark.parametrize(
    ("delay", "least"),
    [
        ({"ms": 150}, 0.15),
        ({"uniform": [100, 200]}, 0.1),
        ({"lognormal": {"median": 150, "sigma": 0.1, "max": 200}}, 0.05),
        ({"lognormal": {"median": 60000, "sigma": 0.6, "max": 120}}, 0.12),
    ],
)
def test_a_delayed_answer_is_late_and_whole(strike, ask, delay, least):
    strike("mailroom", {"delay": delay}, times=1)
    began = time.monotonic()
    assert ask(LOOK).json == {"messages": []}
    assert least <= time.monotonic() - began < AT_ONCE


@pytest.mark.parametrize("service", SERVICES)
def test_a_fault_strikes_the_service_that_it_names(wire, asha, strike, listed, service):
    id = strike(service, {"status": 599}, after=1000)
    assert listed()[id]["service"] == service
    assert wire.ask(service, "GET", f"/_sandbox/worlds/{asha.name}/faults").json["faults"][0]["id"] == id


def test_a_fault_without_a_service_goes_to_every_service(wire, asha, ask, listed):
    path = f"/_sandbox/worlds/{asha.name}/faults"
    id = wire.ask("orchestrator", "POST", path, {"effect": {"status": 503}}).json["id"]
    assert [ask(request).status for request in (SEARCH, SEND, LOOK)] == [503, 503, 503]
    everywhere = wire.ask("orchestrator", "GET", path).json["faults"]
    assert {fault["service"] for fault in everywhere if fault["id"] == id} == set(SERVICES)
    assert {fault["service"]: fault["fired"] for fault in everywhere}["mailroom"] == 2
    assert wire.ask("orchestrator", "DELETE", f"{path}/{id}").status == 204
    assert listed() == {}
    assert wire.ask("orchestrator", "DELETE", f"{path}/{id}").status == 404
    assert ask(SEARCH).status == 200


def test_times_and_after_say_which_requests_are_struck(strike, ask, listed):
    id = strike("mailroom", {"status": 503}, method="GET", path="/messages", after=2, times=2)
    assert [ask(LOOK).status for _ in range(6)] == [200, 200, 503, 503, 200, 200]
    assert listed()[id]["fired"] == 2


def test_method_and_glob_say_which_requests_are_meant(strike, ask):
    strike("mailroom", {"status": 503}, method="POST", path="/mess*")
    assert (ask(LOOK).status, ask(SEND).status) == (200, 503)
    strike("cbs", {"status": 503}, path="/cbs/customers/*/cards")
    assert ask(SEARCH).status == 200
    assert ask(("cbs", "GET", "/cbs/customers/000/cards", NOTHING)).status == 503


def test_the_same_seed_throws_the_same_dice(new_world, wire):
    def thrown(seed):
        world = new_world("unknown-person")
        fault = {"service": "mailroom", "effect": {"status": 503}, "probability": 0.5, "seed": seed}
        wire.ask("orchestrator", "POST", f"/_sandbox/worlds/{world.name}/faults", fault)
        return [wire.ask("mailroom", "GET", "/messages", world=world.name).status for _ in range(24)]

    once, again, other = thrown(1), thrown(1), thrown(2)
    assert once == again != other
    assert set(once) == {200, 503}


def test_faults_are_removed_one_by_one_or_all(wire, asha, strike, listed, ask):
    first, second, third = (strike("mailroom", {"status": status}, method="GET") for status in (500, 501, 502))
    assert ask(LOOK).status == 500
    path = f"/_sandbox/worlds/{asha.name}/faults"
    assert wire.ask("orchestrator", "DELETE", f"{path}/{first}").status == 204
    assert list(listed()) == [second, third]
    assert ask(LOOK).status == 501
    assert wire.ask("orchestrator", "DELETE", path).status == 204
    assert listed() == {}
    assert ask(LOOK).status == 200
    assert wire.ask("orchestrator", "DELETE", f"{path}/{first}").status == 404


def test_the_control_plane_itself_is_never_struck(wire, asha, strike, listed):
    strike("orchestrator", {"reset": True})
    assert len(listed()) == 1


def test_the_journal_names_the_fault(asha, strike, ask):
    strike("mailroom", {"garbage": True}, times=1)
    ask(LOOK)
    assert [exchange["fault"] for exchange in asha.exchanges(service="mailroom")] == ["garbage"]


PUSH_EFFECTS = [
    {"duplicate": 5}, {"reorder": True}, {"drop": True}, {"tamper": {"field": "external_reference", "value": ""}},
    {"tamper": {"field": "credential", "remove": True}}, {"bad_signature": True}, {"stale_timestamp": True},
    {"delay": {"ms": 1}},
]  # fmt: skip


@pytest.mark.parametrize("effect", PUSH_EFFECTS, ids=lambda effect: next(iter(effect)))
def test_the_push_has_effects_of_its_own(wire, asha, strike, effect):
    assert strike("tsg", effect, path="push")
    path = f"/_sandbox/worlds/{asha.name}/faults"
    for wrong in [{"service": "tsg", "path": "/tsg/*"}, {"service": "cbs", "path": "push"}]:
        if wrong["path"] != "push" and "delay" in effect:
            continue
        heard = wire.ask("orchestrator", "POST", path, {**wrong, "effect": effect})
        assert (heard.status, heard.json["code"], heard.json["field"]) == (400, "bad-fault", "path")


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({}, "effect"),
        ({"effect": {}}, "effect"),
        ({"effect": {"nonsense": True}}, "effect"),
        ({"effect": {"reset": True, "hang": True}}, "effect"),
        ({"effect": {"reset": True, "body": {}}}, "effect"),
        ({"effect": {"body": {}}}, "effect"),
        ({"effect": {"reset": False}}, "effect.reset"),
        ({"effect": {"status": "503"}}, "effect.status"),
        ({"effect": {"status": 99}}, "effect.status"),
        ({"effect": {"delay": {}}}, "effect.delay"),
        ({"effect": {"delay": {"ms": 1, "uniform": [1, 2]}}}, "effect.delay"),
        ({"effect": {"delay": {"ms": -1}}}, "effect.delay.ms"),
        ({"effect": {"delay": {"ms": 1e300}}}, "effect.delay.ms"),
        ({"effect": {"delay": {"uniform": [-2, -1]}}}, "effect.delay.uniform[0]"),
        ({"effect": {"delay": {"lognormal": {"median": 0, "sigma": 1, "max": 1}}}}, "effect.delay.lognormal.median"),
        ({"effect": {"status": 500}, "path": "push"}, "effect"),
        ({"effect": {"duplicate": 1}, "path": "push"}, "effect.duplicate"),
        ({"effect": {"tamper": {"field": "x"}}, "path": "push"}, "effect.tamper"),
        ({"effect": {"tamper": {"field": "subjct_id", "remove": True}}, "path": "push"}, "effect.tamper"),
        ({"effect": {"drop": True}, "path": "push", "method": "GET"}, "method"),
        ({"effect": {"delay": {"uniform": [900, 100]}}}, "effect.delay"),
        ({"effect": {"truncate": True}, "path": "/tsg/sign_up/*"}, "effect"),
        ({"effect": {"truncate": True}, "method": "delete"}, "effect"),
        ({"effect": {"status": 500}, "times": 0}, "times"),
        ({"effect": {"status": 500}, "after": -1}, "after"),
        ({"effect": {"status": 500}, "probability": 1.1}, "probability"),
        ({"effect": {"status": 500}, "seed": "x"}, "seed"),
        ({"effect": {"status": 500}, "path": 5}, "path"),
        ({"effect": {"status": 500}, "nonsense": 5}, "nonsense"),
        ({"effect": {"status": 500}, "service": "nobody"}, "service"),
        ({"effect": {"status": 500}, "path": "tsg/*"}, "path"),
        ({"effect": {"status": 500}, "path": "/nothing"}, "path"),
        ({"effect": {"status": 500}, "path": "/_sandbox/*"}, "path"),
        ({"effect": {"status": 500}, "path": "/w/default/tsg/register"}, "path"),
        ({"effect": {"status": 500}, "path": "/tsg/register/"}, "path"),
        ({"effect": {"status": 500}, "path": "/openapi.json"}, "path"),
        ({"effect": {"status": 500}, "path": ""}, "path"),
        ({"effect": {"status": 500}, "path": "*" * 201}, "path"),
        ({"effect": {"status": 500}, "method": "*"}, "method"),
        ({"effect": {"status": 500}, "method": "BREW"}, "method"),
        ({"effect": {"status": 500}, "method": "PATCH", "path": "*"}, "method"),
        ({"effect": {"status": 500}, "method": "GET", "path": "/tsg/register"}, "method"),
    ],
)
def test_a_bad_fault_is_refused_with_the_field_and_kept_nowhere(wire, asha, listed, fault, field):
    for service, named in (("orchestrator", {"service": "tsg"}), ("tsg", {})):
        heard = wire.ask(service, "POST", f"/_sandbox/worlds/{asha.name}/faults", {**named, **fault})
        assert (heard.status, heard.json["field"]) == (400, field), heard.text
    assert listed() == {}


def test_a_fault_that_can_hit_nothing_is_refused_by_what_is_nearest(wire, asha):
    path = f"/_sandbox/worlds/{asha.name}/faults"
    fault = {"service": "cbs", "effect": {"status": 500}, "path": "cbs/customers/*/cards"}
    assert "Did you mean /cbs/customers/*/cards?" in wire.ask("orchestrator", "POST", path, fault).json["detail"]
    fault = {"service": "cbs", "effect": {"status": 500}, "path": "/cbs/cards/verify", "method": "GET"}
    assert "there is POST" in wire.ask("orchestrator", "POST", path, fault).json["detail"]


def test_a_fault_without_a_service_goes_to_those_that_it_can_hit(wire, asha, ask, listed):
    path = f"/_sandbox/worlds/{asha.name}/faults"
    fault = {"effect": {"status": 503}, "method": "get", "path": "/mess?ges"}
    assert wire.ask("orchestrator", "POST", path, fault).status == 201
    assert [fault["service"] for fault in listed().values()] == ["mailroom"]
    assert (ask(LOOK).status, ask(SEND).status) == (503, 201)
    heard = wire.ask("orchestrator", "POST", path, {"effect": {"status": 503}, "path": "/mesages"})
    assert (heard.status, heard.json["code"], heard.json["field"]) == (400, "bad-fault", "path")
    assert "Did you mean /messages?" in heard.json["detail"]
    assert len(listed()) == 1


def test_a_fault_of_bodies_goes_to_those_services_that_answer_with_one(wire, asha, listed):
    path = f"/_sandbox/worlds/{asha.name}/faults"
    heard = wire.ask("orchestrator", "POST", path, {"effect": {"truncate": True}, "method": "DELETE"})
    assert (heard.status, heard.json["code"], heard.json["field"]) == (400, "bad-fault", "effect")
    assert "without a body" in heard.json["detail"]
    assert listed() == {}
    fault = {"effect": {"truncate": True}, "path": "/*s/*"}
    assert wire.ask("orchestrator", "POST", path, fault).status == 201
    services = {fault["service"] for fault in wire.ask("orchestrator", "GET", path).json["faults"]}
    assert services >= {"orchestrator", "handset", "auth_service", "tsg"}


@pytest.mark.parametrize("effect", [{"garbage": True}, {"status": 204}, {"delay": {"ms": 1}}, {"lose_response": True}])
def test_what_has_an_effect_without_a_body_is_taken(strike, effect):
    assert strike("tsg", effect, path="/tsg/sign_up/*")


def test_a_fault_is_of_a_world_that_there_is(wire):
    for method, body in (("POST", {"effect": {"status": 500}}), ("GET", NOTHING), ("DELETE", NOTHING)):
        heard = wire.ask("orchestrator", method, "/_sandbox/worlds/no-such-world/faults", body)
        assert (heard.status, heard.json["code"]) == (404, "unknown-world")
