"""Relaying an email to the real mail server, once it is certain that it was delivered here."""

from collections.abc import Callable

from msgspec import Struct

from simulators.kit.scheduling.due import RetryLater, reads, schedule
from simulators.kit.scheduling.tables import Item
from simulators.kit.work import Work
from simulators.mailroom import tables
from simulators.mailroom.models import Message
from simulators.mailroom.policies import MailroomPolicies
from simulators.mailroom.smtp import SmtpFailure, as_email, gap, mail_server, send

SMTP = "smtp"
"""The kind of due work that relays an email."""


def schedule_email(work: Work, message: Message) -> None:
    """Have an email relayed to the mail server, where the sandbox was given one."""
    if message.channel == "email" and work.settings.smtp_url:
        schedule(work, SMTP, f"{SMTP}/{message.id}", work.now, {"message": message.id})


class _Relayed(Struct):
    message: str


@reads(_Relayed)
def relay(work: Work, item: Item) -> None:
    """Hand an email to the mail server; retry with growing gaps while it is not taken."""
    message = work.tx.first(tables.by_id, Message, id=item.payload["message"])
    work.commit()
    if message is None or not work.settings.smtp_url:
        return
    attempt = item.attempts + 1
    try:
        send(mail_server(work.settings.smtp_url), as_email(message, work.world.id), work.service.client.patience)
    except SmtpFailure as failure:
        work.decide(None, "smtp.delivery", message=message.id, attempt=attempt, taken=False, reason=str(failure))
        after = None if failure.for_good else gap(work.world.policies(MailroomPolicies).smtp, attempt)
        if after is not None:
            raise RetryLater(after) from failure
    else:
        work.decide(None, "smtp.delivery", message=message.id, attempt=attempt, taken=True)


DUE: dict[str, Callable[[Work, Item], None]] = {SMTP: relay}
