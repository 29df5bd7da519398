"""Who is logged in on which phone: the app's token, kept in the browser's session and nowhere else."""

from flask import session
from msgspec import Struct, convert, to_builtins

LOGINS, ENDED = "logins", "ended-logins"
MOST = 6
"""A session is a cookie: the oldest log-ins make room."""


class Login(Struct):
    """A user who is logged in to the bank's app on a phone."""

    username: str
    token: str


def of(world: str, phone: str) -> Login | None:
    """Return who is logged in on a phone."""
    found = session.get(LOGINS, {}).get(f"{world}/{phone}")
    return convert(found, Login) if found else None


def keep(world: str, phone: str, login: Login) -> None:
    """Remember that somebody logged in on a phone."""
    others = {key: value for key, value in session.get(LOGINS, {}).items() if key != f"{world}/{phone}"}
    session[LOGINS] = dict([*others.items(), (f"{world}/{phone}", to_builtins(login))][-MOST:])


def end(world: str, phone: str) -> None:
    """Log out on a phone because the session has ended by itself; who it was is remembered for the next log-in."""
    login = of(world, phone)
    forget(world, phone)
    if login is not None:
        session[ENDED] = {**session.get(ENDED, {}), f"{world}/{phone}": login.username}


def has_ended(world: str, phone: str) -> bool:
    """Return whether a session on a phone has ended by itself, and nobody has logged in since."""
    return f"{world}/{phone}" in session.get(ENDED, {})


def take_ended(world: str, phone: str) -> str:
    """Return whose session has ended by itself on a phone, once; empty where none has."""
    every = dict(session.get(ENDED, {}))
    found = every.pop(f"{world}/{phone}", "")
    session[ENDED] = every
    return str(found)


def forget(world: str, phone: str) -> None:
    """Log out on a phone."""
    session[LOGINS] = {key: value for key, value in session.get(LOGINS, {}).items() if key != f"{world}/{phone}"}
