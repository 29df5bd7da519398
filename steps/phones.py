"""What people do on their phones with a sign-up code, and what the phones tell them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from registration_sandbox.drivers.vocabulary import Reason, Via
from steps.device_registration import owner
from steps.observers.journals import references
from steps.observers.mailbox import Mailbox
from steps.support.customer import wrong
from steps.support.others import Institution
from steps.support.phone_owner import PhoneOwner
from steps.support.sentences import Context, given, step, then, when

NEVER_ISSUED = "00000000"
"""A sign-up code that a person types who was sent none."""


def newest_code(context: Context, name: str) -> str:
    mailbox = context.bank.actor(Mailbox, name)
    return mailbox.code(owner(context, name).via)


@step("{name:Name} {elsewhere:Completion}")
def completes(context: Context, name: str, elsewhere: bool) -> None:
    found = owner(context, name)
    found.complete(found.take_new_phone() if elsewhere else found.phone)


@step("{name:Name} types {other:Name}'s sign-up code")
def types_code_of(context: Context, name: str, other: str) -> None:
    owner(context, name).phone.type_code(newest_code(context, other))


@when("{name:Name} types the first code that came by {channel:Channel}")
def types_first_code(context: Context, name: str, channel: Via) -> None:
    found = owner(context, name)
    found.phone.type_code(found.mailbox.codes(channel)[0])


@when("{name:Name} types the sign-up code in small letters and with a dash")
def types_in_small_letters(context: Context, name: str) -> None:
    code = newest_code(context, name).lower()
    owner(context, name).phone.type_code(f"{code[:4]}-{code[4:]}")


@step("{name:Name} types the sign-up code {flaw:PhoneFlaw}")
@step("{name:Name} types the sign-up code {flaw:PhoneFlaw} {times:Times}")
def types_with_flaw(context: Context, name: str, flaw: dict[str, Any], times: int = 1) -> None:
    for _ in range(times):
        owner(context, name).phone.type_code(newest_code(context, name), **flaw)


@when("{name:Name} scans the QR code from {picture:Picture}")
def scans_from(context: Context, name: str, picture: Callable[[bytes], bytes]) -> None:
    found = owner(context, name)
    found.phone.scan(picture(found.app.see_qr_code()))


@when("{name:Name} types the sign-up code on a phone whose clock is {error:ClockError}")
def types_with_clock_error(context: Context, name: str, error: timedelta) -> None:
    owner(context, name).phone.type_code_at(newest_code(context, name), error)


@step("{name:Name} types the sign-up code, and the app sends {credential:Credential}")
def types_with_credential(context: Context, name: str, credential: dict[str, Any]) -> None:
    found = owner(context, name)
    found.phone.type_code(newest_code(context, name), **credential)
    found.sent_credential = credential["credential"]


@step("{name:Name} types a wrong sign-up code")
@step("{name:Name} types a wrong sign-up code {times:Times}")
def types_wrong_code(context: Context, name: str, times: int = 1) -> None:
    found = owner(context, name)
    code = wrong((found.mailbox.codes(found.via) or [NEVER_ISSUED])[-1])
    for _ in range(times):
        found.phone.type_code(code)


@when("{name:Name} types a sign-up code of another world")
def types_code_of_another_world(context: Context, name: str) -> None:
    twin = context.bank.twin()
    twin.seed += 1  # or it would give the same code
    twin.open()
    context.add_cleanup(twin.close)
    code = Institution(twin, context.bank.person(name)).issue_code()
    owner(context, name).phone.type_code(code)


@step("{name:Name}'s phone is offline")
def is_offline(context: Context, name: str) -> None:
    owner(context, name).phone.connect(offline=True)


@step("{name:Name}'s phone is online again")
def is_online(context: Context, name: str) -> None:
    owner(context, name).phone.connect(offline=False)


@given("the phone has told {name:Name} that {reason:Reason}")
@then("the phone tells {name:Name} that {reason:Reason}")
def tells(context: Context, name: str, reason: Reason) -> None:
    phone = context.bank.actor(PhoneOwner, name).phones[-1]
    assert phone.seen.reason is reason, f"the phone tells {name}: {phone.seen}"


@then("{name:Name}'s phone shows that {event:PhoneEvent}")
def shows_event(context: Context, name: str, event: str) -> None:
    shown = context.bank.actor(PhoneOwner, name).phone.last_event()
    assert shown.partition(":")[0] == event, f"the phone shows {shown}"


@then("the phone tells {name:Name} to try again later")
def tells_to_try_later(context: Context, name: str) -> None:
    tells(context, name, Reason.TRY_LATER)


@then("the phone tells {name:Name} to wait {duration:Duration}")
def tells_to_wait(context: Context, name: str, duration: timedelta) -> None:
    seen = context.bank.actor(PhoneOwner, name).phone.seen
    assert seen.reason is Reason.TOO_MANY_ATTEMPTS, f"the phone tells {name}: {seen}"
    assert seen.retry_after == int(duration.total_seconds()), f"{name} is to wait {seen.retry_after} s"


@then("the phone tells {name:Name} that the sign-up code was sent")
def tells_that_it_was_sent(context: Context, name: str) -> None:
    seen = context.bank.actor(PhoneOwner, name).phone.seen
    assert seen.went_well, f"the phone tells {name}: {seen}"


@then("TSG has been sent a sign-up code {times:Times}")
def has_been_sent_code(context: Context, times: int) -> None:
    sent = context.bank.exchanges("tsg", "POST", "/sdk/signup")
    assert len(sent) == times, f"TSG has been sent {len(sent)} sign-up codes"


@then("TSG has {name:Name}'s phone registered")
def is_registered(context: Context, name: str) -> None:
    assert context.bank.actor(PhoneOwner, name).phone.is_registered(), f"TSG does not have {name}'s phone registered"


@then("TSG does not have {name:Name}'s phone registered")
def is_not_registered(context: Context, name: str) -> None:
    assert not context.bank.actor(PhoneOwner, name).phone.is_registered(), f"TSG has {name}'s phone registered"


@then("TSG holds the credential as {name:Name}'s app has sent it")
def holds_credential(context: Context, name: str) -> None:
    institution = context.bank.actor(Institution, name)
    held = institution.credential_of(references(context.bank)[name])
    sent = owner(context, name).sent_credential
    assert held == sent, f"TSG holds {held}, and the app has sent {sent}"
