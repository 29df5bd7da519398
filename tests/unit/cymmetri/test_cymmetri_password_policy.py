"""The password rules, one by one."""

import pytest

from simulators.cymmetri.password_policy import Owner, names, violations
from simulators.cymmetri.passwords import hashed, is_password
from simulators.cymmetri.policies import PasswordPolicy

OWNER = Owner("asha.rao", "Asha Rao")
POLICY = PasswordPolicy()
GOOD = "Tr0mbone!x"


def test_a_good_password_breaks_no_rule():
    assert violations(GOOD, OWNER, POLICY) == []


@pytest.mark.parametrize(
    ("rule", "policy"),
    [
        ("MIN_LENGTH", PasswordPolicy(min_length=11)),
        ("MAX_LENGTH", PasswordPolicy(max_length=9)),
        ("MIN_DIGITS", PasswordPolicy(min_digits=2)),
        ("MIN_SPECIALS", PasswordPolicy(min_specials=2)),
        ("MIN_ALPHA", PasswordPolicy(min_alpha=9)),
        ("MIN_UPPER", PasswordPolicy(min_upper=2)),
        ("MIN_LOWER", PasswordPolicy(min_lower=8)),
        ("DISALLOWED_CHARACTER", PasswordPolicy(disallowed_characters="?!")),
        ("BLACKLISTED", PasswordPolicy(blacklist=("tr0MBONE!x",))),
    ],
)
def test_each_rule_follows_its_policy(rule, policy):
    assert violations(GOOD, OWNER, policy) == [rule]


def test_a_blacklisted_word_within_a_password_is_no_matter():
    assert violations(GOOD, OWNER, PasswordPolicy(blacklist=("Tr0mbone",))) == []


@pytest.mark.parametrize("password", ["xx1!ASHAxx", "rAo!12345"])
def test_no_part_of_the_name_may_be_in_it(password):
    assert violations(password, OWNER, POLICY) == ["CONTAINS_NAME"]


def test_the_login_id_itself_is_refused_in_any_letter_case():
    assert violations("TR0MBONE!x", Owner(GOOD, ""), POLICY) == ["EQUALS_LOGIN_ID"]


def test_just_the_last_passwords_are_refused():
    history = [hashed(f"Fl4tiron!{number}") for number in range(4)]
    owner = Owner("asha.rao", "Asha Rao", history)
    broken = [violations(f"Fl4tiron!{number}", owner, POLICY) for number in range(4)]
    assert broken == [["PASSWORD_HISTORY"]] * 3 + [[]]
    assert violations("Fl4tiron!0", owner, PasswordPolicy(history=0)) == []


@pytest.mark.parametrize(
    ("legal_name", "parts"),
    [("Asha Rao", ["asha", "rao"]), ("J. de la Cruz-Öz Jr", ["cruz"]), ("Zoë O'Brien", ["zoë", "brien"]), ("", [])],
)
def test_short_parts_of_a_name_are_not_looked_for(legal_name, parts):
    assert names(legal_name) == parts


def test_a_hash_is_of_one_password_only_and_garbage_is_of_none():
    hash = hashed(GOOD)
    assert GOOD not in hash
    assert is_password(GOOD, hash)
    assert not is_password(GOOD + "x", hash)
    assert not is_password(GOOD, "garbage")
