"""The clock of a world: every form of moving it, and that every service follows."""

import pytest

from simulators.kit.services import SERVICES

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def still(new_world):
    """A world whose clock nothing moves."""
    return new_world(clock={"set": "2026-01-05T09:00:00Z", "frozen": True})


def clocks(wire, world):
    return {name: wire.ask(name, "GET", f"/_sandbox/worlds/{world.name}/clock").json for name in SERVICES}


def test_each_form_moves_the_clock_in_every_service(wire, asha):
    for body, now, frozen in [
        ({"advance": "PT5M"}, "2026-01-05T09:05:00Z", True),
        ({"set": "2026-01-01T09:00:00Z"}, "2026-01-01T09:00:00Z", True),
        ({"set": "2026-03-01T09:00:00+05:30"}, "2026-03-01T03:30:00Z", True),
        ({"freeze": True}, "2026-03-01T03:30:00Z", True),
        ({"advance": "P1DT1H"}, "2026-03-02T04:30:00Z", True),
    ]:
        heard = wire.ask("orchestrator", "POST", f"/_sandbox/worlds/{asha.name}/clock", body)
        assert heard.status == 200
        assert (heard.json["now"], heard.json["frozen"]) == (now, frozen)
        assert {(clock["now"], clock["frozen"]) for clock in clocks(wire, asha).values()} == {(now, frozen)}
    thawed = wire.ask("orchestrator", "POST", f"/_sandbox/worlds/{asha.name}/clock", {"freeze": False})
    assert thawed.json["frozen"] is False
    assert thawed.json["now"] >= "2026-03-02T04:30:00"
    assert {clock["frozen"] for clock in clocks(wire, asha).values()} == {False}


@pytest.mark.parametrize("service", SERVICES[1:])
def test_a_services_own_clock_call_has_the_same_form(wire, asha, service):
    path = f"/_sandbox/worlds/{asha.name}/clock"
    moved = wire.ask(service, "POST", path, {"advance": "PT1S"}).json
    assert (moved["now"], moved["frozen"]) == ("2026-01-05T09:00:01Z", True)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, None),
        ({"advance": "PT1S", "freeze": True}, None),
        ({"advance": "soon"}, "advance"),
        ({"advance": 5}, "advance"),
        ({"advance": "-PT5M"}, "advance"),
        ({"advance": "P9999999D"}, "advance"),
        ({"advance": "P99999999999D"}, "advance"),
        ({"set": "2026-01-01T09:00:00"}, "set"),
        ({"set": "yesterday"}, "set"),
        ({"set": "0001-01-01T00:00:00+05:00"}, "set"),
        ({"set": "0999-01-01T00:00:00Z"}, "set"),
        ({"set": "9999-12-31T23:59:59Z"}, "set"),
        ({"freeze": "yes"}, "freeze"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_a_bad_clock_change_is_refused_and_changes_no_clock(wire, still, service, body, field):
    heard = wire.ask(service, "POST", f"/_sandbox/worlds/{still.name}/clock", body)
    assert (heard.status, heard.media_type) == (400, "application/problem+json")
    assert heard.json.get("field") == field
    assert {clock["now"] for clock in clocks(wire, still).values()} == {"2026-01-05T09:00:00Z"}


def test_moving_the_clock_expires_a_code_before_the_call_answers(asha):
    body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": asha.personas["Asha"]["cif"]}
    made = asha.ask("orchestrator", "POST", "/registrations", body).body
    code = asha.messages(purpose="email-otp")[0]["code"]
    asha.advance("PT6M")
    late = asha.ask("orchestrator", "POST", f"/registrations/{made['id']}/actions/verify-email-otp", {"otp": code})
    assert (late.status, late.body["upstream_code"], late.branches) == (401, "REGSRVC.OTP_EXPIRED", ["WR-2.4"])
