"""Card numbers that no bank issued, and the dates on cards."""

from datetime import datetime

TEST_BINS = {"DEBIT": "400000", "CREDIT": "555555"}
"""The first six digits by card type: Visa and Mastercard ranges that payment providers publish for test cards."""

NUMBER_LENGTH = 16


def number(bin: str, account: str) -> str:
    """Return a card number: the bank's digits, the account's, and the check digit (ISO/IEC 7812-1, annex B)."""
    digits = bin + account
    return digits + str(-luhn_sum(digits + "0") % 10)


def luhn_sum(number: str) -> int:
    """Return the sum that is a multiple of ten for a number whose check digit is right."""
    doubled = [int(digit) * 2 for digit in number[-2::-2]]
    return sum(map(int, number[-1::-2])) + sum(each // 10 + each % 10 for each in doubled)


def expiry(now: datetime, months: int) -> str:
    """Return the expiry, as MMYY, of a card that expires so many months after ``now`` (before it, if negative)."""
    year, month = divmod(now.year * 12 + now.month - 1 + months, 12)
    return f"{month + 1:02}{year % 100:02}"
