"""Who may register online: active customers who are of age."""

from datetime import UTC, date, datetime


def is_active(status: str) -> bool:
    """Tell whether a customer or a card is active, by the status that CBS gives it."""
    return status.casefold() == "active"


def is_of_age(born: date, years: int, now: datetime) -> bool:
    """Tell whether a person has reached an age, on the day of ``now`` in UTC.

    Who was born on 29 February has their birthday on 1 March in other years.
    """
    today = now.astimezone(UTC).date()
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (not had_birthday) >= years
