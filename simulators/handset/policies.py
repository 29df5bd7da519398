"""What can be set about the phones in a world."""

from datetime import timedelta
from typing import Annotated

from msgspec import Meta

from simulators.kit.policies import Policies, duration


class HandsetPolicies(Policies, frozen=True):
    """The phones' policies."""

    service_id: Annotated[
        str,
        Meta(
            description="The institution's service that the app was built for; a typed code is sent to it, while a QR "
            "code names its own.",
            min_length=1,
            max_length=200,
        ),
    ] = "registration-sandbox"
    retry_gap: Annotated[
        timedelta, duration("How long a phone waits before it sends a queued sign-up again.", most=timedelta(days=1))
    ] = timedelta(seconds=5)
