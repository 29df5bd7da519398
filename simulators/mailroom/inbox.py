"""The inbox: a page at the mailroom's root on which people read a world's messages as they come.

What it asks leaves no trace in the journal.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from flask import Flask, Response, current_app, request

from simulators.kit.errors import Refusal, flaw_of
from simulators.kit.store.failures import StoreFailure
from simulators.kit.web.answers import format_problem, named_world, outage_refusal, respond
from simulators.kit.web.app import service_of
from simulators.kit.web.decoding import Malformed
from simulators.kit.web.pages import POLICY, add_page
from simulators.kit.wire.strict_json import refuse_nul
from simulators.kit.world_names import world_id
from simulators.mailroom import tables
from simulators.mailroom.models import Message, MessageQuery, Messages
from simulators.mailroom.records import Addressee
from simulators.mailroom.steps.find_messages import wait_for_messages

ASSETS = ["inbox.js", "inbox.css", "icon.svg"]
SHOWN = 500
LONGEST_WAIT = 20.0
POLL_INTERVAL = 0.25
"""Seconds between two looks for a message, while a page waits for one."""

HTML = re.compile(r"<(!doctype html|html|body|div|p|table|br|a|h[1-6])\b[^<>]*>", re.IGNORECASE)
"""Tags by which a body is taken for HTML. One ends before the next begins, or each would be looked for to the end."""

MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
"""An HTML mail runs no script, sends no form and asks nobody for anything, as in a mail program."""


class InboxMessage(Message):
    """A message, whether its body is HTML, and the names of those whose address it came to."""

    html: bool
    names: list[str]


def is_html(message: Message) -> bool:
    """Return whether a message is a mail whose body is HTML."""
    return message.channel == "email" and HTML.search(message.body) is not None


def add(app: Flask) -> None:
    """Serve the page, the messages that it lists, and HTML mails, each as a document of its own."""
    service = service_of(app)
    policy = {**POLICY, "frame-src": "'self'"}
    add_page(app, "/", "/inbox/assets", "simulators.mailroom.inbox_page", "inbox.html", ASSETS, policy)

    @app.get("/inbox/messages")
    @_refusing
    def inbox_messages() -> Response:
        world = service.worlds.find(world_id(named_world(request.environ))).id
        wait = LONGEST_WAIT if "wait" in request.args else 0.0
        query = MessageQuery(since=request.args.get("since", ""), wait=wait, limit=SHOWN)
        came = wait_for_messages(service.store, world, query, POLL_INTERVAL)
        names: dict[str, list[str]] = {}
        for addressee in service.store.look(tables.every_addressee, Addressee, world=world):
            names.setdefault(addressee.address, []).append(addressee.name)
        found = [
            InboxMessage(**msgspec.structs.asdict(each), html=is_html(each), names=names.get(each.to, []))
            for each in came
        ]
        return Response(msgspec.json.encode(Messages(list(found))), mimetype="application/json")

    @app.get("/inbox/mail/<id>")
    @_refusing
    def inbox_mail(id: str) -> Response:
        world = service.worlds.find(world_id(named_world(request.environ))).id
        found = service.store.look(tables.by_id, Message, world=world, id=id)
        if not found or not is_html(found[0]):
            raise Refusal("unknown-mail", 404, "There is no such HTML mail in this world.")
        headers = {"Content-Security-Policy": MAIL_POLICY, "X-Content-Type-Options": "nosniff"}
        return Response(found[0].body, mimetype="text/html", headers=headers)


def _refusing(view: Callable[..., Response]) -> Callable[..., Response]:
    """Have a view answer what it refuses as a problem document, and refuse what no database can look for."""

    @wraps(view)
    def answer(**parameters: Any) -> Response:
        try:
            refuse_nul({**request.args, **parameters})
            return view(**parameters)
        except msgspec.ValidationError as error:
            failed = Malformed(flaw_of(error), None).refusal
        except Refusal as refusal:
            failed = refusal
        except StoreFailure as failure:
            failed = outage_refusal(service_of(current_app), failure)
        return respond(format_problem(failed))

    return answer
