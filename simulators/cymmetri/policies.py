"""What a bank can set in Cymmetri: each policy with its default, its bounds and what it is for.

Durations are ISO 8601 on the wire. A preset (``presets``) changes defaults; what a world sets itself comes before it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from simulators.cymmetri import presets
from simulators.cymmetri.patterns import check_pattern
from simulators.cymmetri.wire_profiles import SHIPPED, check_profile
from simulators.kit.policies import LONGEST, SHORTEST, Policies, duration, number, setting, text
from simulators.kit.wire.instants import round_up
from simulators.kit.wire.profiles import WireProfile

PERMANENT = "permanent"
MOST, LONGEST_PASSWORD = 1_000_000, 1024
"""The most that anything is counted to, and the most characters of a password."""


def _check_order(least: int, most: int) -> None:
    if least > most:
        raise ValueError("min_length is greater than max_length")


Word = Annotated[str, Meta(max_length=LONGEST_PASSWORD)]


class OtpPolicy(Policies, frozen=True):
    """One-time passwords (web registration, steps 1 to 5). An OTP that is sent again voids the one before it."""

    digits: Annotated[int, number("How many digits an OTP has.", 4, 10)] = 6
    lifetime: Annotated[timedelta, duration("How long an OTP is valid.")] = timedelta(minutes=5)
    max_attempts: Annotated[
        int, number("The wrong OTP that blocks the customer; email and mobile are counted apart.", 1, MOST)
    ] = 3
    max_resends: Annotated[int, number("How often a registration's OTP of one channel is sent again.", 0, MOST)] = 3
    resend_after: Annotated[timedelta, duration("The pause between two OTPs of one channel.", timedelta())] = timedelta(
        seconds=30
    )
    resend_resets_attempts: Annotated[bool, setting("Whether a resend resets the wrong attempts.")] = False
    max_sent: Annotated[
        int,
        number(
            "How many OTPs a customer is sent in max_sent_window, in all registrations together; at that many none can "
            "be begun and none is sent again. The first one to the mobile is always sent, and counts.",
            1, MOST,
        ),
    ] = 10  # fmt: skip
    max_sent_window: Annotated[timedelta, duration("The time in which max_sent OTPs are sent.")] = timedelta(hours=24)
    count_malformed: Annotated[
        bool, setting("Whether what cannot be an OTP (letters, too short, too long) counts as a wrong attempt.")
    ] = False


class CardPolicy(Policies, frozen=True):
    """Authentication with a card (web registration, step 7)."""

    max_attempts: Annotated[int, number("The wrong card details that block the customer.", 1, MOST)] = 3


class LoginPolicy(Policies, frozen=True):
    """Login, to which step 1 leads a user of Cymmetri."""

    max_attempts: Annotated[int, number("The wrong password that blocks the user.", 1, MOST)] = 3
    token_lifetime: Annotated[timedelta, duration("How long a login token is valid.")] = timedelta(minutes=30)
    refresh_lifetime: Annotated[timedelta, duration("How long a refresh token is valid.")] = timedelta(days=1)
    idle: Annotated[
        timedelta | None, duration("After how long without use a login token ends before its time; null: never.")
    ] = None


class UserIdPolicy(Policies, frozen=True):
    """New user ids (web registration, step 9). A customer's own at the bank need not follow the rules."""

    min_length: Annotated[int, number("The fewest characters of a user id.", 1, 320)] = 4
    max_length: Annotated[int, number("The most characters of a user id.", 1, 320)] = 32
    pattern: Annotated[
        str, text("What a user id must match as a whole: a regular expression in the syntax of RE2.", 500)
    ] = "[A-Za-z][A-Za-z0-9._-]*"
    hold: Annotated[timedelta, duration("How long a saved user id is held for its customer.", timedelta())] = timedelta(
        minutes=10
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_order(self.min_length, self.max_length)
        check_pattern(self.pattern)


class PasswordPolicy(Policies, frozen=True):
    """What a password must be (web registration, steps 10 and 11)."""

    min_length: Annotated[int, number("The fewest characters of a password.", 1, LONGEST_PASSWORD)] = 8
    max_length: Annotated[int, number("The most characters of a password.", 1, LONGEST_PASSWORD)] = 64
    min_digits: Annotated[int, number("The fewest digits.", 0, LONGEST_PASSWORD)] = 1
    min_specials: Annotated[int, number("The fewest characters that are neither letter, digit nor space.",
                                        0, LONGEST_PASSWORD)] = 1  # fmt: skip
    min_alpha: Annotated[int, number("The fewest letters.", 0, LONGEST_PASSWORD)] = 2
    min_upper: Annotated[int, number("The fewest upper-case letters.", 0, LONGEST_PASSWORD)] = 1
    min_lower: Annotated[int, number("The fewest lower-case letters.", 0, LONGEST_PASSWORD)] = 1
    disallowed_characters: Annotated[str, text("The characters that a password must not have.", 200)] = " <>\"'\\"
    blacklist: Annotated[
        tuple[Word, ...], text("Whole passwords that are refused, in any letter case.", 5000)
    ] = ("Password@123", "Welcome@123", "Qwerty@123", "Admin@123")  # fmt: skip
    refuse_common: Annotated[
        int, number("How many of the commonest passwords are refused as well, in any letter case.", 0, 10_000)
    ] = 0
    history: Annotated[int, number("How many of the customer's last passwords are refused.", 0, 50)] = 3
    must_be_validated_one: Annotated[
        bool, setting("Whether no other password can be set than the one that was validated last.")
    ] = False

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_order(self.min_length, self.max_length)
        letters = max(self.min_alpha, self.min_upper + self.min_lower)
        if self.min_digits + self.min_specials + letters > self.max_length:
            raise ValueError("min_digits, min_specials and the letters ask for more characters than max_length allows")


class CymmetriPolicies(Policies, frozen=True):
    """Cymmetri's policies of a world."""

    preset: Annotated[
        Literal["vendor", "nist"],
        setting("Whose defaults the password rules have: the vendor's, or those of NIST SP 800-63B-4."),
    ] = "vendor"
    otp: Annotated[OtpPolicy, setting("One-time passwords.")] = OtpPolicy()
    card: Annotated[CardPolicy, setting("Authentication with a card.")] = CardPolicy()
    login: Annotated[LoginPolicy, setting("Login.")] = LoginPolicy()
    block: Annotated[
        str, text("How long a blocked customer stays blocked: permanent, or a duration such as PT30M.", 50)
    ] = "PT30M"
    min_age: Annotated[int, number("From how many years of age a customer may register.", 0, 120)] = 18
    token_lifetime: Annotated[timedelta, duration("How long a staged token is valid.")] = timedelta(minutes=30)
    user_id: Annotated[UserIdPolicy, setting("User ids.")] = UserIdPolicy()
    password: Annotated[PasswordPolicy, setting("Passwords.")] = PasswordPolicy()
    errors_as_200: Annotated[
        bool, setting("Whether ciamregsrvc answers business errors with 200 and success: false.")
    ] = False
    document_paths: Annotated[
        bool, setting("Whether the slips of the document's pages of steps 2 and 4 are served.")
    ] = True
    wire: Annotated[
        str | WireProfile,
        setting(f"What this installation says otherwise: {', '.join(SHIPPED)}, or a profile of your own."),
    ] = "ours"

    def __post_init__(self) -> None:
        super().__post_init__()
        block_ends(self.block, datetime.min.replace(tzinfo=UTC))
        check_profile(self.wire)

    @classmethod
    def with_preset(cls, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a world has set, and below it what its preset sets."""
        return presets.below(given)


def block_ends(block: str, since: datetime) -> datetime | None:
    """Return when a block that begins at ``since`` ends; ``None`` for a permanent one.

    Raises ValueError when ``block`` is neither ``permanent`` nor an ISO 8601 duration.
    """
    if block == PERMANENT:
        return None
    try:
        length = msgspec.convert(block, timedelta)
    except msgspec.ValidationError:
        length = timedelta()
    if not SHORTEST <= length <= LONGEST:
        raise ValueError(f"{block!r} is neither {PERMANENT} nor a duration such as PT30M")
    return round_up(since + length)  # so that it has ended at the instant that is told
