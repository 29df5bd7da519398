"""Worlds that are kept: snapshots in the middle of both flows, restored, cloned, taken to another sandbox as a file."""

import json
from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.client import Refused, Registration, World
from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox
from registration_sandbox.worlds import library

pytestmark = pytest.mark.thorough


SCENARIO: dict[str, Any] = {
    "seed": 7,
    "clock": {"set": "2026-01-05T09:00:00Z", "frozen": True},
    "personas": [
        {"name": "Asha", "cbs": {"cards": [{"type": "DEBIT"}]}},
        {"name": "Chitra", "cymmetri": {}, "phones": [{"model": "Pixel 9"}]},
    ],
}
PASSWORD = "Chai4two!now"


class Midway:
    """A world in the middle of both flows: a code was mailed to Asha, and one was texted to Chitra for her phone."""

    def __init__(self, world: World) -> None:
        self.world = world
        asha, chitra = world.persona("Asha"), world.persona("Chitra")
        self.web = world.begin_web(asha).id
        self.token = world.log_in(chitra.username or "", chitra.password or "")
        (phone,) = world.phones_of(chitra)
        self.device = world.begin_device(phone, self.token).act("sign-up", via="sms", contact=chitra.mobile).id

    def in_(self, world: World) -> tuple[Registration, Registration]:
        """Return both registrations as they are in a world."""
        return world.registration(self.web), world.registration(self.device, self.token)


def finish(world: World, midway: Midway) -> None:
    """Go on with both flows to their ends."""
    asha, chitra = world.persona("Asha"), world.persona("Chitra")
    web, device = midway.in_(world)
    web.act("verify-email-otp", otp=world.inbox(asha).code("email-otp"))
    web.act("verify-mobile-otp", otp=world.inbox(asha).code("mobile-otp"))
    card = asha.cards[0]
    web.act("authenticate", mfaType="DEBIT_CARD", cardLast4=card.last4, expiry=card.expiry, pin=card.pin)
    web.act("save-user-id", userId="asha.at.home")
    web.act("validate-password", password=PASSWORD)
    assert web.act("set-password", password=PASSWORD, confirmPassword=PASSWORD).status == "Registered"
    (phone,) = world.phones_of(chitra)
    phone.type_code(world.inbox(chitra).code("sign-up-code"))
    assert device.wait_for("Register_Complete").act("activate").status == "Device_Activate"


def known(world: World) -> dict[str, Any]:
    """Return everything that can be seen of a world; looking into the mailroom is an exchange, too."""
    journal = [exchange for exchange in world.journal() if exchange.path.partition("?")[0] != "/messages"]
    return {
        "personas": world.personas(), "journal": journal, "messages": world.messages(),
        "registrations": world.registrations(), "policies": world.policies(), "faults": world.faults(),
        "coverage": world.coverage(), "now": world.clock.now,
    }  # fmt: skip


@pytest.fixture
def midway(sandbox: RunningSandbox) -> Midway:
    import secrets

    return Midway(World(sandbox.urls, f"kept-{secrets.token_hex(4)}").make(SCENARIO))


def test_a_restored_world_is_what_it_was_and_goes_on_from_there_every_time(midway: Midway) -> None:
    world = midway.world
    before = known(world)
    snapshot = world.snapshot()
    assert [each.id for each in world.snapshots()] == [snapshot]
    for _ in range(2):
        finish(world, midway)
        world.clock.advance("PT1H")
        world.add_fault({"status": 503}, service="cbs", path="/cbs/cards/verify")
        world.restore(snapshot)
        assert known(world) == before


def test_a_snapshot_outlives_the_worlds_replacement_and_not_its_deletion(midway: Midway) -> None:
    world = midway.world
    snapshot = world.snapshot()
    world.make({"personas": []})
    world.restore(snapshot)
    assert [person.name for person in world.personas()] == ["Asha", "Chitra"]
    world.delete()
    with pytest.raises(Refused, match="unknown-snapshot"):
        world.restore(snapshot)


def test_a_clone_and_its_original_go_their_own_ways(midway: Midway) -> None:
    original = midway.world
    before = known(original)
    copy = World(original.urls, f"{original.id}-2").clone(original.id)
    assert known(copy) == before
    finish(copy, midway)
    copy.clock.advance("PT10M")
    assert known(original) == before
    finish(original, midway)
    assert {person.username for person in copy.personas()} == {person.username for person in original.personas()}
    copy.delete()
    assert original.persona("Asha").username == "asha.at.home"


def test_what_is_due_in_a_snapshot_is_done_after_it_is_restored(midway: Midway) -> None:
    world = midway.world
    chitra = world.persona("Chitra")
    (phone,) = world.phones_of(chitra)
    with world.fault({"status": 503}, service="orchestrator", path="/tsg/push"):
        phone.type_code(world.inbox(chitra).code("sign-up-code"))
        world.clock.advance("PT0S")  # once the push was tried in vain
        snapshot = world.snapshot()
    for _ in range(2):
        world.restore(snapshot)
        for fault in world.faults():
            world.control("DELETE", f"/faults/{fault.id}")
        _, device = midway.in_(world)
        assert device.status == "Sign_Up_In_Progress"
        world.clock.advance("PT10M")
        assert device.look().status == "Register_Complete"


def test_a_running_clock_goes_on_from_the_time_of_the_snapshot(midway: Midway) -> None:
    world = midway.world
    world.clock.unfreeze()
    snapshot = world.snapshot()
    taken = world.snapshots()[0].now
    world.clock.advance("P10D")
    world.restore(snapshot)
    assert 0 <= (world.clock.now - taken).total_seconds() < 60


def test_a_file_makes_the_world_in_another_sandbox(midway: Midway, tmp_path: Path) -> None:
    world = midway.world
    before = known(world)
    file = json.loads(json.dumps(world.export(world.snapshot())))
    assert (file["format"], file["version"], file["world"]) == ("registration-sandbox-world", 1, world.id)
    with running_sandbox(tmp_path, environment={"SANDBOX_WORKERS": "1"}) as other:
        there = World(other.urls, "from-elsewhere")
        there.restore(file)
        assert known(there) == before
        finish(there, midway)


def test_the_file_of_a_world_as_it_is_keeps_no_snapshot(midway: Midway) -> None:
    world = midway.world
    file = world.export("now")
    assert (file["world"], world.snapshots()) == (world.id, [])
    with pytest.raises(Refused, match="unknown-snapshot"):
        world.restore("now")


def test_only_so_many_snapshots_are_kept_and_the_newest_are(midway: Midway) -> None:
    made = [midway.world.snapshot() for _ in range(22)]
    assert [each.id for each in midway.world.snapshots()] == made[-20:]
    midway.world.control("DELETE", f"/snapshots/{made[-1]}")
    assert [each.id for each in midway.world.snapshots()] == made[-20:-1]


FIRST = "the first of the list"
"""In place of a value: what stands first beside it."""


def broken(file: dict[str, Any], place: str, value: Any) -> dict[str, Any]:
    """Return a copy of a file in which something stands at a place."""
    copy = json.loads(json.dumps(file))
    *path, last = place.split("/")
    inner: Any = copy
    for step in path:
        inner = inner[int(step) if isinstance(inner, list) else step]
    if value == FIRST:
        inner[int(last)] = inner[0]
    elif value is None:
        inner.pop(int(last) if isinstance(inner, list) else last)
    else:
        inner[last] = value
    return copy


COUNTING = ("orchestrator", "cymmetri", "tsg", "mailroom", "handset")
"""The services that have counted something by now."""


@pytest.mark.parametrize(
    ("service", "counter", "value"),
    [
        ("orchestrator", "registration", 1), ("orchestrator", "history/{web}", 0),
        ("orchestrator", "sign-up/{device}", 0),
        ("cymmetri", "otp", 0), ("cymmetri", "registration", 0), ("tsg", "emcert", 0), ("tsg", "sign_up", 0),
        ("mailroom", "message", 1), ("handset", "handset", 0),
    ],
)  # fmt: skip
def test_a_file_whose_counters_would_give_a_number_again_is_refused(
    midway: Midway, service: str, counter: str, value: int
) -> None:
    world = midway.world
    file = world.export(world.snapshot())
    (row,) = (
        each
        for each in file["services"][service]["tables"]["counters"]
        if each["name"] == counter.format(web=midway.web, device=midway.device)
    )
    row["value"] = value
    with pytest.raises(Refused) as refused:
        world.restore(file)
    assert (refused.value.status, refused.value.field) == (400, "tables.counters")
    assert service in str(refused.value)
    assert row["name"] in str(refused.value)


def test_a_file_that_is_none_is_refused_with_what_is_wrong_and_the_world_stays(midway: Midway) -> None:
    world = midway.world
    file = world.export(world.snapshot())
    before = known(world)
    kept = json.loads(file["services"]["cymmetri"]["tables"]["journal"][0]["exchange"])
    assert kept["request_headers"]["Host"]
    for place, value, field in [
        ("format", "holiday photos", "snapshot.format"),
        ("version", 99, "snapshot.version"),
        ("services/cbs", None, "snapshot.services.cbs"),
        ("services/cbs/tables/worlds/0", None, "tables.worlds"),
        ("services/cbs/tables/customers/0/cif", 5, "tables.customers[0].cif"),
        ("services/cymmetri/tables/worlds/0/policies", "[]", "tables.worlds[0].policies"),
        ("services/cymmetri/tables/worlds/0/policies", '{"otp": {"digits": 99}}', "policies.otp.digits"),
        ("services/cbs/tables/customers/1", FIRST, "tables.customers[1]"),
        ("services/cymmetri/tables/journal/0/exchange", "zzz", "tables.journal[0].exchange"),
        (
            "services/cymmetri/tables/journal/0/exchange",
            json.dumps({**kept, "request_headers": {"Host": 5}}),
            "tables.journal[0].exchange",
        ),
        ("services/cbs/tables/customers/0/date_of_birth", "1990-13-45", "tables.customers[0].date_of_birth"),
        ("services/cbs/tables/customers/0/status", "asleep", "tables.customers[0].status"),
        ("services/cbs/tables/customers/0/cif", "", "tables.customers[0].cif"),
        ("services/cbs/tables/journal/0/recorded_at", "soon", "tables.journal[0].recorded_at"),
        ("services/cymmetri/tables/counters/0/value", 2**62 + 1, "tables.counters[0].value"),
        (
            "services/cymmetri/tables/registrations/0/created_at",
            "2026-01-05T09:00:00",
            "tables.registrations[0].created_at",
        ),
        ("services/tsg/tables/subjects/0/chain", ["no PEM"], "tables.subjects[0].chain"),
        ("services/orchestrator/tables/due/0/kind", "party", "tables.due[0].kind"),
        ("services/orchestrator/tables/due/0/payload", {}, "tables.due[0].payload"),
        ("services/orchestrator/tables/registrations/0/status", "Confused", "tables.registrations[0].status"),
        ("services/control_plane/tables/scenarios/0", None, "snapshot.services.control_plane.tables.scenarios"),
        ("colour", "blue", "snapshot.colour"),
        ("services/cbs2", {"tables": {}}, "snapshot.services.cbs2"),
        ("services/cbs/tables/counters", None, "tables.counters"),
        ("services/tsg/tables/pushes", None, "tables.pushes"),
        ("services/cbs/tables/clients", [], "tables.clients"),
        ("services/cbs/tables/customers/0/colour", "blue", "tables.customers[0].colour"),
        ("services/orchestrator/tables/registrations/0/state/colour", 1, "tables.registrations[0].state.colour"),
        *((f"services/{service}/tables/counters", [], "tables.counters") for service in COUNTING),
    ]:
        with pytest.raises(Refused) as refused:
            world.restore(broken(file, place, value))
        assert (refused.value.status, refused.value.field) == (400, field), place
        assert known(world) == before
    for wrong, status, code in [
        ("none", 404, "unknown-snapshot"), ({}, 400, "bad-snapshot"), (5, 400, "validation-failed")
    ]:  # fmt: skip
        with pytest.raises(Refused) as refused:
            world.control("POST", "/restore", {"snapshot": wrong})
        assert (refused.value.status, refused.value.code) == (status, code)


def test_a_world_of_a_far_year_and_of_large_numbers_is_copied(midway: Midway) -> None:
    world = midway.world
    world.clock.unfreeze()
    world.clock.set("8999-01-01T00:00:00Z")
    with pytest.raises(Refused):
        world.registration(midway.web).act("verify-email-otp", otp=2**63 - 1)
    copy = World(world.urls, f"{world.id}-2").clone(world.id)
    assert copy.clock.now.year == 8999
    copy.restore(copy.snapshot())


def test_a_file_writes_nothing_into_other_worlds(midway: Midway) -> None:
    world, other = midway.world, World(midway.world.urls, "a-neighbour").make({"personas": []})
    file = world.export(world.snapshot())
    told = file["services"]["control_plane"]["tables"]
    instant = "2026-01-05T09:00:00Z"
    told["snapshots"] = [{"at": other.id, "id": "planted", "made_at": instant, "now": instant, "file": ""}]
    told["leases"] = [{"at": other.id, "holder": "me", "claimant": "me", "until": "9000-01-01T00:00:00Z"}]
    world.restore(file)
    assert other.snapshots() == []
    other.restore(other.snapshot())


def test_a_clock_beyond_all_calendars_stands_still_at_their_end_and_the_world_can_be_deleted(midway: Midway) -> None:
    world = midway.world
    file = world.export(world.snapshot())
    for told in file["services"].values():
        told["tables"]["worlds"][0]["frozen_at"] = "0001-01-01T00:00:00.000000Z"
    world.restore(file)
    told = world.control("GET", "/clock")
    assert (told["now"][:4], told["frozen"]) == ("1970", True)
    world.control("POST", "/clock", {"set": "2026-01-05T09:00:00Z"})
    world.restore(world.snapshot())
    world.delete()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [({"clone": "no-such-world"}, 404, "unknown-world"), ({"clone": 5}, 400, "bad-world"),
     ({"clone": "default", "seed": 5}, 400, "bad-world"), ({"clone": "x?y"}, 404, "unknown-world")],
)  # fmt: skip
def test_a_clone_of_nothing_is_refused(sandbox: RunningSandbox, body: dict[str, Any], status: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        World(sandbox.urls, "a-copy").control("PUT", "", body)
    assert (refused.value.status, refused.value.code) == (status, code)


def rows(file: dict[str, Any]) -> dict[str, Any]:
    """Return the rows in a file of a world but for its own, which says when and under what name it was made."""
    services = file["services"].items()
    return {
        service: {name: found for name, found in told["tables"].items() if name != "worlds"}
        for service, told in services
    }


@pytest.mark.parametrize("scenario", library.names())
def test_a_file_of_every_scenarios_world_is_taken_and_makes_the_same_world(
    sandbox: RunningSandbox, scenario: str
) -> None:
    world = World(sandbox.urls, f"of-{scenario}")
    world.control("PUT", "", {"scenario": scenario})
    file = world.export(world.snapshot())
    copy = World(sandbox.urls, f"as-{scenario}")
    copy.restore(json.loads(json.dumps(file)))
    again = copy.export(copy.snapshot())
    assert rows(again) == rows(file)
    for each in (world, copy):
        each.delete()
