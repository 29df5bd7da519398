"""Sees that an email leaves by the real mail server, once it is certain that it was taken in here."""

from typing import TYPE_CHECKING

from simulators.kit.due import Again, Item, schedule
from simulators.kit.lazy import lazy
from simulators.kit.work import Work
from simulators.mailroom.models import Message
from simulators.mailroom.policies import MailroomPolicies
from simulators.mailroom.smtp import NotTaken, as_email, gap, mail_server, send

if TYPE_CHECKING:
    from simulators.mailroom import tables
else:
    tables = lazy("simulators.mailroom.tables")

SMTP = "smtp"
"""The kind of due work by which an email leaves."""


def schedule_email(work: Work, message: Message) -> None:
    """Have a message leave by the mail server, if it is an email and the sandbox was given one."""
    if message.channel == "email" and work.settings.smtp_url:
        schedule(work, SMTP, f"{SMTP}/{message.id}", work.now, {"message": message.id})


def deliver(work: Work, item: Item) -> None:
    """Hand an email to the mail server; try again with growing gaps while it is not taken."""
    message = work.tx.first(tables.by_id, Message, id=item.payload["message"])
    work.commit()
    if message is None or not work.settings.smtp_url:
        return
    attempt = item.attempts + 1
    try:
        send(mail_server(work.settings.smtp_url), as_email(message, work.world.id), work.service.client.patience)
    except NotTaken as failure:
        work.decide(None, "smtp.delivery", message=message.id, attempt=attempt, taken=False, reason=str(failure))
        after = None if failure.for_good else gap(work.world.policies(MailroomPolicies).smtp, attempt)
        if after is not None:
            raise Again(after) from failure
    else:
        work.decide(None, "smtp.delivery", message=message.id, attempt=attempt, taken=True)
