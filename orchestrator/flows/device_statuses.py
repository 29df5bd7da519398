"""The statuses of a device registration, spelt as the document spells them."""

from orchestrator import state

STATUSES = NOT_FOUND, IN_PROGRESS, SIGNED_UP, REGISTERED, ACTIVE = state.STATUSES["device"]

OPEN = (NOT_FOUND, IN_PROGRESS)
"""A sign-up can be completed in these: the TSG may tell of it before its code was announced, or after it has lapsed."""

UNDER_WAY = (IN_PROGRESS, SIGNED_UP)
"""A device that is not found yet changes nothing in these."""
