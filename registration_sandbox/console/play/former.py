"""The contacts that a tester has changed: mail to a former address is still shown, as its code is still out."""

from collections.abc import Iterable

from flask import session

FORMER = "former-contacts"
MOST = 8
"""A session is a cookie: the oldest contacts make room."""


def contacts(world: str, name: str) -> list[str]:
    """Return the contacts that a person had before a tester changed them."""
    return [contact for place, contact in session.get(FORMER, []) if place == f"{world}/{name}"]


def keep(world: str, name: str, given_up: Iterable[str]) -> None:
    """Remember contacts that a person had."""
    new = [[f"{world}/{name}", contact] for contact in given_up]
    session[FORMER] = [*(each for each in session.get(FORMER, []) if each not in new), *new][-MOST:]
