"""What is changed in several services is changed in all of them or in none, also when its process dies meanwhile."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from registration_sandbox.console.app import create_app
from registration_sandbox.control_plane import fleet
from registration_sandbox.worlds import locks, making, policies, strikes
from registration_sandbox.worlds.changes import PersonChange, change_person
from registration_sandbox.worlds.everywhere import PendingCall, pending
from simulators.kit import faults
from simulators.kit.errors import SandboxRefusal
from simulators.kit.store.failures import StoreFailure, Trouble
from simulators.kit.work import Service
from tests.support.house import House, die_at

PEOPLE = {"personas": [{"name": "Asha"}, {"name": "Bilal"}], "policies": {"cymmetri": {"wire": "published"}}}
POLICIES = {"cymmetri": {"wire": {"fields": {"userId": "login"}}}, "tsg": {"push_receiver": "auth_service"}}
PERSON = {"email": "new@example.test", "cards": [{"type": "CREDIT"}]}


def add_fault(service: Service) -> None:
    strikes.add(service, "w", faults.parse_fault({"effect": {"status": 503}}))


def change_policies(service: Service) -> None:
    policies.change(service, "w", POLICIES)


def change_asha(service: Service) -> None:
    change_person(service, "w", "Asha", msgspec.convert(PERSON, PersonChange))


Act = Callable[[Service], None]
ACTS: list[Act] = [add_fault, change_policies, change_asha]


def state(house: House) -> dict[str, Any]:
    """Return what could be changed."""
    service, here = house.control_plane, fleet.reachable(house.control_plane)
    return {
        "faults": strikes.list_faults(service, "w"),
        "policies": {name: house.services[name].worlds.find("w").policies_text for name in here},
        "people": making.everyone(service, "w"),
        "customers": house.ask("cbs", "GET", "/worlds/w/people"),
        "addressees": addressees(house),
    }


def addressees(house: House) -> list[tuple[str, str]]:
    rows = house.services["mailroom"].store.read("SELECT address, name FROM addressees WHERE world = 'w'")
    return sorted((row["address"], row["name"]) for row in rows)


def is_changed(house: House, name: str) -> bool:
    """Return whether somebody was changed in every service that knows them."""
    person = next(each for each in making.everyone(house.control_plane, "w").personas if each.name == name)
    customers = house.ask("cbs", "GET", "/worlds/w/people")["customers"]
    customer = next(each for each in customers if each["cif"] == person.cif)
    at_bank = (customer["email"], len(customer["cards"]))
    is_told = (PERSON["email"], name) in addressees(house)
    return (person.email, len(person.cards)) == at_bank == (PERSON["email"], 1) and is_told


class Calls:
    """Counts the calls to services that change something, and fails at one of them."""

    def __init__(self, fails_at: int = 0) -> None:
        self._send = fleet.ask
        self._fails_at = fails_at
        self.number = 0

    def __call__(self, service: Service, name: str, method: str, *arguments: Any, **more: Any) -> Any:
        self.number += method != "GET"
        if method != "GET" and self.number == self._fails_at:
            raise StoreFailure(Trouble.FULL, name)
        return self._send(service, name, method, *arguments, **more)


@pytest.mark.parametrize("act", ACTS)
def test_a_change_that_fails_at_any_call_is_undone_or_completed(
    house: House, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    failed = 0
    while True:
        house.make("w", PEOPLE)
        before = state(house)
        calls = Calls(failed + 1)
        with monkeypatch.context() as patched:
            patched.setattr(fleet, "ask", calls)
            try:
                act(house.control_plane)
            except StoreFailure:
                failed += 1
            else:
                break
        assert state(house) == before or (act is change_asha and is_changed(house, "Asha"))
    assert failed > 1
    assert state(house) != before


@pytest.mark.parametrize("act", ACTS)
def test_a_change_whose_process_dies_is_undone(tmp_path: Path, act: Act) -> None:
    house = House(tmp_path)
    house.make("w", PEOPLE)
    before = state(house)
    house.close()
    call, died = 0, True
    while died:
        call += 1
        claimant = f"dead-{call}"  # what the one before has held would else be held until its lease lapses
        died = die_at(call, lambda claimant=claimant: act(House(tmp_path, claimant=claimant).control_plane))  # type: ignore[misc]
        house = House(tmp_path)
        locks.finish_what_was_begun(house.control_plane)
        after = state(house)
        assert after == before or (act is change_asha and is_changed(house, "Asha")) or not died
        house.close()
    assert after != before
    assert call > 2


def test_a_change_that_the_bank_refuses_changes_nothing_and_the_next_is_made(house: House) -> None:
    house.make("w", PEOPLE)
    before = state(house)
    number = making.everyone(house.control_plane, "w").personas[1].cards[0].number
    wish = msgspec.convert({"email": "a@b.test", "cards": [{"type": "DEBIT", "number": number}]}, PersonChange)
    with pytest.raises(SandboxRefusal):
        change_person(house.control_plane, "w", "Asha", wish)
    assert state(house) == before
    assert house.services["mailroom"].store.read("SELECT * FROM addressees WHERE address = 'a@b.test'") == []
    change_asha(house.control_plane)
    assert is_changed(house, "Asha")


def test_a_world_whose_change_can_no_longer_be_undone_is_not_locked_for_ever(house: House) -> None:
    house.make("w", PEOPLE)
    calls = [PendingCall("cbs", "PATCH", fleet.place("w", "customers", "none"), {"email": "a@b.test"})]
    with pytest.raises(ZeroDivisionError), locks.hold(house.control_plane, "w", "changing", pending(calls)):
        raise ZeroDivisionError
    add_fault(house.control_plane)


@contextmanager
def half_changed(house: House, monkeypatch: pytest.MonkeyPatch, status: int) -> Iterator[None]:
    """Have a fault everywhere fail at the mailroom, which CBS then cannot undo; both keep failing in the block."""
    send, failing = fleet.ask, {("mailroom", "POST"), ("cbs", "DELETE")}

    def ask(service: Service, name: str, method: str, *arguments: Any, **more: Any) -> Any:
        if (name, method) in failing:
            raise SandboxRefusal("failed", status, f"{name}: it answered {status}.")
        return send(service, name, method, *arguments, **more)

    with monkeypatch.context() as patched:
        patched.setattr(fleet, "ask", ask)
        with pytest.raises(SandboxRefusal):
            add_fault(house.control_plane)
        assert [fault.service for fault in strikes.list_faults(house.control_plane, "w")] == ["cbs"]
        yield


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_change_that_cannot_be_undone_just_now_is_undone_later(
    house: House, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    house.make("w", PEOPLE)
    before = state(house)
    with half_changed(house, monkeypatch, status):
        locks.finish_what_was_begun(house.control_plane)
        with pytest.raises(SandboxRefusal):
            change_policies(house.control_plane)
        strikes.remove(house.control_plane, "w", add_to_tsg(house))
    locks.finish_what_was_begun(house.control_plane)
    assert state(house) == before


def add_to_tsg(house: House) -> str:
    return strikes.add(house.control_plane, "w", faults.parse_fault({"service": "tsg", "effect": {"status": 503}}))


def test_a_world_whose_change_cannot_be_undone_just_now_can_be_deleted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.make("w", PEOPLE)
    with half_changed(house, monkeypatch, 503):
        with pytest.raises(SandboxRefusal, match="cbs"):
            making.unmake(house.control_plane, "w")
        assert not house.control_plane.worlds.exists("w")
        assert not house.services["tsg"].worlds.exists("w")
    locks.finish_what_was_begun(house.control_plane)
    assert all("w" not in rows for rows in house.rows().values())


def test_a_change_that_can_never_be_undone_is_logged(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    house.make("w", PEOPLE)
    with half_changed(house, monkeypatch, 413):
        assert "cbs of the world w is left half changed" in caplog.text
        change_policies(house.control_plane)


def test_a_fault_is_added_and_removed_by_nobody_else_than_the_worlds_holder(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.make("w", PEOPLE)
    monkeypatch.setattr(locks, "PATIENCE", 0.01)
    client = create_app(house.control_plane).test_client()
    token = re.search('name="token" value="([^"]+)"', client.get("/console/w/w/control").text)
    assert token
    with locks.hold(house.control_plane, "w"):
        for path, form in (("faults", {"effect": '{"status": 503}'}), ("faults/remove", {})):
            answer = client.post(f"/console/w/w/control/{path}", data={"token": token[1], **form})
            assert answer.status_code == 409
    assert strikes.list_faults(house.control_plane, "w") == []
