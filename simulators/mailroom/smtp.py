"""Emails that also leave by a real mail server (RFC 5321)."""

import smtplib
from dataclasses import dataclass
from datetime import timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from simulators.mailroom.models import Message
from simulators.mailroom.policies import SmtpPolicies

STANDARD_PORT = 25
MOST_DOUBLINGS = 16
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
    """Hand an email to a mail server; each step may take ``timeout`` seconds. Raises SmtpFailure."""
    try:
        with smtplib.SMTP(server.host, server.port, timeout=timeout) as connection:
            connection.send_message(email)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise SmtpFailure(str(error), for_good=all(map(_is_final, codes))) from error
    except smtplib.SMTPResponseException as error:
        raise SmtpFailure(str(error), for_good=_is_final(error.smtp_code)) from error
    except smtplib.SMTPNotSupportedError as error:
        raise SmtpFailure(str(error), for_good=True) from error
    except (OSError, smtplib.SMTPException) as error:
        raise SmtpFailure(str(error) or type(error).__name__, for_good=False) from error


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
