"""``sandbox play``, ``act`` and ``registrations``: flows played from the command line, and gone on with by hand."""

from typing import Any

import pytest

from registration_sandbox.cli import names
from tests.system.cli.conftest import World


def test_a_person_is_played_to_the_end_of_both_flows(world: World) -> None:
    web = world.type("play", "web", "asha")
    assert (web.code, web.lines[0], web.lines[-1]) == (
        0, "Asha gives the customer number.  Email_Otp_Sent", "Asha sets it.  Registered",
    )  # fmt: skip
    device = world.type("play", "device", "Asha", "--via", "email")
    assert (device.code, device.lines[-1]) == (0, "Asha activates the phone for the account.  Device_Activate")
    listed = world.type("registrations", "--json").json["registrations"]
    assert {each["registration"]["status"] for each in listed} == {"Device_Activate", "Registered"}


def test_what_was_played_so_far_goes_on_by_hand(world: World) -> None:
    played = world.type("play", "web", "Asha", "--to", "Mobile_Verified")
    assert played.lines[-2] == "Asha enters the code from the SMS.  Mobile_Verified"
    assert "sandbox act " in played.lines[-1]
    assert world.type("act", "last").lines[-1].startswith("Next: list-factors, authenticate")
    card = next(card for card in world.people["Asha"]["cards"] if card["type"] == "CREDIT")
    fields = [f"{name}={card[name]}" for name in ("expiry", "cvv")]
    acted = world.type("act", "last", "authenticate", "mfaType=CREDIT_CARD", f"cardLast4={card['last4']}", *fields)
    assert acted.lines[0] == "Authenticated (WR-7.2): The card was verified."


def test_an_action_on_a_device_is_its_users(world: World) -> None:
    world.type("play", "device", "Chitra", "--to", "Not_Found")
    acted = world.type("act", "last", "sign-up", "via=qr", "--json").json
    assert (acted["status"], acted["last_outcome"]["branch"]) == ("Sign_Up_In_Progress", "DR-1.3")


def test_registrations_say_whose_they_are_and_what_happened(world: World) -> None:
    assert world.type("registrations").out == f"Nobody has begun a registration in the world {world.name}.\n"
    id = world.begins().json["id"]
    world.errs(id)
    assert world.type("registrations").lines[1].split()[:4] == [id, "web", "Asha", "Email_Otp_Sent"]
    assert [line.split()[2:5:2] for line in world.type("registrations", id[:6]).lines[1:]] == [
        ["check-identity", "WR-1.2"],
        ["verify-email-otp", "WR-2.2"],
    ]


def test_a_registration_that_is_begun_meanwhile_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    find = names.registration

    def begin_and_find(*given: Any) -> str:
        world.begins()
        return find(*given)

    monkeypatch.setattr(names, "registration", begin_and_find)
    assert "check-identity" in world.type("registrations", "last").out


def test_a_status_that_the_flow_does_not_have_is_told_before_anything_is_played(world: World) -> None:
    said = world.type("play", "web", "Asha", "--to", "Mobile_verified")
    assert (said.code, "Mobile_Otp_Sent, Mobile_Verified, Authenticated" in said.err) == (2, True)
    assert "Nobody has begun" in world.type("registrations").out


@pytest.mark.parametrize("cards", [[], [{"type": "DEBIT", "status": "expired"}]])
def test_a_person_without_a_card_is_played_as_far_as_it_goes(world: World, cards: list[dict[str, str]]) -> None:
    world.ask("PATCH", f"/_sandbox/worlds/{world.name}/people/Asha", {"cards": cards})
    said = world.type("play", "web", "Asha")
    assert (said.code, said.lines[-1]) == (1, "Asha sees which cards prove who they are.  Mobile_Verified")
    assert said.err == "Error: Asha has no card to go on with: You have no card to use. Visit a branch.\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["play", "web", "Chitra"], "The registration is Login_Required, not Email_Otp_Sent: "),
        (["play", "device", "Asha"], "Asha has no web account. Make one with `sandbox play web Asha`."),
        (["play", "web", "Asha", "--to", "Blocked"], "The registration has passed no status 'Blocked'"),
        (["play", "web", "Ash"], "There is no Ash in the world"),
        (["act", "last"], "There is no registration 'last'"),
        (["registrations", "beef"], "There is no registration 'beef'"),
    ],
)
def test_what_cannot_be_is_told_on_one_line(world: World, words: list[str], told: str) -> None:
    said = world.type(*words)
    assert said.code == 1
    assert told in said.err
    assert len(said.err.splitlines()) == 1


def test_a_refused_action_is_told_with_its_branch(world: World) -> None:
    world.begins()
    said = world.type("act", "last", "verify-email-otp", "otp=000000")
    assert (said.code, said.out) == (1, "")
    assert said.err.endswith("(WR-2.2)\n")


def test_a_field_without_a_value_is_a_wrong_command(world: World) -> None:
    world.begins()
    said = world.type("act", "last", "verify-email-otp", "123456")
    assert said.code == 2
    assert "'123456' is no field: write FIELD=VALUE." in said.err
