"""Emails that also leave by a real mail server (RFC 5321)."""

import smtplib
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from simulators.kit.wire.connecting import connect
from simulators.mailroom.models import Message
from simulators.mailroom.policies import SmtpPolicies

STANDARD_PORT = 25
MOST_DOUBLINGS = 16
MOST_STEPS = 4
"""How many times as long as one step handing an email over may take: less than the lease on due work."""

READY = 220
"""What a mail server greets with (RFC 5321, section 4.2.3)."""

OUR_DOMAIN = "bank.example"


class SmtpFailure(Exception):
    """Raised when a mail server does not take an email; ``for_good`` when it would not take it later either."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.for_good = for_good


@dataclass(frozen=True)
class MailServer:
    """Where a mail server listens."""

    host: str
    port: int


def mail_server(url: str) -> MailServer:
    """Return the mail server that ``smtp://host:port`` names. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme != "smtp" or not parts.hostname:
        raise ValueError(f"SANDBOX_SMTP_URL is smtp://host:port, not {url!r}")
    return MailServer(parts.hostname, parts.port or STANDARD_PORT)


def as_email(message: Message, world: str) -> EmailMessage:
    """Return a message as an email (RFC 5322); sent twice, it has the same Message-ID.

    Raises SmtpFailure for good when it cannot be an email, as with a malformed address.
    """
    try:
        return _compose(message, world)
    except (ValueError, LookupError, MessageError) as error:  # the library's parser raises all three
        raise SmtpFailure(f"it cannot be an email: {error}", for_good=True) from error


def send(server: MailServer, email: EmailMessage, timeout: float) -> None:
    """Hand an email to a mail server; each step may take ``timeout`` seconds, all ``MOST_STEPS`` times as long.

    Raises SmtpFailure.
    """
    connection = _Session(timeout=timeout)
    overdue = threading.Event()
    watch = threading.Timer(MOST_STEPS * timeout, _end, [connection, overdue])
    watch.daemon = True
    watch.start()
    try:
        _connect(connection, server)
        connection.send_message(email)
    except (OSError, smtplib.SMTPException) as error:
        if overdue.is_set():
            raise SmtpFailure("it took too long over it", for_good=False) from error
        raise _failure(error) from error
    finally:
        with suppress(OSError, smtplib.SMTPException):  # an email that was taken stays taken, whatever is said to QUIT
            connection.quit()
        watch.cancel()
        connection.close()


class _Session(smtplib.SMTP):
    """A session with a mail server, for which the library's time-out holds however many addresses the server has."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return connect(host, port, timeout)


def _connect(connection: smtplib.SMTP, server: MailServer) -> None:
    code, reply = connection.connect(server.host, server.port)
    if code != READY:
        raise smtplib.SMTPConnectError(code, reply)


def _end(connection: smtplib.SMTP, overdue: threading.Event) -> None:
    """End a session of whatever replies come slowly or in very many lines: a time-out is for each part of them."""
    overdue.set()
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _failure(error: Exception) -> SmtpFailure:
    """Return what an error of the library means."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return SmtpFailure(str(error), for_good=all(map(_is_final, codes)))
    if isinstance(error, smtplib.SMTPResponseException):
        return SmtpFailure(str(error), for_good=_is_final(error.smtp_code))
    is_final = isinstance(error, smtplib.SMTPNotSupportedError)
    return SmtpFailure(str(error) or type(error).__name__, for_good=is_final)


def gap(policies: SmtpPolicies, attempts: int) -> timedelta | None:
    """Return how long to wait when ``attempts`` have failed; ``None`` when it is to be given up."""
    if attempts >= policies.attempts:
        return None
    doublings = min(attempts - 1, MOST_DOUBLINGS)
    return min(policies.first_gap * (1 << doublings), policies.longest_gap)


def _is_final(code: int) -> bool:
    """Tell whether a reply code is a permanent failure (RFC 5321, section 4.2.1)."""
    return 500 <= code < 600


def _compose(message: Message, world: str) -> EmailMessage:
    email = EmailMessage(policy=SMTP)
    email["Message-ID"] = f"<{message.id}@{world}.{OUR_DOMAIN}>"
    email["Date"] = format_datetime(message.sent_at)
    email["From"] = Address(username=message.sender, domain=OUR_DOMAIN)
    email["To"] = Address(addr_spec=message.to)
    email["Subject"] = " ".join(message.subject.split())
    email["X-Sandbox-World"] = world
    email["X-Sandbox-Purpose"] = " ".join(message.purpose.split())
    email.set_content(message.body)
    return email
