"""What a caller is told when something that Cymmetri needs does not answer."""

TRY_LATER = {"Retry-After": "5"}
"""The header that says when to try again, in seconds (RFC 9110, section 10.2.3)."""
