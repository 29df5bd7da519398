"""Who is logged in on which phone: the app's token, kept in the browser's session and nowhere else."""

from flask import session
from msgspec import Struct, convert, to_builtins

LOGINS = "logins"
MOST = 6
"""A session is a cookie: the oldest log-ins make room."""


class Login(Struct):
    """A user who is logged in to the bank's app on a phone."""

    username: str
    token: str


def of(world: str, phone: str) -> Login | None:
    """Return who is logged in on a phone."""
    kept = session.get(LOGINS, {}).get(f"{world}/{phone}")
    return convert(kept, Login) if kept else None


def keep(world: str, phone: str, login: Login) -> None:
    """Remember that somebody logged in on a phone."""
    others = {key: value for key, value in session.get(LOGINS, {}).items() if key != f"{world}/{phone}"}
    session[LOGINS] = dict([*others.items(), (f"{world}/{phone}", to_builtins(login))][-MOST:])


def forget(world: str, phone: str) -> None:
    """Log out on a phone."""
    session[LOGINS] = {key: value for key, value in session.get(LOGINS, {}).items() if key != f"{world}/{phone}"}
