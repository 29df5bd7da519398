"""Logging in: to the web site at Cymmetri, to the app at the Auth Service."""

from datetime import timedelta

from registration_sandbox.drivers.reading import facts_of
from registration_sandbox.drivers.seen import NOTHING, Seen
from registration_sandbox.drivers.wire import Reply, Wire
from registration_sandbox.drivers.words import CHANNEL_REASONS, reason_of

LOGIN = "/ciamauthsrvc/login"


def to_site(wire: Wire, user_id: str, password: str) -> Seen:
    """Log in to the web site; return what the person sees."""
    form = {"userId": user_id, "password": password}
    return _read_answer(wire.ask_cymmetri("POST", LOGIN, form))


def to_app(wire: Wire, user_id: str, password: str) -> tuple[Seen, str | None]:
    """Log in to the app; return what the person sees, and the token where there is one."""
    reply = wire.ask("auth_service", "POST", "/auth/login", {"username": user_id, "password": password})
    return _read_answer(reply), None if reply.refused else reply.body.get("token")


def _read_answer(reply: Reply) -> Seen:
    if reply.status == 0:
        return NOTHING
    facts = reply.body.get("errorMeta") or reply.body.get("details") or {}
    lasts = reply.body.get("expiresIn")
    session = timedelta(seconds=lasts) if isinstance(lasts, int) else None
    refused = reply.refused or reply.body.get("success") is False
    return Seen(reason=reason_of(reply, CHANNEL_REASONS, refused=refused), session=session, **facts_of(facts, reply))
