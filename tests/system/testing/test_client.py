"""The typed Python client, against a running sandbox."""

import pickle
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest

from registration_sandbox.client import Exchange, Persona, Refused, Sandbox, Unexpected, Unreachable
from registration_sandbox.runtime.embedded import free_base_port
from simulators.kit.services import SERVICES

NINE = datetime(2026, 1, 5, 9, tzinfo=UTC)
FROZEN = {"personas": [{"name": "Asha"}], "clock": {"set": NINE, "frozen": True}}


def test_a_made_world_is_listed_played_in_and_gone_after_the_block(running: Sandbox) -> None:
    with running.make("new-customer", world="of-the-client", seed=7) as world:
        (listed,) = [each for each in running.worlds() if each.world == world.id == "of-the-client"]
        assert listed.scenario == "new-customer"
        asha = world.persona("Asha")
        assert isinstance(asha, Persona)
        visit = world.begin_web(asha)
        assert (visit.status, visit.last_outcome.branch) == ("Email_Otp_Sent", "WR-1.2")
        assert visit.act("verify-email-otp", otp=world.inbox(asha).code("email-otp")).status == "Mobile_Otp_Sent"
        assert [change.after for change in visit.history()] == ["Email_Otp_Sent", "Mobile_Otp_Sent"]
        assert [each.registration.id for each in world.registrations()] == [visit.id]
        assert world.registration(visit.id).allowed_actions == visit.allowed_actions
        assert world.coverage()["WR-2.1"].count == 1
        asked = world.journal(service="cbs")
        assert asked
        assert {type(exchange) for exchange in asked} == {Exchange}
        assert world.sequence(visit.id).startswith("sequenceDiagram\n")
    assert "of-the-client" not in {each.world for each in running.worlds()}


def test_the_same_seed_gives_the_same_people(running: Sandbox) -> None:
    with running.make(FROZEN, seed=7) as one, running.make(FROZEN, seed=7) as two, running.make(FROZEN) as three:
        assert one.persona("Asha") == two.persona("Asha") != three.persona("Asha")


def test_a_refusal_carries_status_reason_words_and_field(running: Sandbox) -> None:
    with running.make(FROZEN) as world, pytest.raises(Refused) as refused:
        world.begin({"flow": "web", "type": "CIF", "id": "1"})
    assert (refused.value.status, refused.value.code) == (400, "REGSRVC.VALIDATION_FAILED")
    assert refused.value.field == "deviceId"
    assert "deviceId" in refused.value.detail
    assert refused.value.body["branch"] == "WR-1.6"
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value), "a pool of processes hands it over"
    with pytest.raises(Refused, match="Did you mean new-customer"):
        running.make("new-custmer")
    with pytest.raises(Refused) as of_the_tsg:
        running.world("default").call("tsg", "POST", "/tsg/register", {})
    assert (of_the_tsg.value.code, of_the_tsg.value.field) == ("VALIDATION_FAILED", "service_id")


def test_a_world_whose_policies_are_refused_is_not_left_behind(running: Sandbox) -> None:
    with pytest.raises(Refused, match=r"otp\.digitz"):
        running.make(FROZEN, world="half-made", policies={"cymmetri": {"otp": {"digitz": 8}}})
    assert "half-made" not in {each.world for each in running.worlds()}


def test_policies_are_laid_over_the_scenario_s(running: Sandbox) -> None:
    with running.make("one-attempt", policies={"cymmetri": {"otp": {"digits": 8}}}) as world:
        otp = world.policies()["cymmetri"]["otp"]
        assert (otp["max_attempts"], otp["digits"]) == (1, 8)


def test_nobody_there_and_no_such_person_are_told_by_name(running: Sandbox) -> None:
    nowhere = Sandbox.at(f"http://127.0.0.1:{free_base_port()}")
    with pytest.raises(Unreachable, match="control_plane does not answer"):
        nowhere.scenarios()
    with running.make(FROZEN) as world, pytest.raises(Unexpected, match=r"There is no Zoya in .*; there are Asha"):
        world.persona("Zoya")


def test_the_clock_is_moved_frozen_and_set_free(running: Sandbox) -> None:
    with running.make(FROZEN) as world:
        assert world.clock.now == NINE
        assert world.clock.advance(timedelta(minutes=5)).now == NINE + timedelta(minutes=5)
        assert world.clock.advance("PT5M").now == NINE + timedelta(minutes=10)
        assert world.clock.set(NINE + timedelta(days=1)).frozen
        assert not world.clock.unfreeze().frozen
        assert world.clock.freeze().now >= NINE + timedelta(days=1)


def test_a_fault_is_there_for_the_length_of_a_block(running: Sandbox) -> None:
    with running.make(FROZEN) as world:
        asha = world.persona("Asha")
        with world.fault({"status": 503}, service="cbs", path="/cbs/customers/search", times=1) as outage:
            with pytest.raises(Refused) as refused:
                world.begin_web(asha)
            assert refused.value.status == 503
            assert outage.fired == 1
            assert [fault.times for fault in world.faults()] == [1]
        assert world.faults() == []
        with world.fault({"status": 503}) as everywhere:
            assert {state.service for state in everywhere.states()} == set(SERVICES)
            everywhere.remove()


def test_the_inbox_waits_for_what_comes_to_its_person_only(running: Sandbox) -> None:
    with running.make({"personas": [{"name": "Asha"}, {"name": "Bilal"}]}) as world:
        asha, bilal = world.personas()
        world.begin_web(bilal)
        inbox = world.inbox(asha)
        assert inbox.messages() == []
        visit = world.begin_web(asha)
        first = inbox.newest("email-otp")
        assert first.to == asha.email
        visit.act("verify-email-otp", otp=first.code)
        assert [message.channel for message in inbox.messages()] == ["sms", "email"]
        assert inbox.code(channel="sms") == inbox.code("mobile-otp")
        assert inbox.messages(since=first.id) == inbox.messages("mobile-otp")
        assert {message.to for message in world.messages(purpose="email-otp")} == {asha.email, bilal.email}


def test_a_phone_signs_up_by_a_scanned_code_is_taken_off_the_network_and_lost(running: Sandbox) -> None:
    with running.make("new-phone") as world:
        chitra = world.persona("Chitra")
        (phone,) = world.phones_of(chitra)
        app = world.begin_device(phone, world.log_in(str(chitra.username), str(chitra.password)))
        app.act("sign-up", via="qr")
        phone.go_offline()
        assert phone.scan(app.sign_up_qr()).queued
        phone.go_online()
        app.wait_for("Register_Complete")
        assert phone.state().registered
        phone.lose()
        assert world.persona("Chitra").handsets == []
        with pytest.raises(Unexpected, match=r"is Register_Complete, not Device_Activate"):
            app.wait_for("Device_Activate", patience=0)


def test_the_client_s_types_are_shipped() -> None:
    assert all((files(package) / "py.typed").is_file() for package in ("orchestrator", "simulators"))
