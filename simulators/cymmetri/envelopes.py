"""Cymmetri's answers in their envelope, which is in the vendor's public material."""

from typing import Annotated, Any, TypeVar

from msgspec import Struct

from simulators.cymmetri import models
from simulators.kit.models import assumed, published
from simulators.kit.wire.instants import write_instant
from simulators.kit.work import Work


class Envelope(Struct, kw_only=True):
    """The envelope of every answer. ``errorCode`` is ``REGSRVC.REASON``; ``timestamp`` is the world's time."""

    success: Annotated[bool, published]
    data: Annotated[Any, published] = None
    message: Annotated[str | None, published]
    errorCode: Annotated[str | None, published] = None
    errorMeta: Annotated[dict[str, Any] | None, published] = None
    timestamp: Annotated[str, published]


Answer = TypeVar("Answer", bound=Envelope)


def wrap(work: Work, kind: type[Answer], message: str, data: Any, **more: Any) -> Answer:
    """Return the answer of a success in the envelope."""
    return kind(success=True, data=data, message=message, timestamp=write_instant(work.now), **more)


class CheckedIdentityAnswer(Envelope, kw_only=True):
    """Step 1's answer."""

    data: Annotated[models.CheckedIdentity | None, published] = None


class VerifiedOtpAnswer(Envelope, kw_only=True):
    """The answer of steps 2 and 4."""

    data: Annotated[models.VerifiedOtp | None, published] = None


class ResentOtpAnswer(Envelope, kw_only=True):
    """The answer of steps 3 and 5."""

    data: Annotated[models.ResentOtp | None, published] = None


class FactorsAnswer(Envelope, kw_only=True):
    """Step 6's answer."""

    data: Annotated[models.Factors | None, published] = None


class NextStepAnswer(Envelope, kw_only=True):
    """Step 7's answer."""

    data: Annotated[models.NextStep | None, published] = None


class ExistingUserIdAnswer(Envelope, kw_only=True):
    """Step 8's answer."""

    data: Annotated[models.ExistingUserId | None, published] = None


class SavedUserIdAnswer(Envelope, kw_only=True):
    """Step 9's answer."""

    data: Annotated[models.SavedUserId | None, published] = None


class ValidPasswordAnswer(Envelope, kw_only=True):
    """Step 10's answer."""

    data: Annotated[models.ValidPassword | None, published] = None


class ActiveUserAnswer(Envelope, kw_only=True):
    """Step 11's answer."""

    data: Annotated[models.ActiveUser | None, published] = None


class LoginAnswer(Envelope, kw_only=True):
    """The answer to a login: the tokens stand in ``data``, and once more beside the envelope's fields."""

    data: Annotated[models.LoginTokens | None, assumed] = None
    token: Annotated[str, assumed]
    refreshToken: Annotated[str, assumed]
    expiresIn: Annotated[int, assumed]
