"""What varies in the middleware, each with its default."""

from datetime import timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct, field


class SignUpCodes(Struct, forbid_unknown_fields=True):
    """The sign-up code that the middleware asks of the TSG: its length, characters, and how long it holds."""

    length: Annotated[int, Meta(ge=4, le=32)] = 8
    charset: Literal["NUMERIC", "ALPHANUMERIC"] = "NUMERIC"
    lifetime: timedelta = timedelta(minutes=10)


class OrchestratorPolicies(Struct, forbid_unknown_fields=True):
    """The middleware's policies of a world.

    ``service_id`` is the institution's service at the TSG.
    """

    sign_up: SignUpCodes = field(default_factory=SignUpCodes)
    service_id: str = "registration-sandbox"
