"""Cymmetri's requests, and the data of its answers. The envelope around the answers is in ``envelopes``."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from simulators.cymmetri.identities import IdentityType
from simulators.cymmetri.records import Stage
from simulators.kit.models import assumed, documented, published

NOT_BLANK = r"\S"

Text = Annotated[str, Meta(min_length=1, max_length=320, pattern=NOT_BLANK)]
Secret = Annotated[str, Meta(min_length=1, max_length=1024)]
Typed = Annotated[str, Meta(max_length=1024)]
"""What a customer types; whether it can be a code or a detail of a card is a rule, told as a branch."""

ASSUMED_VALUES = Meta(extra_json_schema={"x-values-basis": "assumed"})
"""The field is published, the values that it can have are not."""


class CheckIdentity(Struct):
    """The identity of a person who comes to register. ``cardNumber`` is given when the type is CARD, else ``id``."""

    deviceId: Annotated[Text, published]
    type: Annotated[IdentityType, published, ASSUMED_VALUES]
    id: Annotated[Annotated[str, Meta(max_length=320)] | None, published] = None
    cardNumber: Annotated[Annotated[str, Meta(max_length=40)] | None, published] = None


class Otp(Struct):
    """An OTP as the customer types it; spaces and dashes are ignored."""

    otp: Annotated[Typed, documented]


class CardDetails(Struct):
    """A card as its holder knows it: ``pin`` of a debit card, ``cvv`` of a credit card. ``expiry`` is MMYY."""

    mfaType: Annotated[Text, assumed, Meta(examples=["DEBIT_CARD", "CREDIT_CARD"])]
    cardLast4: Annotated[Typed, assumed, Meta(examples=["1111"])]
    expiry: Annotated[Typed, assumed, Meta(examples=["1230"])]
    pin: Annotated[Typed | None, assumed] = None
    cvv: Annotated[Typed | None, assumed] = None


class UserId(Struct):
    """The user id that the customer wants."""

    userId: Annotated[str, Meta(max_length=320), documented]


class Password(Struct):
    """The password that the customer wants."""

    password: Annotated[Secret, documented]


class ConfirmedPassword(Struct):
    """The password, typed twice."""

    password: Annotated[Secret, documented]
    confirmPassword: Annotated[Secret, assumed]


class Credentials(Struct):
    """User id and password, to log in."""

    userId: Annotated[Text, assumed]
    password: Annotated[Secret, assumed]


class CheckedIdentity(Struct, kw_only=True, omit_defaults=True):
    """Where the customer goes on: to log in, with the masked user id, or to register, with the first staged token."""

    flow: Annotated[Literal["LOGIN", "REGISTRATION"], documented]
    userId: Annotated[str | None, assumed] = None
    token: Annotated[str | None, assumed] = None
    nextStep: Annotated[Stage | None, assumed] = None
    maskedEmail: Annotated[str | None, assumed] = None
    otpLength: Annotated[int | None, published] = None
    expInMinute: Annotated[int | None, published] = None
    attemptsLeft: Annotated[int | None, assumed] = None
    resendLeft: Annotated[int | None, assumed] = None


class VerifiedOtp(Struct, kw_only=True, omit_defaults=True):
    """The token of the next step; after the email's OTP also where the mobile's was sent."""

    token: Annotated[str, assumed]
    nextStep: Annotated[Stage, assumed]
    maskedMobile: Annotated[str | None, assumed] = None
    otpLength: Annotated[int | None, published] = None
    expInMinute: Annotated[int | None, published] = None
    attemptsLeft: Annotated[int | None, assumed] = None
    resendLeft: Annotated[int | None, assumed] = None


class ResentOtp(Struct, kw_only=True, omit_defaults=True):
    """Where a new OTP was sent, and when another can be asked for."""

    maskedEmail: Annotated[str | None, assumed] = None
    maskedMobile: Annotated[str | None, assumed] = None
    resendLeft: Annotated[int, assumed]
    retryAfterSeconds: Annotated[int, assumed]
    expInMinute: Annotated[int, published]


class Factors(Struct):
    """The factors that the customer can use."""

    factors: Annotated[list[str], documented]


class NextStep(Struct):
    """The token of the next step."""

    token: Annotated[str, assumed]
    nextStep: Annotated[Stage, assumed]


class ExistingUserId(Struct):
    """The user id that the bank holds, if any."""

    userId: Annotated[str | None, documented]


class SavedUserId(Struct):
    """The user id that is held for the customer."""

    userId: Annotated[str, documented]
    nextStep: Annotated[Stage, assumed]
    token: Annotated[str, assumed]


class ValidPassword(Struct):
    """That a password follows all the rules."""

    valid: Annotated[bool, documented]
    nextStep: Annotated[Stage, assumed]
    token: Annotated[str, assumed]


class ActiveUser(Struct):
    """The user who now exists."""

    userId: Annotated[str, documented]
    status: Annotated[Literal["ACTIVE"], assumed]


class LoginTokens(Struct):
    """The tokens of a login; ``expiresIn`` in seconds."""

    token: Annotated[str, assumed]
    refreshToken: Annotated[str, assumed]
    expiresIn: Annotated[int, assumed]


class UserInfo(Struct):
    """The customer whom a login token belongs to (after OpenID Connect Core, section 5.3)."""

    userId: Annotated[str, assumed]
    cif: Annotated[str, assumed]
    legalName: Annotated[str, assumed]
    email: Annotated[str | None, assumed]
    mobile: Annotated[str | None, assumed]
