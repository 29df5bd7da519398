"""A user of the Auth Service and the contacts by which they can be reached."""

from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from simulators.kit.contacts import email_address, mobile_number

Channel = Literal["email", "sms"]


class User(Struct):
    """A user as kept, under ``key``; ``mobile`` in E.164 where it is a number at all."""

    key: str
    username: str
    email: str | None
    mobile: str | None
    cif: str | None


@dataclass(frozen=True)
class Destination:
    """Where a notification goes."""

    channel: Channel
    to: str


def user_key(username: str) -> str:
    """Return what usernames are compared by: they are the same in any letter case."""
    return username.strip().casefold()


def user(username: str, email: str | None, mobile: str | None, cif: str | None) -> User:
    """Return the user to keep."""
    return User(user_key(username), username, email or None, _spelt(mobile) if mobile else None, cif)


def is_registered_email(user: User, email: str) -> bool:
    """Tell whether this is the user's email, in any letter case."""
    return user.email is not None and email_address(user.email) == email_address(email)


def is_registered_mobile(user: User, mobile: str) -> bool:
    """Tell whether this is the user's mobile number, in any usual spelling."""
    return user.mobile is not None and user.mobile == _spelt(mobile)


def destination(user: User, wanted: Channel | None) -> Destination | None:
    """Return where a notification goes by the channel wanted or, if none is, by email before SMS; ``None``: nowhere."""
    if user.email is not None and wanted in (None, "email"):
        return Destination("email", user.email)
    if user.mobile is not None and wanted in (None, "sms"):
        return Destination("sms", user.mobile)
    return None


def _spelt(mobile: str) -> str:
    return mobile_number(mobile) or mobile.strip()
