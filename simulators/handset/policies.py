"""What can be set about the phones in a world."""

from datetime import timedelta

from msgspec import Struct


class HandsetPolicies(Struct, forbid_unknown_fields=True):
    """The phones' policies.

    ``service_id`` is the institution's service that the app was built for, to which a typed code is sent; a QR code
    names its own. ``retry_gap`` is how long a phone waits before it sends a queued sign-up again.
    """

    service_id: str = "registration-sandbox"
    retry_gap: timedelta = timedelta(seconds=5)
