"""What people see: what the web site asks, what they are told, and what comes by mail and text message."""

import re
from datetime import datetime, timedelta

from behave import then
from behave.runner import Context

from steps.support.mailbox import Mailbox, messages
from steps.support.people import DEBIT
from steps.support.phone import BankApp
from steps.support.talk import Answer
from steps.support.web_visit import WebVisit

NOT_FOR_EVERYONE = ("dormant", "closed", "deceased", "hotlisted", "expired")
"""What an answer must not say of a customer or a card."""


PNG = b"\x89PNG\r\n\x1a\n"


def told(context: Context, name: str) -> Answer:
    """Return what a person was told last."""
    found: Answer = context.bank.told[name]
    return found


def refused_with(answer: Answer, reason: str) -> None:
    assert answer.refused, f"this should have been refused: {answer}"
    assert answer.reason == reason, f"{reason} was expected: {answer}"
    if reason == "UPSTREAM_UNAVAILABLE":
        assert answer.retry_after, f"when to try again is not told: {answer}"


@then("{name:Name} is asked {point:Point}")
def is_asked(context: Context, name: str, point: tuple[str, str | None]) -> None:
    status, action = point
    page = context.bank.actor(WebVisit, name).page
    assert page["status"] == status, f"{name} is at {page['status']}: {told(context, name)}"
    assert action is None or action in page["allowed_actions"], f"{name} can only {page['allowed_actions']}"


@then("{name:Name} is told that {reason:Reason}")
def is_told(context: Context, name: str, reason: str) -> None:
    refused_with(told(context, name), reason)


@then('{name:Name} is told "{words:Text}"')
def is_told_words(context: Context, name: str, words: str) -> None:
    assert words in told(context, name).message, f"{name} is told {told(context, name).message!r}"


@then("{name:Name} is told that {attempts:Attempts} left")
def is_told_attempts(context: Context, name: str, attempts: int) -> None:
    answer = told(context, name)
    assert answer.details.get("attemptsLeft") == attempts, f"{attempts} should be left: {answer.details}"


@then("{name:Name} still has {attempts:Attempts}")
def still_has_attempts(context: Context, name: str, attempts: int) -> None:
    site = context.bank.actor(WebVisit, name)
    if site.status == "Mobile_Verified":
        answer = site.give_wrong_card("pin", DEBIT)
    else:
        site.wait_and_ask_for_another_code()
        answer = site.enter_wrong_code()
    left = answer.details.get("attemptsLeft")
    assert left == attempts - 1, f"one more mistake should leave {attempts - 1} attempts: {answer} {answer.details}"


@then("{name:Name} is told that access is blocked {end:BlockEnd}")
def is_blocked(context: Context, name: str, end: str | None) -> None:
    answer = told(context, name)
    refused_with(answer, "USER_BLOCKED")
    ends = answer.details.get("blockedUntil")
    shown = f"{datetime.fromisoformat(ends):%H:%M}" if ends else None
    assert shown == end, f"the block is told to end at {ends}"


@then("{name:Name} is told to wait {duration:Duration}")
def is_told_to_wait(context: Context, name: str, duration: timedelta) -> None:
    answer = told(context, name)
    refused_with(answer, "RESEND_TOO_SOON")
    seconds = int(duration.total_seconds())
    assert answer.details.get("retryAfterSeconds") == seconds, f"the wait is told as {answer.details}"


@then("{name:Name} is not told why")
def is_not_told_why(context: Context, name: str) -> None:
    answer = told(context, name)
    said = answer.raw.decode().lower()
    telling = [word for word in NOT_FOR_EVERYONE if word in said]
    assert not telling, f"the answer tells {telling}"
    assert not answer.body.get("field"), f"the answer names {answer.body['field']}"


@then("{name:Name} is told what is wrong with {field:Field}")
def is_told_field(context: Context, name: str, field: str) -> None:
    answer = told(context, name)
    refused_with(answer, "VALIDATION_FAILED")
    assert answer.body.get("field") == field, f"the answer names {answer.body.get('field')}, not {field}: {answer}"


@then("{name:Name} is told that the password {rule:BrokenRule}")
def is_told_broken_rule(context: Context, name: str, rule: str) -> None:
    answer = told(context, name)
    refused_with(answer, "PASSWORD_POLICY_VIOLATION")
    assert rule in answer.details.get("violations", ()), f"{rule} is not among {answer.details}"


@then("{name:Name} is told of {number:Rules}")
def is_told_of_rules(context: Context, name: str, number: int) -> None:
    violations = told(context, name).details.get("violations", [])
    assert len(violations) == number, f"the broken rules are told to be {violations}"


@then("{name:Name} is shown only part of the {contact:Contact}")
def is_shown_part(context: Context, name: str, contact: str) -> None:
    person = context.bank.person(name)
    shown = told(context, name).details.get(contact)
    whole = person.email if contact == "maskedEmail" else person.mobile
    assert shown, f"{name} is shown nothing of the {contact}: {told(context, name)}"
    assert (shown[0], shown != whole) == (whole[0], True), f"{name} is shown {shown}"


@then("{name:Name} can use {factors:Factors} as proof")
def can_use(context: Context, name: str, factors: list[str]) -> None:
    listed = told(context, name).details["factors"]
    assert sorted(listed) == factors, f"{name} is offered {listed}"


@then("{name:Name} is shown {user_id:ShownUserId}")
def is_shown_user_id(context: Context, name: str, user_id: str | None) -> None:
    answer = told(context, name)
    assert not answer.refused, f"{name} was refused: {answer}"
    assert answer.details.get("userId") == user_id, f"{name} is shown {answer.details}"


@then("{name:Name} has been sent {codes:Codes} by {channel:Channel}")
def was_sent_codes(context: Context, name: str, codes: int, channel: str) -> None:
    mailbox = context.bank.actor(Mailbox, name)
    if codes:
        mailbox.code(channel)
    came = mailbox.codes(channel)
    assert len(came) == codes, f"{len(came)} codes came by {channel}, not {codes}"


@then("the newest code of {name:Name} by {channel:Channel} has {shape:CodeShape}")
def code_has_shape(context: Context, name: str, channel: str, shape: str) -> None:
    code = context.bank.actor(Mailbox, name).code(channel)
    assert re.fullmatch(shape, code), f"the code is {code}"


@then("nothing has been sent to anyone")
def nothing_was_sent(context: Context) -> None:
    came = messages(context.bank)
    assert not came, f"this has been sent: {[(each['channel'], each['purpose']) for each in came]}"


@then("{name:Name} has {times:Times} been notified that {purpose:News}")
def was_notified(context: Context, name: str, times: int, purpose: str) -> None:
    came = context.bank.actor(Mailbox, name).notifications(purpose)
    assert came == times, f"{came} notifications of {purpose} came, not {times}"


@then("the phone tells {name:Name} that {reason:PhoneReason}")
def phone_tells(context: Context, name: str, reason: str) -> None:
    heard = context.bank.actor(BankApp, name).phones[-1].heard
    refused_with(heard, reason)


@then("{name:Name} is shown a QR code")
def is_shown_qr(context: Context, name: str) -> None:
    image = context.bank.actor(BankApp, name).qr_image()
    assert image.media_type == "image/png", f"no image is shown: {image}"
    assert image.raw.startswith(PNG), "what is shown is no PNG image"


@then("{name:Name} can {actions:Possibility}")
def can_do(context: Context, name: str, actions: set[str]) -> None:
    app = context.bank.actor(BankApp, name)
    page = app.page if app.registrations else context.bank.actor(WebVisit, name).page
    assert actions & set(page["allowed_actions"]), f"{name} can only {page['allowed_actions']}"
