"""Rules about users: how their names are compared, and by which contacts they can be reached."""

from dataclasses import dataclass
from typing import Literal

from simulators.auth_service.records import User
from simulators.kit.wire.contacts import email_address, mobile_number

Channel = Literal["email", "sms"]


@dataclass(frozen=True)
class Destination:
    """Where a notification goes."""

    channel: Channel
    to: str


def user_key(username: str) -> str:
    """Return what usernames are compared by: letter case does not matter."""
    return username.strip().casefold()


def new_user(username: str, email: str | None, mobile: str | None, cif: str | None) -> User:
    """Return the record of a user."""
    return User(user_key(username), username, email or None, _normalise(mobile) if mobile else None, cif)


def is_registered_email(user: User, email: str) -> bool:
    """Tell whether this is the user's email, in any letter case."""
    return user.email is not None and email_address(user.email) == email_address(email)


def is_registered_mobile(user: User, mobile: str) -> bool:
    """Tell whether this is the user's mobile number, in any usual spelling."""
    return user.mobile is not None and user.mobile == _normalise(mobile)


def choose_destination(user: User, wanted: Channel | None) -> Destination | None:
    """Return where a notification goes: by the wanted channel, else by email before SMS; None for nowhere."""
    if user.email is not None and wanted in (None, "email"):
        return Destination("email", user.email)
    if user.mobile is not None and wanted in (None, "sms"):
        return Destination("sms", user.mobile)
    return None


def _normalise(mobile: str) -> str:
    return mobile_number(mobile) or mobile.strip()
