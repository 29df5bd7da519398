"""Cymmetri's own users, found by any usual spelling of user id and contacts."""

from datetime import UTC, datetime

import pytest

from simulators.cymmetri.accounts import new_account
from simulators.cymmetri.records import Account

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_a_new_user_has_the_spellings_that_are_compared_beside_those_that_were_typed():
    account = new_account("1", "Asha.Rao", "hash", "Asha Rao", "Asha@Example.Test", "98765 43210", NOW)
    assert account == Account(
        cif="1", user_id="Asha.Rao", user_key="asha.rao", password="hash", legal_name="Asha Rao",
        email="Asha@Example.Test", email_key="asha@example.test", mobile="98765 43210", mobile_key="+919876543210",
        created_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(("mobile", "key"), [(None, None), ("", None), ("front desk", "front desk")])
def test_a_mobile_that_is_no_number_is_found_as_it_is_written(mobile, key):
    account = new_account("1", "asha", "hash", "Asha Rao", None, mobile, NOW)
    assert (account.mobile, account.mobile_key) == (mobile, key)
    assert (account.email, account.email_key) == (None, None)
