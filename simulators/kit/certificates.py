"""What the services that make or ask for certificates have in common."""

LONGEST_COMMON_NAME = 64
"""Bytes in UTF-8 (RFC 5280, appendix A.1: ub-common-name, as ``cryptography`` counts it)."""


def common_name(text: str) -> str:
    """Return ``text`` truncated to what a certificate's common name can hold, never within a character."""
    return text.encode()[:LONGEST_COMMON_NAME].decode(errors="ignore")
