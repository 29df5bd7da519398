"""Contact details in one spelling, so that what people type is found however they type it."""

from functools import lru_cache

import phonenumbers

DEFAULT_REGION = "IN"
"""Where a number without a country code belongs (ISO 3166-1)."""

LONGEST_NUMBER = 100
"""Characters that a telephone number may have as it is typed. What is longer is not parsed, nor remembered."""


def mobile_number(text: str) -> str | None:
    """Return a telephone number in E.164 (ITU-T E.164), or ``None`` when the text cannot be a number."""
    return _parse_mobile_number(text) if len(text) <= LONGEST_NUMBER else None


@lru_cache(maxsize=4096)
def _parse_mobile_number(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text, DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email_address(text: str) -> str:
    """Return an email address as it is compared: without blanks around it, in lower case."""
    return text.strip().lower()
