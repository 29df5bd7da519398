"""A device of somebody else is refused at once; a user has as many devices as allowed (DR-0.7, DR-1.9, DR-4.6)."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.world import Said
from tests.system.device.bank import DEVICE, SIGN_UP_CODES, SUBJECT_INFO, Bank, Phone, User

pytestmark = pytest.mark.thorough


Fresh = Callable[..., Bank]


def devices_of(said: Said) -> list[str]:
    return [device["emCertID"] for device in said.body["details"]["devices"]]


def ask_to_open(user: User, phone: Phone) -> Said:
    body = {"flow": "device", "emCertID": phone.em_cert_id}
    return user.bank.ask("orchestrator", "POST", "/registrations", body, user.token)


def associate(user: User, phone: Phone) -> None:
    path = f"/users/{user.username}/devices/{phone.em_cert_id}"
    user.bank.client.call("auth_service", "PUT", path, token=user.token)


def remove(user: User, em_cert_id: str) -> None:
    user.bank.client.call("auth_service", "DELETE", f"/users/{user.username}/devices/{em_cert_id}", token=user.token)


def fill(user: User, number: int) -> list[str]:
    """Give a user so many devices, in this order."""
    phones = [user.phone() for _ in range(number)]
    for phone in phones:
        associate(user, phone)
        user.bank.advance("PT1S")
    return [phone.em_cert_id for phone in phones]


def test_the_device_of_another_user_is_refused_at_once_and_leaves_nothing_behind(bank: Bank) -> None:
    chitra, jai = bank.user(), bank.user("Jai")
    phone = chitra.phone()
    associate(jai, phone)
    said = ask_to_open(chitra, phone)
    assert (said.status, said.body["code"], said.body["branch"]) == (409, "device-of-another-user", "DR-0.7")
    assert said.branches == ["DR-0.7"]
    assert "id" not in said.body
    assert "location" not in said.headers
    assert jai.username not in said.text
    assert bank.calls("tsg", "POST", SUBJECT_INFO) == []
    assert bank.client.control("GET", "/registrations")["registrations"] == []
    bank.advance("PT1H")
    assert chitra.told("device-not-found") == []
    assert ask_to_open(jai, phone).body["status"] == "Device_Activate"


def test_a_device_that_became_another_users_is_refused_when_it_is_checked_and_nothing_moves(bank: Bank) -> None:
    chitra, jai = bank.user(), bank.user("Jai")
    registration = chitra.adds()
    associate(jai, registration.phone)
    said = registration.act("check")
    assert (said.status, said.body["code"], said.branches) == (409, "device-of-another-user", ["DR-0.7"])
    assert (registration.status, registration.told) == ("Sign_Up_In_Progress", "DR-0.7")
    remove(jai, registration.phone.em_cert_id)
    assert registration.signed_up().act("activate").body["status"] == "Device_Activate"


@pytest.mark.parametrize("effect", [{"status": 503}, {"garbage": True}, {"reset": True}, {"status": 418}])
def test_whose_a_device_is_is_never_guessed_while_the_auth_service_does_not_say(
    bank: Bank, effect: dict[str, Any]
) -> None:
    chitra = bank.user()
    phone = chitra.phone()
    bank.fault("auth_service", "GET", "/devices/*", effect)
    said = ask_to_open(chitra, phone)
    assert (said.status, said.branches) == (503, ["DR-0.5"])
    assert ask_to_open(chitra, phone).body["status"] == "Not_Found"


@pytest.mark.parametrize("via", ["email", "sms", "qr"])
def test_a_user_with_as_many_devices_as_allowed_is_told_them_before_tsg_is_asked(bank: Bank, via: str) -> None:
    chitra = bank.user()
    phone = chitra.phone()
    owned = fill(chitra, 5)
    registration = chitra.open(phone)
    said = registration.sign_up(via)
    assert (said.status, said.body["code"], said.branches) == (409, "device-limit-reached", ["DR-1.9"])
    assert devices_of(said) == owned
    assert (registration.status, registration.told) == ("Not_Found", "DR-1.9")
    assert registration.now["allowed_actions"] == ["sign-up", "check"]
    assert bank.calls("tsg", "POST", SIGN_UP_CODES) == []
    assert bank.messages(purpose="sign-up-code") == []
    remove(chitra, owned[2])
    assert registration.sign_up().status == 200
    assert registration.signed_up().act("activate").body["status"] == "Device_Activate"
    assert len(chitra.devices()) == 5


def test_a_user_with_one_device_fewer_than_allowed_adds_one(fresh: Fresh) -> None:
    bank = fresh(auth_service={"max_devices": 2})
    chitra = bank.user()
    fill(chitra, 1)
    registration = chitra.adds().signed_up()
    assert registration.act("activate").body["status"] == "Device_Activate"
    another = chitra.open(chitra.phone())
    assert another.sign_up().branches == ["DR-1.9"]


def test_a_wrong_contact_is_told_before_the_number_of_devices(bank: Bank) -> None:
    chitra = bank.user()
    fill(chitra, 5)
    said = chitra.open(chitra.phone()).act("sign-up", via="email", contact="somebody@example.test")
    assert (said.status, said.branches) == (422, ["DR-1.4"])


def test_a_sign_up_under_way_goes_on_although_the_number_of_devices_is_reached_meanwhile(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    owned = fill(chitra, 5)
    assert registration.sign_up("email").branches == ["DR-1.9"]
    assert (registration.status, len(chitra.codes("email"))) == ("Sign_Up_In_Progress", 0)
    assert registration.signed_up().told == "DR-3.1"
    said = registration.act("activate")
    assert (said.status, said.body["code"], said.branches) == (409, "device-limit-reached", ["DR-4.6"])
    assert devices_of(said) == owned
    assert (registration.status, registration.told) == ("Register_Complete", "DR-4.6")
    bank.advance("PT1H")
    assert chitra.told("device-activated") == []
    remove(chitra, owned[0])
    done = registration.act("activate")
    assert (done.body["status"], done.branches) == ("Device_Activate", ["DR-4.1"])
    bank.advance("PT1H")
    assert len(chitra.told("device-activated")) == 1


def test_a_limit_of_which_the_devices_cannot_be_told_now_is_told_later(bank: Bank) -> None:
    chitra = bank.user()
    registration = chitra.adds().signed_up()
    fill(chitra, 5)
    bank.fault("auth_service", "GET", "/users/*/devices", {"status": 503})
    said = registration.act("activate")
    assert (said.status, said.branches) == (503, ["DR-4.5"])
    assert registration.act("activate").branches == ["DR-4.6"]
    assert registration.status == "Register_Complete"


def test_twenty_activations_at_once_never_pass_the_number_of_devices(bank: Bank) -> None:
    chitra = bank.user()
    registrations = [chitra.open(chitra.phone()) for _ in range(20)]
    for registration in registrations:
        assert registration.sign_up("qr").status == 200
        assert registration.types(registration.shown()).status == 200
    said = bank.at_once([registration.request("activate") for registration in registrations])
    done = [registration for registration, each in zip(registrations, said, strict=True) if each.status == 200]
    refused = [each for each in said if each.status != 200]
    assert len(done) == len(chitra.devices()) == 5
    assert {each.body["code"] for each in refused} == {"device-limit-reached"}
    assert len(refused) == 15
    assert bank.worked("auth_service", "PUT", DEVICE) == 5
    assert {registration.status for registration in registrations} == {"Device_Activate", "Register_Complete"}
    bank.advance("PT1H")
    assert len(chitra.told("device-activated")) == 5
    for registration in done:
        remove(chitra, registration.phone.em_cert_id)
    left = [each for each in registrations if each not in done]
    assert [each.act("activate").status for each in left[:5]] == [200] * 5
    assert left[5].act("activate").branches == ["DR-4.6"]
