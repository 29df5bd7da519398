"""What people see who add a phone: their phones, whose a phone is, and the QR code."""

from registration_sandbox.drivers.protocols import NoAnswer
from steps.support.looking import look_as
from steps.support.phone_owner import PhoneOwner
from steps.support.sentences import Context, then

PNG = b"\x89PNG\r\n\x1a\n"


@then("{name:Name} is told of {phones:Phones}")
def is_told_of_phones(context: Context, name: str, phones: int) -> None:
    told = look_as(context, name).phones
    own = [phone.em_cert_id for phone in context.bank.actor(PhoneOwner, name).phones]
    named = [one for one in own if any(one in each for each in told)]
    assert len(named) == len(told) == phones, f"{name} is told of {len(told)} phones: {told}"


@then("{name:Name} is not told whose phone it is")
def is_not_told_whose(context: Context, name: str) -> None:
    seen = look_as(context, name)
    others = [person for person in context.bank.everybody() if person.name != name]
    telling = [each for one in others for each in (one.name, one.username, one.email, one.cif) if each]
    found = [each for each in telling if each.lower() in seen.everything.lower()]
    assert not found, f"the answer tells {found}"


@then("{name:Name} is shown a QR code")
def is_shown_qr(context: Context, name: str) -> None:
    image = context.bank.acts(name).see_qr_code()
    assert image.startswith(PNG), "what is shown is no PNG image"


@then("{name:Name} is shown no QR code")
def is_shown_no_qr(context: Context, name: str) -> None:
    try:
        context.bank.acts(name).see_qr_code()
    except NoAnswer:
        return
    raise AssertionError(f"{name} is shown a QR code")
