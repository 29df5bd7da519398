"""Cymmetri called directly, by a client of the tester's own: in any order, with any token, past the middleware."""

import json

import msgspec
from flask import Blueprint, Response, request, session

from registration_sandbox.console import urls
from registration_sandbox.console.pages import world_named
from registration_sandbox.console.play.cymmetri import ask_cymmetri
from registration_sandbox.console.play.direct_calls import CALLS, DirectReply
from registration_sandbox.console.play.notices import Notice
from registration_sandbox.console.play.person import PersonReply
from registration_sandbox.console.play.stage import show
from simulators.kit.wire.strict_json import read_json

blueprint = Blueprint("console-direct", __name__)

STEPS_PATH = "/ciamregsrvc/webRegistration/"
TOKENS = "direct-tokens"
FORGED = "forged.by.nobody"

MOST_TOKENS = 2
MOST_PEOPLE = 2
"""A session is a cookie: the tokens of those who called last are kept in it."""


@blueprint.post(f"{urls.WORLD}/play/<name>/direct")
def post_call(world: str, name: str) -> Response:
    """Call Cymmetri with the chosen token; the token in its answer is the newest from then on."""
    found = world_named(world)
    call, text = request.form.get("call", ""), request.form.get("body", "").strip()
    reply = _call(found.id, name, call, text)
    web, phone = request.form.get("web", ""), request.form.get("phone", "")
    return show(found, name, web=web, phone=phone, direct=reply, typed_call={"call": call, "body": text})


def _call(world: str, name: str, call: str, text: str) -> DirectReply:
    if call not in CALLS:
        return _refuse(call, "Choose one of the calls.")
    body = None
    if CALLS[call] == "POST":
        try:
            body = read_json((text or "{}").encode())
        except (msgspec.MsgspecError, UnicodeEncodeError):
            return _refuse(call, 'The body is not JSON. It looks like {"otp": "123456"}.')
    reply = ask_cymmetri(world, CALLS[call], STEPS_PATH + call, body, token=_chosen_token(world, name))
    if token := _token_in(reply):
        _keep_token(world, name, token)
    return DirectReply(call, reply.notice(), reply.status, _format_body(reply))


def _refuse(call: str, text: str) -> DirectReply:
    return DirectReply(call, Notice("wait", "This was not sent", text), 0, "")


def _chosen_token(world: str, name: str) -> str:
    tokens = session.get(TOKENS, {}).get(f"{world}/{name}", [])
    chosen = request.form.get("with_token", "")
    if chosen == "forged":
        return FORGED
    place = {"newest": 1, "former": 2}.get(chosen, 0)
    return str(tokens[-place]) if 0 < place <= len(tokens) else ""


def _keep_token(world: str, name: str, token: str) -> None:
    every = dict(session.get(TOKENS, {}))
    own = [*every.pop(f"{world}/{name}", []), token][-MOST_TOKENS:]
    session[TOKENS] = dict([*every.items(), (f"{world}/{name}", own)][-MOST_PEOPLE:])


def _format_body(reply: PersonReply) -> str:
    """Return an answer as it came, but for the token."""
    if not reply.body:
        return ""
    shown = json.dumps(read_json(reply.raw), indent=2, ensure_ascii=False)
    token = _token_in(reply)
    return shown.replace(json.dumps(token), '"••• (kept for the next call)"') if token else shown


def _token_in(reply: PersonReply) -> str:
    """Return the staged token of an answer, where there is one."""
    data = reply.body.get("data")
    token = data.get("token") if isinstance(data, dict) else None
    return token if isinstance(token, str) else ""
