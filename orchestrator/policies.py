"""The middleware's policies, each with its default."""

from datetime import timedelta
from typing import Annotated, Literal
from urllib.parse import quote_plus

from msgspec import Meta

from simulators.cymmetri.wire_profiles import check_profile
from simulators.kit.policies import Policies, duration, number, setting
from simulators.kit.wire.profiles import WireProfile

LONGEST_LIFETIME = timedelta(days=365)
LONGEST_QUOTED = 1800
"""Characters of a quoted service id: with a code beside it, a QR code holds them."""


class SignUpCodes(Policies, frozen=True):
    """The sign-up code that the middleware asks of the TSG."""

    length: Annotated[int, number("How many characters a sign-up code has.", 4, 32)] = 8
    charset: Annotated[
        Literal["NUMERIC", "ALPHANUMERIC"], setting("The characters of a sign-up code: digits, or letters and digits.")
    ] = "NUMERIC"
    lifetime: Annotated[timedelta, duration("How long a sign-up code is valid.", most=LONGEST_LIFETIME)] = timedelta(
        minutes=10
    )


class OrchestratorPolicies(Policies, frozen=True):
    """The middleware's policies of a world."""

    sign_up: SignUpCodes = SignUpCodes()
    service_id: Annotated[
        str,
        Meta(
            description="The institution's service at the TSG; quoted, as it stands in a sign-up's QR code, it has at "
            f"most {LONGEST_QUOTED} characters.",
            min_length=1,
            max_length=200,
        ),
    ] = "registration-sandbox"
    credential: Annotated[
        Literal["required", "optional"], setting("Whether a completed sign-up must carry a credential of the app.")
    ] = "required"
    poll_interval: Annotated[
        timedelta,
        duration("How often a sign-up is polled for where the TSG does not push.", most=timedelta(hours=1)),
    ] = timedelta(seconds=5)
    idempotency_key_lifetime: Annotated[
        timedelta, duration("For how long an Idempotency-Key gets the answer that it had first.", most=LONGEST_LIFETIME)
    ] = timedelta(hours=24)
    cymmetri_wire: Annotated[
        str | WireProfile,
        setting("The wire profile that its Cymmetri speaks; in a world that sets cymmetri.wire it is that one."),
    ] = "ours"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_profile(self.cymmetri_wire)
        if len(quote_plus(self.service_id)) > LONGEST_QUOTED:
            raise ValueError(f"service_id has more than {LONGEST_QUOTED} characters once it is quoted in a QR code")
