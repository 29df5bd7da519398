"""A bank's own tests against the sandbox: each plays in a fresh world, side by side with the others."""

from collections.abc import Callable

import pytest

from registration_sandbox.client import Inbox, Persona, Phone, Refused, World

PASSWORD = "Chai4two!now"  # noqa: S105


@pytest.mark.sandbox(scenario="new-customer")
def test_a_new_customer_gets_as_far_as_the_code_on_her_mobile(
    world: World, persona: Callable[[str], Persona], inbox: Callable[[str], Inbox]
) -> None:
    visit = world.begin_web(persona("Asha"))
    visit.act("verify-email-otp", otp=inbox("Asha").code("email-otp"))
    assert visit.status == "Mobile_Otp_Sent"
    assert len(inbox("Asha").code("mobile-otp")) == 6


@pytest.mark.sandbox(scenario="new-customer", policies={"cymmetri": {"otp": {"lifetime": "PT2M"}}})
def test_a_code_is_too_old_after_two_minutes(
    world: World, persona: Callable[[str], Persona], inbox: Callable[[str], Inbox]
) -> None:
    visit = world.begin_web(persona("Asha"))
    code = inbox("Asha").code("email-otp")
    world.clock.advance("PT2M1S")
    with pytest.raises(Refused) as refused:
        visit.act("verify-email-otp", otp=code)
    assert refused.value.code == "REGSRVC.OTP_EXPIRED"
    assert "WR-2.4" in world.coverage()


@pytest.mark.sandbox(scenario="new-customer")
def test_an_outage_of_core_banking_is_told_as_one_and_ends(world: World, persona: Callable[[str], Persona]) -> None:
    with world.fault({"status": 503}, service="cbs", path="/cbs/customers/search") as outage:
        with pytest.raises(Refused) as refused:
            world.begin_web(persona("Asha"))
        assert (refused.value.status, refused.value.body["branch"]) == (503, "WR-1.5")
        assert outage.fired
    assert world.begin_web(persona("Asha")).status == "Email_Otp_Sent"


@pytest.mark.sandbox(scenario="new-phone")
def test_a_phone_is_registered_with_a_code_by_sms(
    world: World, persona: Callable[[str], Persona], inbox: Callable[[str], Inbox], phone: Callable[[str], Phone]
) -> None:
    chitra = persona("Chitra")
    assert chitra.username
    assert chitra.password
    app = world.begin_device(phone("Chitra"), world.log_in(chitra.username, chitra.password))
    app.act("sign-up", via="sms", contact=chitra.mobile)
    phone("Chitra").type_code(inbox("Chitra").code("sign-up-code"))
    assert app.wait_for("Register_Complete").act("activate").status == "Device_Activate"
