"""What can be set about the TSG in a world."""

from datetime import timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

Charset = Literal["NUMERIC", "ALPHANUMERIC"]
Receiver = Literal["middleware", "auth_service"]


class SignUpCodePolicy(Struct, forbid_unknown_fields=True):
    """Sign-up codes: the lengths that may be asked for, and what is given where nothing is asked."""

    min_length: Annotated[int, Meta(ge=1)] = 4
    max_length: Annotated[int, Meta(ge=1, le=40)] = 32
    length: Annotated[int, Meta(ge=1)] = 8
    charset: Charset = "NUMERIC"
    lifetime: timedelta = timedelta(minutes=10)


class GuessPolicy(Struct, forbid_unknown_fields=True):
    """How many wrong codes a phone, and all phones of a service, may send in a window before they must wait."""

    per_phone: Annotated[int, Meta(ge=1)] = 5
    per_service: Annotated[int, Meta(ge=1)] = 50
    window: timedelta = timedelta(minutes=15)


class PushRetryPolicy(Struct, forbid_unknown_fields=True):
    """When a push that was not acknowledged is sent again.

    The gap begins with ``first`` and grows by ``factor`` up to ``max``; a share of up to ``jitter`` is added to each.
    No try begins later than ``span`` after the sign-up.
    """

    first: timedelta = timedelta(seconds=5)
    factor: Annotated[float, Meta(ge=1, le=16)] = 2.0
    max: timedelta = timedelta(minutes=10)
    jitter: Annotated[float, Meta(ge=0, le=1)] = 0.2
    span: timedelta = timedelta(hours=24)


class EmCertPolicy(Struct, forbid_unknown_fields=True):
    """How long an emCert is valid."""

    lifetime: timedelta = timedelta(days=1095)


class TsgPolicies(Struct, forbid_unknown_fields=True):
    """The TSG's policies. ``push_receiver`` answers the document's "Auth Service?? or Middleware??" (step 2, R2.1)."""

    push_receiver: Receiver = "middleware"
    sign_up_code: SignUpCodePolicy = field(default_factory=SignUpCodePolicy)
    guesses: GuessPolicy = field(default_factory=GuessPolicy)
    push_retry: PushRetryPolicy = field(default_factory=PushRetryPolicy)
    emcert: EmCertPolicy = field(default_factory=EmCertPolicy)
