"""What people are sent: codes and news, by mail and text message."""

import re
from datetime import timedelta

from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.drivers.vocabulary import Via
from steps.observers.mailbox import Mailbox, messages
from steps.observers.tester import messages_of
from steps.support.sentences import Context, then


@then("{name:Name} has been sent {codes:Codes} by {channel:Channel}")
def was_sent_codes(context: Context, name: str, codes: int, channel: Via) -> None:
    mailbox = context.bank.actor(Mailbox, name)
    if codes:
        mailbox.code(channel)
    came = mailbox.codes(channel)
    assert len(came) == codes, f"{len(came)} codes came by {channel}, not {codes}"


@then("the latest code sent to {name:Name} by {channel:Channel} has {shape:CodeShape}")
def code_has_shape(context: Context, name: str, channel: Via, shape: str) -> None:
    code = context.bank.actor(Mailbox, name).code(channel)
    assert re.fullmatch(shape, code), f"the code is {code}"


@then("the first two codes sent to {name:Name} by {channel:Channel} differ")
def codes_differ(context: Context, name: str, channel: Via) -> None:
    first, second, *_ = context.bank.actor(Mailbox, name).codes(channel)
    assert first != second, f"both codes are {first}"


@then("nothing has been sent to anyone")
def nothing_was_sent(context: Context) -> None:
    came = messages(context.bank)
    assert not came, f"this has been sent: {[(each.channel, each.purpose) for each in came]}"


@then("{name:Name} has never been notified that {purpose:News}")
@then("{name:Name} has been notified {times:Times} that {purpose:News}")
def was_notified(context: Context, name: str, purpose: str, times: int = 0) -> None:
    came = context.bank.actor(Mailbox, name).notifications(purpose)
    assert came == times, f"{came} notifications of {purpose} came, not {times}"


@then("{name:Name} has been notified {times:Times} by {channel:Channel} that {purpose:News}")
def was_notified_by(context: Context, name: str, times: int, channel: Via, purpose: str) -> None:
    came = context.bank.actor(Mailbox, name).notifications(purpose, channel)
    assert came == times, f"{came} notifications of {purpose} came by {channel}, not {times}"


@then('each notification of {name:Name} calls her by name, and says nothing of "{text:Text}"')
def calls_by_name(context: Context, name: str, text: str) -> None:
    told = [each["body"] for each in messages_of(context.bank, name) if each["code"] is None]
    assert told, f"{name} has been notified of nothing"
    assert all(context.bank.person(name).legal_name in each and text not in each for each in told), f"it says: {told}"


@then("the codes, the news of the block and the news of the registration each have a subject of their own")
def have_subjects_of_their_own(context: Context) -> None:
    context.bank.settle_all()
    subjects: dict[str, set[str]] = {}
    for each in messages(context.bank):
        if each.channel == "email":
            subjects.setdefault(each.purpose, set()).add(each.subject)
    assert len(subjects) == 3, f"emails were sent of {subjects}"
    different = {subject for (subject,) in subjects.values()}
    assert all(different), f"the subjects are {subjects}"
    assert len(different) == len(subjects), f"the subjects are {subjects}"


@then("no two messages to {name:Name} by {channel:Channel} say the same")
def messages_differ(context: Context, name: str, channel: Via) -> None:
    context.bank.stir()
    texts = context.bank.actor(Mailbox, name).texts(channel)
    assert len(set(texts)) == len(texts) > 1, f"the messages say: {texts}"


@then('{name:Name} has been notified by {channel:Channel} with the words "{words:Text}"')
def was_notified_in_words(context: Context, name: str, channel: Via, words: str) -> None:
    context.bank.stir()
    texts = context.bank.actor(Mailbox, name).texts(channel)
    assert any(words in text for text in texts), f"the messages say: {texts}"


@then("the latest message sent to {name:Name} by {channel:Channel} says that access is blocked {end:BlockEnd}")
def message_says_end_of_block(context: Context, name: str, channel: Via, end: str | None) -> None:
    if context.bank.clock.shown() is None:
        raise NotTried(f"{context.bank.system.name} has a clock of its own, which does not stand still")
    context.bank.stir()
    text = context.bank.actor(Mailbox, name).text(channel)
    assert (end or "branch") in text, f"the message says: {text}"


@then("the latest code sent to {name:Name} by {channel:Channel} is said to be valid for {duration:Duration}")
def code_is_said_to_be_valid(context: Context, name: str, channel: Via, duration: timedelta) -> None:
    text = context.bank.actor(Mailbox, name).text_with_code(channel)
    minutes = int(duration.total_seconds() // 60)
    assert f" {minutes} minute" in text, f"the message says: {text}"
