"""``SANDBOX_SMTP_IN=1``: mail that a real system sends by SMTP is delivered to the mailroom.

It runs in its own process, ``python -m registration_sandbox.runtime.mail_in URL BEATS FD …``: aiosmtpd needs asyncio,
which the serving processes, patched by gevent, do not have. The supervisor keeps it up as it does those; it ends when
its standard input is closed, with the sandbox.
"""

import asyncio
import hashlib
import os
import re
import signal
import socket
import sys
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import parseaddr
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, cast
from urllib.parse import quote

import msgspec
from aiosmtpd.smtp import SMTP, Envelope

from registration_sandbox.runtime.heartbeat import BEAT_INTERVAL, Heartbeat, beat
from registration_sandbox.runtime.mail_reading import TooLarge, read_mail
from registration_sandbox.runtime.supervisor import STOP_TIMEOUT
from simulators.kit import log as _log  # noqa: F401  # what aiosmtpd logs is escaped, too
from simulators.kit.printable import escape_controls
from simulators.kit.wire.pool import NoAnswer, Pool
from simulators.kit.wire.strict_json import read_json
from simulators.kit.world_names import DEFAULT, to_baggage
from simulators.mailroom.models import NewMessage

WORLD_HEADER = "Sandbox-World"
PURPOSE = "smtp"
LARGEST = 1024 * 1024
MOST_RECIPIENTS = 100
"""How many recipients a mail may have; those beyond are put off (RFC 5321, section 4.5.3.1.10)."""

LONGEST_SENDER, LONGEST_SUBJECT, LONGEST_BODY = 100, 500, 20_000
CONNECT_TIMEOUT, READ_TIMEOUT = 2.0, 10.0
UNKNOWN, REFUSED, FAILED = 404, 300, 500
STANDARD_INPUT = 0
TAKEN = "2"
"""Begins the replies that take a mail."""

MOST_REMEMBERED = 1000
"""Of so many mails that some recipients have and others do not have yet it is known who has them."""

TAG = re.compile(r"\+world\.([a-z0-9][a-z0-9-]{0,62})@")
"""How a recipient's address names its world: ``asha+world.team-a@example.test``."""

CODE = re.compile(r"(?<![\w.+-])\d{4,10}(?![\w-]|\.\d)")
"""What is taken for the code in a mail: digits that stand alone."""


class MailroomHandler:
    """Hands each mail to the mailroom, once for each recipient: for all of them, or for none.

    Where the mailroom fails in between, the mail is to be sent again; who has it already does not get it twice.
    """

    def __init__(self, url: str, ca_file: Path | None = None) -> None:
        self._url = url
        self._pool = Pool("sandbox-smtp/1", CONNECT_TIMEOUT, ca_file)
        self._delivered: dict[str, set[str]] = {}
        self._under_way: set[asyncio.Future[str]] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]) -> str:
        """Take another recipient of a mail, as aiosmtpd asks."""
        del server, session
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return f"452 a mail may have {MOST_RECIPIENTS} recipients; send it to the others by itself"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        """Answer the end of a mail, as aiosmtpd asks."""
        del server, session
        taking = asyncio.get_running_loop().run_in_executor(None, self.take, envelope)
        self._under_way.add(taking)
        taking.add_done_callback(self._under_way.discard)
        return await taking

    async def answer_what_is_under_way(self) -> None:
        """Wait until the mails that have come are answered, for a bounded time."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=STOP_TIMEOUT)

    def take(self, envelope: Envelope) -> str:
        """Deliver a mail and return the reply to it (RFC 5321, section 4.2)."""
        content = cast(bytes, envelope.content)
        try:
            mail = read_mail(content)
            wanted = [find_world(mail, recipient) for recipient in dict.fromkeys(envelope.rcpt_tos)]
            message = format_message(mail, envelope.mail_from or "")
            messages = [(world, {**message, "to": to}) for world, to in wanted]
        except TooLarge as error:
            return f"552 {error}"
        except (LookupError, ValueError, RecursionError) as error:
            return f"554 this mail cannot be read: {' '.join(str(error).split())[:200]}"
        if len(messages) > 1 and (refusal := self._find_refusal(messages)):
            return refusal
        return self._deliver_all(hashlib.sha256(content).hexdigest(), messages)

    def _deliver_all(self, mail: str, messages: Sequence[tuple[str, dict[str, Any]]]) -> str:
        delivered = self._delivered.pop(mail, set())
        for world, message in messages:
            place = f"{world}/{message['to']}"
            if place in delivered:
                continue
            answer = self._deliver(world, message)
            if not answer.startswith(TAKEN):
                if not delivered:
                    return answer
                self._remember(mail, delivered)
                return f"451 not all recipients have it yet: {answer}"
            delivered.add(place)
        return "250 OK"

    def _remember(self, mail: str, delivered: set[str]) -> None:
        while len(self._delivered) >= MOST_REMEMBERED:
            self._delivered.pop(next(iter(self._delivered)), None)
        self._delivered[mail] = delivered

    def _find_refusal(self, messages: Sequence[tuple[str, dict[str, Any]]]) -> str | None:
        """Return why a mail would be refused for one of its recipients, before any has it."""
        for _, message in messages:
            try:
                msgspec.convert(read_json(msgspec.json.encode(message)), NewMessage)
            except msgspec.MsgspecError as error:
                return f"554 a recipient cannot have this mail: {escape_controls(str(error))}"
        for world in dict.fromkeys(world for world, _ in messages):
            token = os.environ.get("SANDBOX_ADMIN_TOKEN")
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            answer = self._send("GET", f"/_sandbox/worlds/{quote(world, safe='')}/clock", None, headers, world)
            if not answer.startswith(TAKEN):
                return answer
        return None

    def _deliver(self, world: str, message: dict[str, Any]) -> str:
        headers = {"baggage": to_baggage("", world), "Content-Type": "application/json"}
        return self._send("POST", "/messages", msgspec.json.encode(message), headers, world)

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str], world: str) -> str:
        try:
            status, content, _ = self._pool.send(method, f"{self._url}{path}", body, headers, READ_TIMEOUT)
        except NoAnswer as error:
            return f"451 the mailroom {error}"
        if status == UNKNOWN:
            return f"550 there is no world {escape_controls(world)[:LONGEST_SENDER]}"
        if status < REFUSED:
            return "250 OK"
        when = 554 if status < FAILED else 451  # what is refused now is refused later, too
        return f"{when} the mailroom answered {status}: {escape_controls(content[:200].decode(errors='replace'))}"


def find_world(mail: EmailMessage, recipient: str) -> tuple[str, str]:
    """Return the world that a header or the recipient's address names, and the address without it."""
    tag = TAG.search(recipient)
    address = TAG.sub("@", recipient)
    named = str(mail.get(WORLD_HEADER, "")).strip()
    return named or (tag[1] if tag else DEFAULT), address


def format_message(mail: EmailMessage, sender: str) -> dict[str, Any]:
    """Return a mail as a message for the mailroom, to nobody yet; text is preferred to HTML."""
    part = mail.get_body(("plain", "html"))
    content = part.get_content() if part is not None else ""
    text = (content if isinstance(content, str) else "").strip()[:LONGEST_BODY]
    code = CODE.search(text)
    return {
        "channel": "email",
        "subject": str(mail.get("Subject", ""))[:LONGEST_SUBJECT],
        "body": text,
        "code": code[0] if code else None,
        "purpose": PURPOSE,
        "sender": (sender or parseaddr(str(mail.get("From", "")))[1] or "unknown")[:LONGEST_SENDER],
    }


def become(
    url: str, listeners: Sequence[socket.socket], ca_file: Path | None, alive: int, heartbeat: Heartbeat
) -> NoReturn:
    """Become the process that takes mail in on sockets that listen, and hands it to the mailroom at ``url``.

    ``alive`` is readable when the sandbox is gone.
    """
    numbers = [heartbeat.beaten, *(listener.fileno() for listener in listeners)]
    for number in numbers:
        os.set_inheritable(number, True)
    os.dup2(alive, STANDARD_INPUT)
    command = [sys.executable, "-m", "registration_sandbox.runtime.mail_in", url, *map(str, numbers)]
    environment = {**os.environ, **({"SANDBOX_CA_FILE": str(ca_file)} if ca_file else {})}
    os.execve(sys.executable, command, environment)  # noqa: S606


async def _beat(beaten: int) -> None:
    while True:
        beat(beaten)
        await asyncio.sleep(BEAT_INTERVAL)


async def _serve(url: str, beaten: int, numbers: Sequence[int]) -> None:
    loop = asyncio.get_running_loop()
    ca_file = os.environ.get("SANDBOX_CA_FILE")
    handler = MailroomHandler(url, Path(ca_file) if ca_file else None)
    make = partial(SMTP, handler, enable_SMTPUTF8=True, data_size_limit=LARGEST, ident="registration sandbox")
    servers = [await loop.create_server(make, sock=socket.socket(fileno=number)) for number in numbers]
    beating = asyncio.create_task(_beat(beaten))
    ended = asyncio.Event()
    loop.add_reader(STANDARD_INPUT, ended.set)
    for ending in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(ending, ended.set)
    await ended.wait()
    for server in servers:
        server.close()
    await handler.answer_what_is_under_way()
    beating.cancel()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2]), list(map(int, sys.argv[3:]))))
