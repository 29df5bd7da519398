"""What can be set about the TSG in a world."""

from datetime import timedelta
from typing import Annotated, Literal
from urllib.parse import urlsplit

from msgspec import Meta

from simulators.kit.policies import Policies, duration, number, setting

Charset = Literal["NUMERIC", "ALPHANUMERIC"]
Receiver = Literal["middleware", "auth_service"]
Completion = Literal["push", "poll", "both"]
PushTime = Literal["world", "machine"]
InstitutionAuth = Literal["api_key", "basic"]

USUAL_LENGTH = 8
"""What our middleware asks for by default; it lies within all limits that can be set."""

LONGEST_CODE = 40


class SignUpCodePolicy(Policies, frozen=True):
    """Sign-up codes: the lengths that may be asked for, and what is given where nothing is asked."""

    min_length: Annotated[int, number("The shortest code that may be asked for.", 1, USUAL_LENGTH)] = 4
    max_length: Annotated[int, number("The longest code that may be asked for.", USUAL_LENGTH, LONGEST_CODE)] = 32
    length: Annotated[int, number("The length of a code where none is asked for.", 1, LONGEST_CODE)] = USUAL_LENGTH
    charset: Annotated[Charset, setting("The characters of a code where none are asked for.")] = "NUMERIC"
    lifetime: Annotated[
        timedelta, duration("How long a code is valid where nothing is asked for.", most=timedelta(days=365))
    ] = timedelta(minutes=10)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.min_length <= self.length <= self.max_length:
            raise ValueError(f"length must be between min_length and max_length, not {self.length}")


class GuessPolicy(Policies, frozen=True):
    """How many wrong sign-up codes may be sent in a window before the next one has to wait."""

    per_phone: Annotated[int, number("Wrong codes that one phone may send in a window.", 1, 1000)] = 5
    per_service: Annotated[int, number("Wrong codes that all phones of a service may send in it.", 1, 10_000)] = 50
    window: Annotated[
        timedelta, duration("How long a wrong code counts.", most=timedelta(days=365))
    ] = timedelta(minutes=15)  # fmt: skip


class PushRetryPolicy(Policies, frozen=True):
    """When a push that was not acknowledged is sent again (Standard Webhooks, deliverability and reliability)."""

    first: Annotated[
        timedelta, duration("The gap after the first try.", most=timedelta(days=1))
    ] = timedelta(seconds=5)  # fmt: skip
    factor: Annotated[float, Meta(description="By how much each gap is longer than the one before.", ge=1, le=16)] = 2.0
    max: Annotated[
        timedelta,
        duration("The longest gap, without its jitter.", least=timedelta(seconds=10), most=timedelta(days=1)),
    ] = timedelta(minutes=10)
    jitter: Annotated[float, Meta(description="The share of a gap that is added to it at random.", ge=0, le=1)] = 0.2
    span: Annotated[
        timedelta,
        duration("For how long after the sign-up a push is tried.", least=timedelta(), most=timedelta(days=365)),
    ] = timedelta(hours=24)


class EmCertPolicy(Policies, frozen=True):
    """emCerts, the certificates of the phones."""

    lifetime: Annotated[
        timedelta, duration("How long an emCert is valid, from the beginning of its day.", least=timedelta(days=1))
    ] = timedelta(days=1095)


class TsgPolicies(Policies, frozen=True):
    """The TSG's policies."""

    push_receiver: Annotated[
        Receiver, setting('Who receives the sign_up push (step 2, R2.1: "Auth Service?? or Middleware??").')
    ] = "middleware"
    push_url: Annotated[
        Annotated[str, Meta(max_length=2000)] | None,
        setting("The full URL of another receiver, on a host that SANDBOX_PUSH_HOSTS allows."),
    ] = None
    push_time: Annotated[
        PushTime, setting("The clock of webhook-timestamp: the world's, or the machine's for a receiver with its own.")
    ] = "world"
    completion: Annotated[
        Completion, setting("How the institution learns of a completed sign-up: by a push, by polling, or by either.")
    ] = "push"
    auth: Annotated[
        InstitutionAuth, setting("How the institution authenticates: by API key, or by HTTP Basic with it as password.")
    ] = "api_key"
    sign_up_code: SignUpCodePolicy = SignUpCodePolicy()
    guesses: GuessPolicy = GuessPolicy()
    push_retry: PushRetryPolicy = PushRetryPolicy()
    emcert: EmCertPolicy = EmCertPolicy()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.push_url is not None and not _is_receivers_url(self.push_url):
            raise ValueError("push_url must be a URL like http://127.0.0.1:9900/tsg/push")


def _is_receivers_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bad port, or half an IPv6 address
        return False
    return fits and text.isascii() and text.isprintable() and not set(' "<>\\^`{|}@#') & set(text)
