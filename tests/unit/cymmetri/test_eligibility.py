"""Who may register online."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from simulators.cymmetri.eligibility import is_active, is_of_age


@pytest.mark.parametrize(
    ("born", "today", "of_age"),
    [
        (date(2008, 1, 5), datetime(2026, 1, 5, tzinfo=UTC), True),
        (date(2008, 1, 5), datetime(2026, 1, 4, 23, 59, 59, 999999, tzinfo=UTC), False),
        (date(2008, 12, 31), datetime(2026, 12, 30, 12, tzinfo=UTC), False),
        (date(2008, 2, 29), datetime(2026, 2, 28, 23, tzinfo=UTC), False),
        (date(2008, 2, 29), datetime(2026, 3, 1, tzinfo=UTC), True),
        (date(2008, 2, 29), datetime(2028, 2, 29, tzinfo=UTC), True),
        (date(2030, 1, 1), datetime(2026, 1, 1, tzinfo=UTC), False),
    ],
)
def test_a_customer_is_of_age_from_the_birthday_on(born, today, of_age):
    assert is_of_age(born, 18, today) is of_age


@pytest.mark.usefixtures("machine_in_india")
def test_a_birthday_begins_in_utc_wherever_the_machine_is():
    india = timezone(timedelta(hours=5, minutes=30))
    assert not is_of_age(date(2008, 1, 5), 18, datetime(2026, 1, 5, 5, 29, tzinfo=india))
    assert is_of_age(date(2008, 1, 5), 18, datetime(2026, 1, 5, 5, 30, tzinfo=india))


def test_any_age_will_do_from_the_day_of_birth_on():
    assert is_of_age(date(2026, 1, 5), 0, datetime(2026, 1, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("status", "active"),
    [
        ("active", True),
        ("ACTIVE", True),
        *((each, False) for each in ("dormant", "closed", "deceased", "inactive", "")),
    ],
)
def test_a_status_is_active_in_any_letter_case(status, active):
    assert is_active(status) is active
