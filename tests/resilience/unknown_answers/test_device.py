"""TSG, Auth Service and mail gateway say what no document says: never a 500, never a status that moves."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.resilience.unknown_answers.odd import UNUSABLE, is_later, last_exchange, says
from tests.support.phone_owner import PhoneOwner
from tests.support.world import Said, World

pytestmark = pytest.mark.thorough


Fresh = Callable[..., World]
Effects = list[dict[str, Any]]

REFUSALS: Effects = [
    says(status, {"error": "SOMETHING_NEW", "error_description": "Never seen before."})
    for status in (400, 402, 403, 409, 410, 418, 429, 451, 500, 501)
]
ODD: Effects = [*UNUSABLE.values(), *REFUSALS]
"""What no system means anything by, wherever it says so."""

SUBJECT_INFO: Effects = [
    *ODD,
    says(200, {"registered": "maybe"}),
    says(200, {"registered": None, "status": "limbo"}),
    says(404, {"error": "SOMETHING_NEW"}),
    says(404, {}),
]
CODE = {"sign_up_code": "12345678", "qr_payload": "transakt://x", "expires_at": "2099-01-01T00:00:00Z"}
SIGN_UP: Effects = [
    *ODD,
    says(200, CODE),
    *(says(201, {**CODE, **odd}) for odd in (
        {"sign_up_code": None}, {"sign_up_code": ""}, {"sign_up_code": 12345678}, {"qr_payload": None},
        {"expires_at": None}, {"expires_at": "soon"}, {"expires_at": 7}, {"expires_at": "2099-01-01"},
        {"expires_at": "2099-01-01T00:00:00"},
    )),
]  # fmt: skip


def where_a_status_tells(effects: Effects, *statuses: int) -> Effects:
    """Return the effects without those that mean something by their status: what is no JSON object never does."""
    return [each for each in effects if each["status"] not in statuses or not isinstance(each["body"], dict | None)]


DEVICE = where_a_status_tells(ODD, 200, 404)


def asks_for_device(owner: PhoneOwner) -> Said:
    body = {"flow": "device", "emCertID": owner.phone["emCertID"]}
    return owner.world.ask("orchestrator", "POST", "/registrations", body, owner.token)


@pytest.mark.parametrize(
    ("service", "method", "path", "effects", "branch"),
    [
        ("auth_service", "POST", "/auth/introspect", [*ODD, says(200, {"active": "maybe"})], "DR-0.5"),
        ("auth_service", "GET", "/users/*/devices/*", DEVICE, "DR-0.5"),
        ("tsg", "POST", "/tsg/subject_info", SUBJECT_INFO, "DR-0.6"),
    ],
)
def test_a_device_of_which_nothing_usable_is_said_is_never_taken_for_not_found(
    fresh: Fresh, service: str, method: str, path: str, effects: Effects, branch: str
) -> None:
    world = fresh()
    owner = PhoneOwner(world)
    for effect in effects:
        world.fault(service, method, path, effect)
        said = asks_for_device(owner)
        is_later(said)
        assert said.body["branch"] == branch
        assert "id" not in said.body
        world.mend()
    made = asks_for_device(owner)
    assert (made.status, made.body["status"]) == (201, "Not_Found")
    world.advance("PT1M")
    assert len(world.messages(owner.persona["email"], "device-not-found")) == 1


def test_a_device_that_is_checked_again_stays_where_it_is(fresh: Fresh) -> None:
    world = fresh()
    owner = PhoneOwner(world)
    registration = owner.at_activate()
    for service, method, path, effects in (
        ("auth_service", "GET", "/users/*/devices/*", DEVICE),
        ("tsg", "POST", "/tsg/subject_info", SUBJECT_INFO),
    ):
        for effect in effects:
            world.fault(service, method, path, effect)
            is_later(owner.acts(registration, "check"))
            assert owner.status(registration) == "Register_Complete"
            world.mend()
    assert owner.acts(registration, "check").status == 200


@pytest.mark.parametrize(
    ("service", "path", "effects"),
    [
        (
            "auth_service",
            "/users/*/contacts/verify",
            [*where_a_status_tells(ODD, 400), says(200, {"registered": "maybe"})],
        ),
        ("tsg", "/tsg/sign_up", SIGN_UP),
        ("mailroom", "/messages", where_a_status_tells(ODD, 200, 204)),
    ],
)
def test_a_sign_up_for_which_nothing_usable_is_said_has_not_begun(
    fresh: Fresh, service: str, path: str, effects: Effects
) -> None:
    world = fresh()
    owner = PhoneOwner(world)
    registration = owner.begin()
    contact = owner.persona["mobile"]
    for effect in effects:
        world.fault(service, "POST", path, effect)
        is_later(owner.acts(registration, "sign-up", via="sms", contact=contact))
        assert owner.status(registration) == "Not_Found"
        world.mend()
    assert owner.acts(registration, "sign-up", via="sms", contact=contact).body["status"] == "Sign_Up_In_Progress"
    assert owner.types(owner.codes()[0]).status == 200
    world.client.wait_for(registration, "Register_Complete", owner.token)


def test_a_code_that_cannot_be_voided_lets_no_other_sign_up_begin_or_complete_unseen(fresh: Fresh) -> None:
    world = fresh()
    owner = PhoneOwner(world)
    registration = owner.at_sign_up()
    for effect in where_a_status_tells(ODD, 204):
        world.fault("tsg", "DELETE", "/tsg/sign_up/*", effect)
        said = owner.acts(registration, "sign-up", via="qr")
        is_later(said)
        assert owner.status(registration) in ("Not_Found", "Sign_Up_In_Progress")
        world.mend()
    assert owner.acts(registration, "sign-up", via="qr").body["status"] == "Sign_Up_In_Progress"
    assert len(owner.codes()) == 1
    assert owner.types(owner.codes()[0]).status == 404


def test_a_registration_of_which_nothing_usable_is_said_is_not_complete(fresh: Fresh) -> None:
    world = fresh()
    owner = PhoneOwner(world)
    registration = owner.at_sign_up()
    world.fault("tsg", "POST", "/tsg/register", says(418, {"error": "SOMETHING_NEW"}))
    owner.types(owner.codes()[0])
    world.client.wait_for(registration, "Sign_Up_Complete", owner.token)
    world.client.control("POST", "/clock", {"freeze": True})  # or the middleware tries again between two faults
    for effect in [*ODD, says(200, {"registered": "maybe"}), says(404, {"error": "SUBJECT_NOT_FOUND"})]:
        world.mend()
        world.fault("tsg", "POST", "/tsg/*", effect, times=None)
        is_later(owner.acts(registration, "register"))
        assert owner.status(registration) == "Sign_Up_Complete"
    world.mend()
    assert owner.acts(registration, "register").body["status"] == "Register_Complete"
    world.advance("PT1M")
    assert len(world.messages(owner.persona["email"], "device-registered")) == 1


@pytest.mark.parametrize(
    ("service", "method", "path", "effects"),
    [
        ("auth_service", "GET", "/users/*/devices/*", DEVICE),
        ("auth_service", "PUT", "/users/*/devices/*", where_a_status_tells(ODD, 200, 409)),
        ("tsg", "POST", "/tsg/subject_info", SUBJECT_INFO),
    ],
)
def test_a_device_of_which_nothing_usable_is_said_is_not_activated(
    fresh: Fresh, service: str, method: str, path: str, effects: Effects
) -> None:
    world = fresh()
    owner = PhoneOwner(world)
    registration = owner.at_activate()
    for effect in effects:
        world.fault(service, method, path, effect)
        is_later(owner.acts(registration, "activate"))
        assert owner.status(registration) == "Register_Complete"
        world.mend()
    assert owner.acts(registration, "activate").body["status"] == "Device_Activate"
    world.advance("PT1M")
    assert len(world.messages(owner.persona["email"], "device-activated")) == 1


def test_a_notification_of_which_nothing_usable_is_said_is_delivered_later_once(fresh: Fresh) -> None:
    world = fresh()
    owner = PhoneOwner(world)
    registration = owner.at_activate()
    path = f"/users/{owner.persona['username']}/notifications"
    for effect in where_a_status_tells(ODD, 200, 409):
        world.fault("auth_service", "POST", path, effect)
    assert owner.acts(registration, "activate").body["status"] == "Device_Activate"
    world.advance("PT4H")
    assert len(world.messages(owner.persona["email"], "device-activated")) == 1


def test_the_journal_shows_what_was_said(fresh: Fresh) -> None:
    world = fresh()
    owner = PhoneOwner(world)
    world.fault("tsg", "POST", "/tsg/subject_info", says(418, {"error": "SOMETHING_NEW"}))
    asks_for_device(owner)
    theirs = last_exchange(world, "tsg", "/tsg/subject_info")
    assert (theirs["status"], theirs["answer"]) == (418, {"error": "SOMETHING_NEW"})
    ours = last_exchange(world, "orchestrator", "/registrations")
    assert (ours["status"], ours["branches"]) == (503, ["DR-0.6"])
    assert any("SOMETHING_NEW" in str(decision["facts"]) for decision in ours["decisions"])


def test_a_login_of_which_cymmetri_says_nothing_usable_is_an_outage(fresh: Fresh) -> None:
    world = fresh()
    owner = PhoneOwner(world)
    body = {"username": owner.persona["username"], "password": owner.persona["password"]}
    for path in ("/ciamauthsrvc/login", "/ciamauthsrvc/userinfo"):
        for effect in [*UNUSABLE.values(), says(418, {"success": False, "errorCode": "AUTHSRVC.SOMETHING_NEW"}),
                       says(200, {"success": False, "errorCode": "AUTHSRVC.SOMETHING_NEW"}),
                       says(200, {"success": True, "data": {"token": 7, "userId": 7}})]:  # fmt: skip
            world.fault("cymmetri", "", path, effect)
            said = world.ask("auth_service", "POST", "/auth/login", body)
            assert said.status == 503, (path, effect, said.text)
            assert said.headers["retry-after"]
            world.mend()
    assert world.ask("auth_service", "POST", "/auth/login", body).status == 200
