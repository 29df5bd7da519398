"""One mail by SMTP is taken for all of its recipients, or for none."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

import msgspec
import pytest
from aiosmtpd.smtp import Envelope

from registration_sandbox.runtime.mail_in import MOST_RECIPIENTS, MailroomHandler
from registration_sandbox.runtime.mail_reading import LARGEST_HEAD, MOST_PARTS
from simulators.kit.world_names import from_baggage

MAIL = b"Subject: hello\r\n\r\nYour code is 482913."
TWO = ["asha@example.test", "dev@example.test"]


class Mailroom:
    """A mailroom with the world ``default``; it answers deliveries with ``statuses``, then with 201."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.delivered: list[str] = []

    def send(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], _: float) -> Any:
        if method == "GET":
            return (200 if "/worlds/default/" in url else 404), b"{}", {}
        if from_baggage(headers["baggage"]) != "default":
            return 404, b"{}", {}
        status = self.statuses.pop(0) if self.statuses else 201
        if status == 201:
            self.delivered.append(msgspec.json.decode(body or b"")["to"])
        return status, b'{"x": "a\nb"}', {}


def handler_of(mailroom: Mailroom) -> MailroomHandler:
    handler = MailroomHandler("http://127.0.0.1:1")
    handler._pool = mailroom  # type: ignore[assignment]
    return handler


def mail_to(*recipients: str, content: bytes = MAIL) -> Envelope:
    envelope = Envelope()
    envelope.mail_from, envelope.content = "bank@bank.test", content
    envelope.rcpt_tos.extend(recipients)
    return envelope


def test_a_mail_is_delivered_once_to_each_recipient():
    mailroom = Mailroom()
    assert handler_of(mailroom).take(mail_to(*TWO, TWO[0])) == "250 OK"
    assert mailroom.delivered == TWO


@pytest.mark.parametrize(
    ("other", "reply"),
    [("dev+world.nowhere@example.test", "550 there is no world nowhere"),
     *[(f"{local}@example.test", "554 a recipient cannot have this mail") for local in ("x" * 400, "dev\0")]],
)  # fmt: skip
def test_a_mail_that_one_recipient_cannot_have_reaches_none(other, reply):
    mailroom = Mailroom()
    assert handler_of(mailroom).take(mail_to(TWO[0], other)).startswith(reply)
    assert mailroom.delivered == []


@pytest.mark.parametrize("status", [503, 400])
def test_a_mail_that_failed_in_between_is_to_be_sent_again_and_reaches_nobody_twice(status):
    mailroom = Mailroom(201, status)
    handler = handler_of(mailroom)
    assert handler.take(mail_to(*TWO)).startswith("451 not all recipients have it yet: ")
    assert handler.take(mail_to(*TWO)) == "250 OK"
    assert mailroom.delivered == TWO
    assert handler.take(mail_to(*TWO)) == "250 OK"
    assert mailroom.delivered == TWO * 2


def test_a_mail_is_read_once_however_many_it_is_for(monkeypatch):
    read: list[str] = []
    get_content = EmailMessage.get_content

    def count(mail: EmailMessage) -> Any:
        read.append("once")
        return get_content(mail)

    monkeypatch.setattr(EmailMessage, "get_content", count)
    mailroom = Mailroom()
    recipients = [f"person-{number}@example.test" for number in range(MOST_RECIPIENTS)]
    assert handler_of(mailroom).take(mail_to(*recipients)) == "250 OK"
    assert mailroom.delivered == recipients
    assert read == ["once"]


def test_a_mail_may_have_so_many_recipients_and_no_more():
    handler, envelope = handler_of(Mailroom()), Envelope()

    async def name_all() -> list[str]:
        names = [f"person-{number}@example.test" for number in range(MOST_RECIPIENTS + 1)]
        return [await handler.handle_RCPT(None, None, envelope, name, ["X"]) for name in names]

    with ThreadPoolExecutor(1) as elsewhere:  # a browser's test may have left this thread a loop of its own
        replies = elsewhere.submit(asyncio.run, name_all()).result()
    assert {reply[:3] for reply in replies[:-1]} == {"250"}
    assert replies[-1] == "452 a mail may have 100 recipients; send it to the others by itself"
    assert len(envelope.rcpt_tos) == len(envelope.rcpt_options) == MOST_RECIPIENTS


def test_a_reply_is_one_line():
    assert handler_of(Mailroom(400)).take(mail_to(TWO[0])) == r'554 the mailroom answered 400: {"x": "a\nb"}'


def nest(levels: int, lines: int = 0) -> bytes:
    """Return a mail of parts within parts, with empty lines in the innermost."""
    heads = [b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(levels)]
    return b"Subject: x\r\n" + b"".join(heads) + b"\r\nhello\r\n" + b"\r\n" * lines


def test_a_mail_has_so_many_parts_and_no_more_however_they_are_nested():
    assert handler_of(Mailroom()).take(mail_to(TWO[0], content=nest(MOST_PARTS - 1))) == "250 OK"
    refused = handler_of(Mailroom()).take(mail_to(TWO[0], content=nest(MOST_PARTS, lines=1000)))
    assert refused == f"552 a mail may have {MOST_PARTS} parts"


REPORT = b"Content-Type: message/delivery-status\r\n\r\n"
WITHIN = {
    "the mail": b"",
    "a part": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
    "a forwarded mail": b"Content-Type: message/rfc822\r\n\r\n",
    "a digest": b"Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n",
    "a report": b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n" + REPORT,
}


@pytest.mark.parametrize("within", WITHIN)
def test_long_headers_are_refused_wherever_they_are_before_one_is_parsed(within, monkeypatch):
    parsed: list[int] = []
    parse = EmailPolicy.header_fetch_parse

    def count(policy: EmailPolicy, name: str, value: str) -> Any:
        parsed.append(len(value))
        return parse(policy, name, value)

    monkeypatch.setattr(EmailPolicy, "header_fetch_parse", count)
    head = b"Content-Type: text/plain;\r\n" + b" a=b;\r\n" * (LARGEST_HEAD // 7)
    reply = handler_of(Mailroom()).take(mail_to(TWO[0], content=WITHIN[within] + head + b"\r\nhello"))
    assert reply == f"552 the headers of a mail, those of its parts included, may have {LARGEST_HEAD} characters"
    assert sum(parsed) < 1000
