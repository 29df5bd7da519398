"""What a bank can set in Cymmetri, each with its default. Durations are ISO 8601 on the wire."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

PERMANENT = "permanent"

SHORTEST, LONGEST = timedelta(seconds=1), timedelta(days=3650)
"""The durations that a world's calendar can bear."""

Count = Annotated[int, Meta(ge=0)]
Positive = Annotated[int, Meta(ge=1)]


def _bearable(name: str, value: timedelta, least: timedelta = SHORTEST) -> None:
    if not least <= value <= LONGEST:
        raise ValueError(f"{name} must be between {least.total_seconds():g} seconds and {LONGEST.days} days")


def _ordered(least: int, most: int) -> None:
    if least > most:
        raise ValueError("min_length is greater than max_length")


class OtpPolicy(Struct, frozen=True, forbid_unknown_fields=True):
    """One-time passwords: how long, how long valid, how often tried and sent again (web registration, steps 1 to 5).

    An OTP sent again voids the one before it; ``resend_resets_attempts`` says whether it also forgives wrong attempts.
    """

    digits: Annotated[int, Meta(ge=4, le=10)] = 6
    lifetime: timedelta = timedelta(minutes=5)
    max_attempts: Positive = 3
    max_resends: Count = 3
    resend_after: timedelta = timedelta(seconds=30)
    resend_resets_attempts: bool = False

    def __post_init__(self) -> None:
        _bearable("lifetime", self.lifetime)
        _bearable("resend_after", self.resend_after, timedelta())


class CardPolicy(Struct, frozen=True, forbid_unknown_fields=True):
    """How often wrong card details are taken (web registration, step 7)."""

    max_attempts: Positive = 3


class LoginPolicy(Struct, frozen=True, forbid_unknown_fields=True):
    """How often a wrong password is taken at login, and how long its tokens hold."""

    max_attempts: Positive = 3
    token_lifetime: timedelta = timedelta(minutes=30)
    refresh_lifetime: timedelta = timedelta(days=1)

    def __post_init__(self) -> None:
        _bearable("token_lifetime", self.token_lifetime)
        _bearable("refresh_lifetime", self.refresh_lifetime)


class UserIdPolicy(Struct, frozen=True, forbid_unknown_fields=True):
    """What a user id may be, and how long a saved one is held for its customer (web registration, step 9)."""

    min_length: Positive = 4
    max_length: Positive = 32
    pattern: str = "[A-Za-z][A-Za-z0-9._-]*"
    hold: timedelta = timedelta(minutes=10)

    def __post_init__(self) -> None:
        _ordered(self.min_length, self.max_length)
        _bearable("hold", self.hold, timedelta())
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise ValueError(f"pattern is no regular expression: {error}") from error


class PasswordPolicy(Struct, frozen=True, forbid_unknown_fields=True):
    """What a password must be (web registration, steps 10 and 11).

    ``disallowed_characters`` is a string of them; ``blacklist`` holds whole passwords, in any letter case; ``history``
    is how many of the customer's last passwords are refused; ``must_be_validated_one`` lets no password be set but
    the one that was validated last.
    """

    min_length: Positive = 8
    max_length: Positive = 64
    min_digits: Count = 1
    min_specials: Count = 1
    min_alpha: Count = 2
    min_upper: Count = 1
    min_lower: Count = 1
    disallowed_characters: str = " <>\"'\\"
    blacklist: tuple[str, ...] = ("Password@123", "Welcome@123", "Qwerty@123", "Admin@123")
    history: Count = 3
    must_be_validated_one: bool = False

    def __post_init__(self) -> None:
        _ordered(self.min_length, self.max_length)


class CymmetriPolicies(Struct, frozen=True, forbid_unknown_fields=True):
    """Cymmetri's policies of a world.

    ``block`` is how long a blocked customer stays blocked, or ``permanent``; ``token_lifetime`` is a staged token's.
    ``errors_as_200`` answers ciamregsrvc's business errors with 200 and ``success: false``. ``document_paths`` serves
    the slips of the document's pages of steps 2 and 4.
    """

    otp: OtpPolicy = OtpPolicy()
    card: CardPolicy = CardPolicy()
    login: LoginPolicy = LoginPolicy()
    block: str = "PT30M"
    token_lifetime: timedelta = timedelta(minutes=30)
    user_id: UserIdPolicy = UserIdPolicy()
    password: PasswordPolicy = PasswordPolicy()
    errors_as_200: bool = False
    document_paths: bool = True

    def __post_init__(self) -> None:
        _bearable("token_lifetime", self.token_lifetime)
        block_ends(self.block, datetime.min.replace(tzinfo=UTC))


def block_ends(block: str, since: datetime) -> datetime | None:
    """Return when a block that begins at ``since`` ends; ``None`` for a permanent one.

    Raises ValueError when ``block`` is neither ``permanent`` nor an ISO 8601 duration.
    """
    if block == PERMANENT:
        return None
    try:
        duration = msgspec.convert(block, timedelta)
    except msgspec.ValidationError:
        duration = timedelta()
    if not SHORTEST <= duration <= LONGEST:
        raise ValueError(f"{block!r} is neither {PERMANENT} nor a duration such as PT30M")
    return since + duration
