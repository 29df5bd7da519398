"""``sandbox inbox``: the mail and SMS of the people in a world, with the codes in them."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import click

from registration_sandbox.cli import names, tables, words
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import Connection, NoSandbox, Refused
from registration_sandbox.cli.groups import Choice

EPILOG = """\b
Examples:
  sandbox inbox
  sandbox inbox --to Asha --channel sms
  sandbox inbox --to asha.rao@example.test --limit 1 --json | jq -r '.messages[0].code'
  sandbox inbox --to Asha --follow
"""
MOST = 1000
RECENT = 10
UNKNOWN_SINCE = 400
CHANNELS = ("email", "sms")
Message = dict[str, Any]


@click.command("inbox", epilog=EPILOG)
@click.option("--to", shell_complete=names.personas, help="Only messages to this person, address or number.")
@click.option("--channel", type=Choice(CHANNELS), help="Only email or only sms.")
@click.option("--purpose", default="", help="Only messages of this purpose, as in email-otp or sign-up-code.")
@click.option("-n", "--limit", type=click.IntRange(0, MOST), help=f"Only the newest.  [default: all; {RECENT} with -f]")
@click.option("-f", "--follow", is_flag=True, help="Go on with what comes, until Ctrl-C.")
@asking
def command(
    sandbox: Connection,
    as_json: bool,
    to: str | None,
    channel: str | None,
    purpose: str,
    limit: int | None,
    follow: bool,
) -> None:
    """List the messages to the people of a world, oldest first, with the code that is in each.

    As JSON they come as the mailroom has them, newest first; with --follow one a line, oldest first. --follow goes on
    even if the sandbox restarts. It ends with exit code 130 on Ctrl-C, or with 1 when the world is deleted.
    """
    inbox = Inbox(sandbox, to, channel, purpose)
    if follow:
        _follow(inbox, as_json, RECENT if limit is None else limit)
        return
    found = inbox.look()[: MOST if limit is None else limit]
    if as_json:
        tables.as_json({"messages": found})
        return
    for message in reversed(found):
        click.echo(inbox.format_message(message))
    if not found:
        click.echo(f"There is no such message in the world {sandbox.world}.", err=True)


class Inbox:
    """Looks for the messages that are wanted; a person's name stands for their address and their number."""

    def __init__(self, sandbox: Connection, to: str | None, channel: str | None, purpose: str) -> None:
        self.sandbox = sandbox
        self._query = {"channel": channel, "purpose": purpose, "limit": MOST}
        people = sandbox.control("GET", "/personas")["personas"]
        self._names = {address: each["name"] for each in people for address in _addresses(each)}
        self._wanted: set[str] | None = None
        if to and ("@" in to or to.lstrip("+")[:1].isdigit()):
            self._query["to"] = to
        elif to:
            self._wanted = _addresses(names.persona(sandbox, to))

    def look(self, since: str = "") -> list[Message]:
        """Return the wanted messages that came after one, or all, newest first; all where the world was replaced."""
        try:
            found = self.sandbox.messages(**self._query, since=since)
        except Refused as refused:
            if refused.status != UNKNOWN_SINCE or not since:
                raise
            found = self.sandbox.messages(**self._query)
        return [message for message in found if self._wanted is None or message["to"] in self._wanted]

    def format_message(self, message: Message) -> str:
        """Return a message as two lines: when, by what, to whom and its code; then what it says."""
        name = self._names.get(message["to"])
        head = [
            click.style(words.moment(message["sent_at"]), dim=True),
            f"{message['channel']:<5}",
            click.style(name or message["to"], bold=True) + (f" <{message['to']}>" if name else ""),
            message["subject"],
            click.style(message["code"], fg="cyan", bold=True) if message["code"] else "",
        ]
        body = "\n".join(f"    {line}" for line in message["body"].splitlines())
        return "  ".join(filter(None, head)) + f"\n{body}"


def _addresses(person: dict[str, Any]) -> set[str]:
    return {person[kind].lower() for kind in ("email", "mobile") if person[kind]}


def _follow(inbox: Inbox, as_json: bool, recent: int) -> None:
    for number, message in enumerate(_coming(inbox, recent)):
        if as_json:
            tables.as_json_line(message)
        else:
            click.echo(("\n" if number else "") + inbox.format_message(message))


def _coming(inbox: Inbox, recent: int) -> Iterator[Message]:
    """Yield the newest messages that are there, then every later one: what the watch sees says just when to look."""
    from registration_sandbox.cli.following import Watch

    watch = Watch(inbox.sandbox)
    found = inbox.look()
    yield from reversed(found[:recent])
    last = found[0]["id"] if found else ""
    for batch in watch.later():
        if batch and not any(each["service"] == "mailroom" and each["method"] == "POST" for each in batch):
            continue
        with suppress(NoSandbox):  # it is gone again: the next batch comes when it is back
            found = inbox.look(last)
            yield from reversed(found)
            last = found[0]["id"] if found else last
