"""The statuses of a device registration, spelt as the document spells them."""

NOT_FOUND = "Not_Found"
IN_PROGRESS = "Sign_Up_In_Progress"
SIGNED_UP = "Sign_Up_Complete"
REGISTERED = "Register_Complete"
ACTIVE = "Device_Activate"

STATUSES = (NOT_FOUND, IN_PROGRESS, SIGNED_UP, REGISTERED, ACTIVE)

OPEN = (NOT_FOUND, IN_PROGRESS)
"""A sign-up can be completed in these: the TSG may tell of it before its code was announced, or after it has lapsed."""

UNDER_WAY = (IN_PROGRESS, SIGNED_UP)
"""A device that is not found yet changes nothing in these."""
