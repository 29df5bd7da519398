"""Where things listen, world selection, and the part of the control plane that makes and unmakes worlds."""

import secrets

import pytest

from simulators.kit.services import SERVICES

pytestmark = pytest.mark.thorough


ANY_CALL = {
    "orchestrator": ("GET", "/registrations/none"),
    "cymmetri": ("GET", "/ciamregsrvc/webRegistration/mfa/list"),
    "cbs": ("GET", "/cbs/customers/none/cards"),
    "auth_service": ("GET", "/users/none"),
    "tsg": ("GET", "/tsg/subjects/none/emcert"),
    "mailroom": ("GET", "/messages"),
    "handset": ("GET", "/handsets"),
}


def assert_unknown_world(heard):
    assert (heard.status, heard.media_type) == (404, "application/problem+json")
    assert (heard.json["code"], heard.json["status"]) == ("unknown-world", 404)
    assert {"type", "title", "detail"} <= heard.json.keys()


def test_the_services_listen_on_consecutive_ports_in_the_contracts_order(sandbox):
    ports = [int(sandbox.urls[name].rpartition(":")[2]) for name in SERVICES]
    assert ports == list(range(ports[0], ports[0] + 7))
    assert SERVICES == ("orchestrator", "cymmetri", "cbs", "auth_service", "tsg", "mailroom", "handset")


@pytest.mark.parametrize("service", SERVICES)
def test_health_tells_service_status_and_version(wire, service):
    heard = wire.ask(service, "GET", "/_sandbox/health")
    assert heard.status == 200
    assert (heard.json["service"], heard.json["status"]) == (service, "ok")
    assert heard.json["version"]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("name", ["no-such-world", "No_World", "-x", "x" * 64, "%00", "%2e%2e", "\u0905"])
def test_an_unknown_world_is_404_however_it_is_named(wire, service, name):
    method, path = ANY_CALL[service]
    coded = name if name.isascii() else "%E0%A4%85"
    assert_unknown_world(wire.ask(service, method, f"/w/{coded}{path}"))
    assert_unknown_world(wire.ask(service, method, path, headers={"baggage": f"sandbox.world={coded}"}))


def test_the_flows_are_in_no_unknown_world_either(wire):
    assert_unknown_world(wire.ask("orchestrator", "GET", "/w/no-such-world/flows"))
    assert wire.ask("orchestrator", "GET", "/flows").status == 200


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_selects_the_world_by_path_then_baggage_then_default(wire, asha, service):
    method, path = ANY_CALL[service]
    prefixed = f"/w/{asha.name}{path}"
    told = [
        wire.ask(service, method, path),
        wire.ask(service, method, path, world=asha.name),
        wire.ask(service, method, prefixed),
        wire.ask(service, method, prefixed, world="no-such-world"),
        wire.ask(service, method, path, headers={"baggage": f"a=b;c, sandbox.world = {asha.name} ;d=e,f=g"}),
    ]
    assert all(heard.status != 404 or heard.json.get("code") != "unknown-world" for heard in told)
    exchanges = asha.exchanges(service=service, path=path)
    assert len(exchanges) == 4
    assert_unknown_world(wire.ask(service, method, f"/w/no-such-world{path}", world=asha.name))


def test_what_happens_in_a_world_happens_in_no_other(wire, new_world):
    here, there = new_world("new-customer"), new_world("new-customer")
    message = {"channel": "sms", "to": "+919000000001", "subject": "", "body": "x", "purpose": "p", "sender": "s"}
    wire.ask("mailroom", "POST", f"/w/{here.name}/messages", message)
    assert len(here.messages()) == 1
    assert there.messages() == []
    here.client.control("DELETE", "")
    assert_unknown_world(wire.ask("mailroom", "GET", f"/w/{here.name}/messages"))
    assert wire.ask("mailroom", "GET", f"/w/{there.name}/messages").status == 200


@pytest.mark.parametrize("service", SERVICES[1:])
def test_each_service_makes_replaces_and_forgets_its_own_part_of_a_world(wire, service):
    world = f"/_sandbox/worlds/part-{secrets.token_hex(4)}"
    fault = {"effect": {"status": 503}, "after": 1000}
    assert wire.ask(service, "PUT", world, {}).status == 201
    assert wire.ask(service, "POST", world + "/faults", fault).status == 201
    assert wire.ask(service, "PUT", world, {"seed": 5}).status == 200
    assert wire.ask(service, "GET", world + "/faults").json == {"faults": []}
    assert wire.ask(service, "DELETE", world).status == 204
    assert_unknown_world(wire.ask(service, "GET", world + "/journal"))
    assert wire.ask(service, "DELETE", world).status == 204


@pytest.mark.parametrize("service", SERVICES[1:])
def test_a_part_that_is_refused_leaves_no_world_behind(wire, service):
    world = f"/_sandbox/worlds/part-{secrets.token_hex(4)}"
    for part, field in [
        ({"seed": {}}, "seed"),
        ({"policies": {"nonsense": 1}}, "policies.nonsense"),
        ({"clock": {"set": "0001-01-01T00:00:00+05:00"}}, "set"),
        ({"faults": [{"effect": {"nonsense": True}}]}, "effect"),
        ({"nonsense": 1}, "nonsense"),
    ]:
        heard = wire.ask(service, "PUT", world, part)
        assert (heard.status, heard.json["field"]) == (400, field)
        assert_unknown_world(wire.ask(service, "GET", world + "/clock"))


def test_the_orchestrator_makes_a_world_in_every_service_and_replaces_it(wire, new_world):
    world = new_world("new-customer")
    path = f"/_sandbox/worlds/{world.name}"
    for service in SERVICES:
        assert wire.ask(service, "GET", path + "/clock").status == 200
    again = wire.ask("orchestrator", "PUT", path, {"scenario": "returning-customer"})
    assert again.status == 200
    listed = wire.ask("orchestrator", "GET", "/_sandbox/worlds").json["worlds"]
    assert {w["world"]: w["scenario"] for w in listed}[world.name] == "returning-customer"
    assert wire.ask("orchestrator", "DELETE", path).status == 204
    for service in SERVICES:
        assert_unknown_world(wire.ask(service, "GET", path + "/clock"))


def test_a_whole_scenario_can_be_sent_inline(new_world):
    world = new_world(
        name="a-day-at-the-bank",
        seed=7,
        clock={"set": "2026-01-05T09:00:00Z", "frozen": True},
        policies={"cymmetri": {"otp": {"max_attempts": 3}}, "tsg": {"push_receiver": "middleware"}},
        personas=[
            {
                "name": "Asha",
                "cbs": {
                    "status": "active", "email": "auto", "mobile": "auto", "user_id": None,
                    "cards": [{"type": "DEBIT", "status": "active"}, {"type": "CREDIT", "status": "hotlisted"}],
                },
                "cymmetri": None,
                "phones": [],
            },
            {"name": "Nobody", "cbs": None},
            {"name": "Half", "cymmetri": {"user_id": "auto", "password": "auto", "blocked": "PT30M"}},
            {"name": "Gone", "cymmetri": {"blocked": "permanent"}},
            {"name": "P", "cymmetri": {}, "phones": [{"model": "Pixel 9", "tsg": "revoked", "auth_service": True}]},
        ],
        faults=[{"service": "cbs", "after": 1000, "effect": {"status": 503}}],
    )  # fmt: skip
    assert [card["status"] for card in world.personas["Asha"]["cards"]] == ["active", "hotlisted"]
    assert world.personas["P"]["handsets"][0]["tsg"] == "revoked"
    assert [fault["service"] for fault in world.client.control("GET", "/faults")["faults"]] == ["cbs"]


def test_a_world_that_one_service_refuses_is_nowhere(wire):
    path = f"/_sandbox/worlds/all-or-nothing-{secrets.token_hex(4)}"
    body = {
        "personas": [{"name": "A", "cymmetri": {"user_id": "same"}}, {"name": "B", "cymmetri": {"user_id": "SAME"}}]
    }
    heard = wire.ask("orchestrator", "PUT", path, body)
    assert 400 <= heard.status < 500
    for service in SERVICES:
        assert_unknown_world(wire.ask(service, "GET", path + "/clock"))


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"scenario": "no-such-scenario"}, 404, "unknown-scenario", "scenario"),
        ({"scenario": "../default"}, 404, "unknown-scenario", "scenario"),
        ({"scenario": 5}, 400, "bad-scenario", "scenario"),
        ({"scenario": "default", "seed": {}}, 400, "bad-scenario", "seed"),
        ({"scenario": "default", "more": 1}, 400, "bad-scenario", "scenario"),
        ({"personas": 5}, 400, "bad-scenario", "personas"),
        ({"personas": [{}]}, 400, "bad-scenario", "personas[0].name"),
        ({"personas": [{"name": "A"}, {"name": "A"}]}, 400, "bad-scenario", "personas[1].name"),
        ({"policies": {"nobody": {}}}, 400, "bad-scenario", "policies.nobody"),
        ({"policies": {"cymmetri": {"otp": {"digits": 99}}}}, 400, "bad-scenario", "policies.cymmetri.otp.digits"),
        ({"clock": {"set": "soon"}}, 400, "bad-scenario", "clock.set"),
        ({"clock": {"set": "0001-01-01T00:00:00Z"}, "personas": [{"name": "A"}]}, 400, "bad-scenario", "clock.set"),
        ({"faults": [{"effect": {"hang": True}}]}, 400, "bad-scenario", "faults[0].service"),
    ],
)
def test_a_bad_scenario_is_refused_with_the_field_and_makes_nothing(wire, body, status, code, field):
    path = f"/_sandbox/worlds/bad-{secrets.token_hex(4)}"
    heard = wire.ask("orchestrator", "PUT", path, body)
    assert (heard.status, heard.json["code"], heard.media_type) == (status, code, "application/problem+json")
    assert field in (heard.json.get("field"), heard.json["detail"].partition(" ")[0]) or field == "scenario"
    assert_unknown_world(wire.ask("orchestrator", "GET", path + "/personas"))


@pytest.mark.parametrize("name", ["Upper", "under_score", "-begins", "x" * 64, "%00", "a.b"])
def test_a_name_that_no_world_can_have_is_refused(wire, name):
    for service in SERVICES:
        assert 400 <= wire.ask(service, "PUT", f"/_sandbox/worlds/{name}", {}).status < 500


def test_a_world_may_have_the_longest_name(wire):
    path = f"/_sandbox/worlds/{secrets.token_hex(31)}x"
    assert wire.ask("orchestrator", "PUT", path, {"scenario": "unknown-person"}).status == 201
    assert wire.ask("orchestrator", "DELETE", path).status == 204


def test_the_worlds_are_listed_with_scenario_clock_and_age(wire, asha):
    listed = {world["world"]: world for world in wire.ask("orchestrator", "GET", "/_sandbox/worlds").json["worlds"]}
    assert listed["default"]["scenario"] == "default"
    assert listed[asha.name]["now"] == "2026-01-05T09:00:00Z"
    assert listed[asha.name]["frozen"] is True
    assert 0 <= listed[asha.name]["age"] < 600
