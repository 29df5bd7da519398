"""What happens at TSG and at the Auth Service beside the app: dealings of the back office, and errands."""

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from registration_sandbox.drivers.people import Person
from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.drivers.vocabulary import Via
from registration_sandbox.drivers.wire import Reply
from simulators.kit.clock import parse
from steps.device_registration import owner
from steps.observers.journals import Request, list_questions_of_bank
from steps.support.certificate_chain import CertificateChain
from steps.support.circumstances import REQUESTS
from steps.support.device_vocabulary import ERRANDS
from steps.support.masks import mask
from steps.support.others import SERVICE_ID, Institution
from steps.support.phone_owner import PhoneOwner
from steps.support.sentences import Context, given, step, then, when
from steps.support.token_bearer import Errand, TokenBearer

FORBIDDEN = 403
NO_PHONE = "0" * 64
WHOLE_FORM = {
    "service_id": SERVICE_ID, "subject_id": NO_PHONE, "external_reference": "none", "token": "none",
    "purpose": "news", "subject": "News", "body": "News of your bank.",
}  # fmt: skip
"""All that TSG or the Auth Service may want to be told before they look at a key."""

WHO_IS_LOGGED_IN = REQUESTS["the Auth Service who is logged in"]


@step("TSG has {dealing:Dealing} {name:Name}'s phone")
def tsg_deals(context: Context, dealing: str, name: str) -> None:
    context.bank.actor(Institution, name).tell_tsg(dealing, owner(context, name).phone)


@step("the back office asks TSG to {demand:Demand} {name:Name}'s phone")
def back_office_demands(context: Context, demand: str, name: str) -> None:
    phone = owner(context, name).phone
    context.reply = context.bank.actor(Institution, name).ask_tsg(demand, subject_id=phone.em_cert_id)


@when("the back office asks TSG about {name:Name}'s phone")
def back_office_asks_about(context: Context, name: str) -> None:
    phone = owner(context, name).phone
    context.reply = context.bank.actor(Institution, name).ask_tsg("subject_info", subject_id=phone.em_cert_id)


@then("TSG says of which make {name:Name}'s phone is")
def says_of_which_make(context: Context, name: str) -> None:
    made = context.bank.actor(PhoneOwner, name).phone.made_as()
    told = context.reply.body.get("device")
    assert told == made, f"the phone is {made}, and TSG says {told}"


@when("the back office asks TSG for the certificate of {name:Name}'s phone")
def back_office_asks_for_certificate(context: Context, name: str) -> None:
    phone = owner(context, name).phone
    context.reply = context.bank.actor(Institution, name).fetch_certificate(phone)


@then("TSG gives the certificate of {name:Name}'s phone and the one that it is signed by, each in both spellings")
def gives_certificates(context: Context, name: str) -> None:
    assert not context.reply.refused, f"TSG answers {context.reply}"
    read = CertificateChain.read(context.reply.body)
    assert read.fingerprint == context.bank.actor(PhoneOwner, name).phone.em_cert_id, "it is of another phone"
    assert read.is_signed_by_next, f"TSG gives {context.reply.body['certificateChain']}"
    assert read.is_the_same_in_der, f"in the other spelling there are {context.reply.body['certificateChainDer']}"


@given("TSG has refused the back office")
@then("TSG refuses the back office")
def tsg_refuses_back_office(context: Context) -> None:
    assert context.reply.refused, f"TSG answers {context.reply}"


@given("the bank has taken {name:Name}'s {dealing:OutOfUse} phone out of service")
def bank_takes_out_of_service(context: Context, name: str, dealing: str) -> None:
    phone = context.bank.actor(PhoneOwner, name).phones[0]
    institution = context.bank.actor(Institution, name)
    institution.tell_tsg(dealing, phone)
    institution.remove_from_auth_service(phone)


@step("the Auth Service has meanwhile added {name:Name}'s phone")
def auth_service_added(context: Context, name: str) -> None:
    context.bank.actor(Institution, name).add_to_auth_service(owner(context, name).phone)


@when("the back office has {name:Name} notified by {channel:Channel} that {purpose:News}")
def back_office_notifies(context: Context, name: str, channel: Via, purpose: str) -> None:
    owner(context, name)
    context.reply = context.bank.actor(Institution, name).notify(channel, purpose)


@then("the back office is shown only part of {name:Name}'s {contact:Contact}")
def is_shown_part(context: Context, name: str, contact: Via) -> None:
    shows_part(context.reply, "to", context.bank.person(name), contact)


@when("somebody without the bank's key asks {request:Request}")
def asks_without_key(context: Context, request: Request) -> None:
    context.bank.open()
    path = request.path.replace("*", NO_PHONE)
    context.replies = {
        key: context.bank.wire.ask(
            request.service, request.method, path, WHOLE_FORM, headers={"X-API-Key": key} if key else {}
        )
        for key in ("", "wrong")
    }


@then("nothing is answered but that the key is wrong")
def key_is_wrong(context: Context) -> None:
    answered = [reply.status for reply in context.replies.values()]
    assert answered == [HTTPStatus.UNAUTHORIZED] * 2, f"the answers are {context.replies}"


@given("the Auth Service has meanwhile added another phone of {name:Name}'s")
def auth_service_added_another(context: Context, name: str) -> None:
    found = owner(context, name)
    phone = found.take_new_phone()
    found.phones.insert(0, found.phones.pop())
    context.bank.actor(Institution, name).add_to_auth_service(phone)


@given("the Auth Service has meanwhile given {other:Name}'s phone to {name:Name}")
def auth_service_gave(context: Context, other: str, name: str) -> None:
    phone = owner(context, other).phone
    context.bank.actor(Institution, other).remove_from_auth_service(phone)
    context.bank.actor(Institution, name).add_to_auth_service(phone)


@given("the Auth Service has meanwhile removed {name:Name}'s phone")
def auth_service_removed(context: Context, name: str) -> None:
    context.bank.actor(Institution, name).remove_from_auth_service(owner(context, name).phone)


@given("the Auth Service has meanwhile removed the oldest of {name:Name}'s phones")
def auth_service_removed_oldest(context: Context, name: str) -> None:
    context.bank.actor(Institution, name).remove_from_auth_service(owner(context, name).phones[0])


@when("{name:Name} asks the Auth Service itself {errand:Errand}, in {other:Name}'s name")
def asks_auth_service_about(context: Context, name: str, errand: Errand, other: str) -> None:
    phone = context.bank.actor(PhoneOwner, other).phone
    context.bank.actor(TokenBearer, name).ask(errand, context.bank.person(other), phone.em_cert_id)


@when("{name:Name} asks the Auth Service itself {errand:Errand}")
def asks_auth_service(context: Context, name: str, errand: Errand) -> None:
    asks_auth_service_about(context, name, errand, name)


@when("{name:Name} asks the Auth Service itself {errand:Errand}, and writes the user id in capitals")
def asks_auth_service_in_capitals(context: Context, name: str, errand: Errand) -> None:
    person = context.bank.person(name)
    in_capitals = replace(person, username=person.credentials[0].upper())
    context.bank.actor(TokenBearer, name).ask(errand, in_capitals, owner(context, name).phone.em_cert_id)


@when("{name:Name} asks the Auth Service itself to remove {other:Name}'s phone from {own:Name}'s account")
def asks_to_remove_from_account(context: Context, name: str, other: str, own: str) -> None:
    phone = context.bank.actor(PhoneOwner, other).phone
    errand = ERRANDS["to remove the phone"]
    context.bank.actor(TokenBearer, name).ask(errand, context.bank.person(own), phone.em_cert_id)


@then("the Auth Service refuses {name:Name}")
def auth_service_refuses(context: Context, name: str) -> None:
    reply = context.bank.actor(TokenBearer, name).reply
    assert reply.status == FORBIDDEN, f"the Auth Service answers {reply}"


@then("the Auth Service shows {name:Name} only part of the {contact:Contact}")
def auth_service_shows_part(context: Context, name: str, contact: Via) -> None:
    field = "maskedEmail" if contact is Via.EMAIL else "maskedMobile"
    shows_part(context.bank.actor(TokenBearer, name).reply, field, context.bank.person(name), contact)


def shows_part(reply: Reply, field: str, person: Person, contact: Via) -> None:
    whole = person.email if contact is Via.EMAIL else person.mobile
    assert whole is not None
    assert reply.body.get(field) == mask(whole), f"the Auth Service answers {reply}"
    assert whole not in reply.text, f"the Auth Service answers {reply}"


@then("the Auth Service says that {name:Name}'s phone was added at {instant:Instant}")
def says_when_it_was_added(context: Context, name: str, instant: datetime) -> None:
    if context.bank.clock.shown() is None:
        raise NotTried(f"{context.bank.system.name} has a clock of its own, which does not stand still")
    reply = context.bank.actor(TokenBearer, name).reply
    assert parse(reply.body["addedAt"]) == instant, f"the Auth Service answers {reply}"


@then("the Auth Service has told the bank that {name:Name}'s session lasts until {instant:Instant}")
def has_told_end_of_session(context: Context, name: str, instant: datetime) -> None:
    if context.bank.clock.shown() is None:
        raise NotTried(f"{context.bank.system.name} has a clock of its own, which does not stand still")
    told = list_questions_of_bank(context.bank, WHO_IS_LOGGED_IN)[-1].answer
    assert told["username"] == context.bank.person(name).username, f"the Auth Service has told {told}"
    assert told["exp"] == instant.timestamp(), f"the Auth Service has told {told}"


@then("the Auth Service answers {name:Name}")
def auth_service_answers(context: Context, name: str) -> None:
    reply = context.bank.actor(TokenBearer, name).reply
    assert not reply.refused, f"the Auth Service answers {reply}"


@then("the Auth Service lists {name:Name}'s phones, the one that was added first before all others")
def lists_phones_in_order(context: Context, name: str) -> None:
    added = context.bank.actor(Institution, name).when_added()
    assert len(set(added)) > 3, f"they were added at {added}"
    assert added == sorted(added), f"they were added at {added}"
