"""The wire profiles that are shipped for Cymmetri, and what its envelope's fields are called."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import StructMeta

from simulators.cymmetri import models
from simulators.kit.wire.profiles import EnvelopeFields, WireProfile
from simulators.kit.wire.translator import Translator

ENVELOPE = EnvelopeFields(code="errorCode", message="message")

FIELDS = frozenset({"success", "data", "errorMeta", "timestamp", ENVELOPE.code, ENVELOPE.message}).union(
    *(each.__struct_encode_fields__ for each in vars(models).values() if isinstance(each, StructMeta))
)
"""What fields of the contract are called."""

_REGISTRATION = (
    "checkIdentity", "VerifyEmailOtp", "resendOtpEmail", "VerifyMobileOtp", "resendOtpMobile", "mfa/list",
    "authenticateUser", "existingUserId", "saveuserid", "validatePassword", "setIbPassword",
)  # fmt: skip
ALIAS = "/otp/verifyOtp"
"""Another path of ``/ciamregsrvc/otp/verifyOtp``, which may therefore be moved there."""

PATHS = frozenset(
    {
        "/ciamauthsrvc/login",
        "/ciamauthsrvc/userinfo",
        ALIAS,
        "/ciamregsrvc/otp/verifyOtp",
        *(f"/ciamregsrvc/webRegistration/{each}" for each in _REGISTRATION),
    }
)
"""The contract's paths."""

PUBLISHED_ERRORS: Mapping[str, str] = {
    "VALIDATION_FAILED": "REGSRVC.INVALID_ARGUMENTS",
    "USER_BLOCKED": "AUTHSRVC.USER_LOCKED",
    "USER_BLOCKED@WR-2.3": "REGSRVC.OTP_LIMIT_EXCEED",
    "USER_BLOCKED@WR-4.3": "REGSRVC.OTP_LIMIT_EXCEED",
    "TOO_MANY_CODES": "REGSRVC.OTP_LIMIT_EXCEED",
    "RESEND_TOO_SOON": "MFASRVC.RESEND_PERIOD_NOT_ALLOWED",
    "RESEND_LIMIT_REACHED": "MFASRVC.RESEND_COUNT_EXCEED",
    "MOBILE_NOT_REGISTERED": "MFASRVC.MOBILE_NOT_FOUND",
    "EMAIL_NOT_REGISTERED": "MFASRVC.EMAIL_MOBILE_NOT_FOUND",
    "AUTHENTICATION_FAILED": "REGSRVC.INVALID_CREDENTIALS",
    "USER_ID_ALREADY_EXISTS": "USRSRVC.EXISTING_LOGIN",
    "PASSWORD_POLICY_VIOLATION": "AUTHSRVC.PASSWORD_COMPOSITION_RULE_VIOLATION",
    "SESSION_EXPIRED": "REGSRVC.INVALID_TOKEN",
    "INVALID_CREDENTIALS": "AUTHSRVC.ACCESS_DENIED",
}
"""The error codes in the vendor's public material that mean what a reason of ours means; it has none for the others."""

PUBLISHED_STATUSES = frozenset({200, 201, 400, 401, 403, 404, 500, 502, 503})
"""The statuses in the vendor's public material."""

SHIPPED: Mapping[str, WireProfile] = {
    "ours": WireProfile(),
    "published": WireProfile(
        errors=dict(PUBLISHED_ERRORS),
        statuses={"405": 404, "423": 403, **dict.fromkeys(("408", "409", "413", "415", "421", "422", "429"), 400)},
    ),
    "dotnet-sdk": WireProfile(instants="%d-%b-%Y %H:%M:%S", message="null_on_success"),
}
"""``ours`` is the contract; ``published`` keeps to the error codes and statuses of the vendor's public material;
``dotnet-sdk`` has the instants and messages that the vendor's SDK for .NET reads."""


def check_profile(wire: str | WireProfile) -> None:
    """Raise ValueError for a name that no shipped profile has, and for a profile that cannot be spoken."""
    name = wire if isinstance(wire, str) else wire.like
    if name not in SHIPPED:
        raise ValueError(f"wire: {name!r} is no profile; shipped are {', '.join(SHIPPED)}")
    if isinstance(wire, WireProfile):
        wire.over(SHIPPED[name]).check(FIELDS, PATHS - {ALIAS})


def translator(wire: str | WireProfile) -> Translator | None:
    """Return what speaks and reads a profile; ``None`` for ``ours``, which needs no translation."""
    return _load_shipped(wire) if isinstance(wire, str) else Translator(wire.over(SHIPPED[wire.like]), ENVELOPE)


@lru_cache
def _load_shipped(name: str) -> Translator | None:
    return None if name == "ours" else Translator(SHIPPED[name], ENVELOPE)
