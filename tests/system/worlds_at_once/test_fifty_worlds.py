"""Fifty worlds at once, fewer where no thorough run is asked for, each with a whole journey: none sees another.

Each seed is given to two worlds. They have the same people, codes and ids: what strays between these is taken for one's
own, and told by its number. What strays between others is told by whose it is.
"""

import os
import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Semaphore
from typing import Any

import pytest

from registration_sandbox.client import Exchange, Message, Persona, Refused, RegistrationWithHistory, World
from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox

pytestmark = pytest.mark.thorough


WORLDS = 50 if os.environ.get("SANDBOX_THOROUGH") else 8
SEEDS = WORLDS // 2
IN_FLIGHT = 16
"""How many calls are under way at the same moment, of fifty journeys that all go on side by side."""

PASSWORD = "Chai4two!now"
PERSONA = {"name": "Asha"}
WEB = ["Email_Otp_Sent", "Mobile_Otp_Sent", "Mobile_Verified", "Authenticated", "User_Id_Saved", "Password_Validated"]
CODES = ["email-otp", "mobile-otp", "sign-up-code"]
TOLD = ["device-not-found", "device-registered", "device-activated"]
TOLD_TWICE = ["registered"]
"""What a customer is told by email and by SMS, which can take a moment."""
DEVICE = ["Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete", "Register_Complete", "Device_Activate"]


class Patient(World):
    """A world whose calls wait for their turn, so that a busy machine keeps up with all the others'."""

    turns = Semaphore(IN_FLIGHT)

    def answer(self, *arguments: Any, **more: Any) -> bytes:
        with self.turns:
            return super().answer(*arguments, **more)


@dataclass
class Played:
    """A world after its journey, and everything in it."""

    world: World
    asha: Persona
    people: list[Persona]
    messages: list[Message]
    journal: list[Exchange]
    registrations: list[RegistrationWithHistory]
    branches: set[str]

    @classmethod
    def seen_in(cls, world: World, asha: Persona) -> "Played":
        return cls(
            world, asha, world.personas(), world.messages(), world.journal(), world.registrations(),
            set(world.coverage()),
        )  # fmt: skip


def journey(world: World, user_id: str) -> Persona:
    """Play a customer's way from her first visit to an active phone."""
    asha = world.persona("Asha")
    inbox, card = world.inbox(asha), asha.cards[0]
    visit = world.begin_web(asha)
    visit.act("verify-email-otp", otp=inbox.code("email-otp", "email"))
    visit.act("verify-mobile-otp", otp=inbox.code("mobile-otp", "sms"))
    visit.act("authenticate", mfaType="DEBIT_CARD", cardLast4=card.last4, expiry=card.expiry, pin=card.pin)
    visit.act("save-user-id", userId=user_id)
    visit.act("validate-password", password=PASSWORD)
    assert visit.act("set-password", password=PASSWORD, confirmPassword=PASSWORD).status == "Registered"
    phone = world.new_phone("Asha")
    app = world.begin_device(phone, world.log_in(user_id, PASSWORD))
    app.act("sign-up", via="sms", contact=asha.mobile)
    phone.type_code(inbox.code("sign-up-code", "sms"))
    assert app.wait_for("Register_Complete").act("activate").status == "Device_Activate"
    for purpose in TOLD:
        assert inbox.newest(purpose)
    for purpose in TOLD_TWICE:
        assert inbox.newest(purpose, "email")
        assert inbox.newest(purpose, "sms")
    return asha


def play(sandbox: RunningSandbox, number: int) -> Played:
    world = Patient(sandbox.urls, f"at-once-{number}").make({"seed": number % SEEDS, "personas": [PERSONA]})
    return Played.seen_in(world, journey(world, f"asha.in.world{number}"))


def asked_for(played: Played) -> Counter[str]:
    """Return how often the people's end asked each service for what, by paths without the ids in them."""
    ids = {each.registration.id for each in played.registrations} | {phone.id for phone in played.people[0].handsets}
    asked = [exchange for exchange in played.journal if (exchange.caller, exchange.method) == ("client", "POST")]
    return Counter("/".join("…" if part in ids else part for part in exchange.path.split("/")) for exchange in asked)


def rows(sandbox: RunningSandbox, world: str) -> Counter[str]:
    """Return how many rows each table of each service has of a world."""
    found: Counter[str] = Counter()
    for path in sorted(sandbox.data_dir.glob("*.sqlite3")):
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for name in names:
                if any(column[1] == "world" for column in database.execute(f"PRAGMA table_info({name})")):
                    (count,) = database.execute(f"SELECT count(*) FROM {name} WHERE world = ?", (world,)).fetchone()
                    found[f"{path.stem}.{name}"] = count
    return +found


def each_has_its_own_person_and_phone_and_no_other(played: list[Played]) -> None:
    for number, each in enumerate(played):
        (person,) = each.people
        assert (person.cif, person.email) == (each.asha.cif, each.asha.email)
        assert person.username == f"asha.in.world{number}"
        assert [(phone.tsg, phone.auth_service) for phone in person.handsets] == [("registered", True)]
    assert len({each.asha.cif for each in played}) == SEEDS


def each_has_its_own_messages_and_no_other(played: list[Played]) -> None:
    for each in played:
        assert {message.to for message in each.messages} == {each.asha.email, each.asha.mobile}
        assert sorted(message.purpose for message in each.messages) == sorted(CODES + TOLD + 2 * TOLD_TWICE)


def each_has_its_own_registrations_and_no_other(played: list[Played]) -> None:
    for each in played:
        app, visit = each.registrations
        assert [change.after for change in visit.history] == [*WEB, "Registered"]
        assert [change.after for change in app.history] == DEVICE
        assert app.owner == each.people[0].username


def each_has_its_own_journal_and_no_other(played: list[Played]) -> None:
    for each in played:
        assert asked_for(each) == asked_for(played[0])
        assert each.branches == played[0].branches
    ids = Counter(exchange.id for each in played for exchange in each.journal)
    assert not [id for id, times in ids.items() if times > 1]


def a_deleted_one_leaves_nothing_and_all_of_the_others(sandbox: RunningSandbox, played: list[Played]) -> None:
    gone, twin, other = played[0], played[SEEDS], played[1]
    assert gone.asha.cif == twin.asha.cif != other.asha.cif
    before = {each.world.id: rows(sandbox, each.world.id) for each in played}
    assert {place.partition(".")[0] for place in before[gone.world.id]} == {*sandbox.urls, "control_plane"}
    gone.world.delete()
    assert not rows(sandbox, gone.world.id)
    assert {each.world.id: rows(sandbox, each.world.id) for each in played[1:]} == {
        id: found for id, found in before.items() if id != gone.world.id
    }
    with pytest.raises(Refused) as refused:
        gone.world.personas()
    assert refused.value.code == "unknown-world"
    with pytest.raises(Refused, match="unknown-world"):
        gone.world.messages()
    assert Played.seen_in(twin.world, twin.asha).people == twin.people
    assert gone.world.make({"seed": 0, "personas": [PERSONA]}).messages() == []
    assert gone.world.persona("Asha").username is None


def test_none_of_fifty_worlds_at_once_sees_another_and_a_deleted_one_leaves_nothing() -> None:
    """One test of all this, so that it is played once however many workers share the tests."""
    with running_sandbox() as sandbox, ThreadPoolExecutor(WORLDS) as pool:
        played = list(pool.map(partial(play, sandbox), range(WORLDS)))
        each_has_its_own_person_and_phone_and_no_other(played)
        each_has_its_own_messages_and_no_other(played)
        each_has_its_own_registrations_and_no_other(played)
        each_has_its_own_journal_and_no_other(played)
        a_deleted_one_leaves_nothing_and_all_of_the_others(sandbox, played)
