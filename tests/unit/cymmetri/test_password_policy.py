"""The password rules, one by one."""

import msgspec
import pytest
from argon2 import extract_parameters

from simulators.cymmetri import passwords
from simulators.cymmetri.common_passwords import commonest
from simulators.cymmetri.password_policy import Owner, name_parts, violations
from simulators.cymmetri.passwords import hash_password, is_password
from simulators.cymmetri.policies import CymmetriPolicies, PasswordPolicy

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


def test_just_as_many_characters_of_each_kind_as_are_asked_for_are_enough():
    exact = PasswordPolicy(
        min_length=10, max_length=10, min_digits=1, min_specials=1, min_alpha=8, min_upper=1, min_lower=7
    )
    assert violations(GOOD, OWNER, exact) == []


def test_an_accent_that_the_blacklist_has_apart_is_the_same_as_one_in_the_letter():
    for listed, typed in (("Tr0mbo\u0301ne!x", "Tr0mb\u00f3ne!x"), ("Tr0mb\u00f3ne!x", "Tr0mbo\u0301ne!x")):
        assert "BLACKLISTED" in violations(typed, OWNER, PasswordPolicy(blacklist=(listed,)))


def test_a_blacklisted_word_within_a_password_is_no_matter():
    assert violations(GOOD, OWNER, PasswordPolicy(blacklist=("Tr0mbone",))) == []


@pytest.mark.parametrize("password", ["xx1!ASHAxx", "rAo!12345"])
def test_no_part_of_the_name_may_be_in_it(password):
    assert violations(password, OWNER, POLICY) == ["CONTAINS_NAME"]


def test_the_login_id_itself_is_refused_in_any_letter_case():
    assert violations("TR0MBONE!x", Owner(GOOD, ""), POLICY) == ["EQUALS_LOGIN_ID"]


def test_just_the_last_passwords_are_refused():
    history = [hash_password(f"Fl4tiron!{number}") for number in range(4)]
    owner = Owner("asha.rao", "Asha Rao", history)
    broken = [violations(f"Fl4tiron!{number}", owner, POLICY) for number in range(4)]
    assert broken == [["PASSWORD_HISTORY"]] * 3 + [[]]
    assert violations("Fl4tiron!0", owner, PasswordPolicy(history=0)) == []


@pytest.mark.parametrize(
    ("legal_name", "parts"),
    [("Asha Rao", ["asha", "rao"]), ("J. de la Cruz-Öz Jr", ["cruz"]), ("Zoë O'Brien", ["zoë", "brien"]), ("", [])],
)
def test_short_parts_of_a_name_are_not_looked_for(legal_name, parts):
    assert name_parts(legal_name) == parts


def test_a_hash_is_of_one_password_only_and_garbage_is_of_none():
    hash = hash_password(GOOD)
    assert GOOD not in hash
    assert is_password(GOOD, hash)
    assert not is_password(GOOD + "x", hash)
    assert not is_password(GOOD, "garbage")


def test_a_check_in_vain_costs_what_a_check_does(monkeypatch):
    checked = []
    monkeypatch.setattr(passwords, "is_password", lambda *given: checked.append(given))
    passwords.check_in_vain(GOOD)
    ((password, hash),) = checked
    assert password == GOOD
    assert extract_parameters(hash) == extract_parameters(hash_password(GOOD))


@pytest.mark.parametrize(("password", "rule"), [("Tr0mbo!", "MIN_LENGTH"), ("Tr0mbone!" + "x" * 56, "MAX_LENGTH")])
def test_the_shortest_and_the_longest_password_are_allowed(password, rule):
    assert violations(password, OWNER, POLICY) == [rule]
    neighbour = password + "x" if rule == "MIN_LENGTH" else password[:-1]
    assert violations(neighbour, OWNER, POLICY) == []


@pytest.mark.parametrize("name", ["Asha Rao", "Rao Asha", "A. K. Asha", "Sri-Asha"])
@pytest.mark.parametrize("password", ["asha!1X", "x!1Xasha", "x!1aSHAx"])
def test_every_part_of_the_name_is_looked_for_anywhere_in_any_letter_case(name, password):
    assert "CONTAINS_NAME" in violations(password, Owner("id", name), POLICY)


def test_a_name_is_looked_for_whole_where_letters_carry_marks():
    assert name_parts("ರಾಮಕೃಷ್ಣ Zoe\u0301") == ["ರಾಮಕೃಷ್ಣ", "zo\u00e9"]


@pytest.mark.parametrize("name", ["Zo\u00e9", "Zoe\u0301"])
@pytest.mark.parametrize("password", ["zo\u00e9!1Xyz", "zoe\u0301!1Xyz"])
def test_a_name_is_found_however_its_accents_were_composed(name, password):
    assert "CONTAINS_NAME" in violations(password, Owner("id", name), POLICY)


def test_a_letter_whose_accent_was_typed_apart_is_one_character():
    assert "MIN_LENGTH" in violations("Tr0mb\u00f6!", OWNER, POLICY)
    assert "MIN_LENGTH" in violations("Tr0mbo\u0308!", OWNER, POLICY)


def test_as_many_former_passwords_are_refused_as_the_policy_says():
    history = [hash_password(f"Fl4tiron!{number}") for number in range(3)]
    for kept in range(4):
        refused = [
            bool(violations(f"Fl4tiron!{n}", Owner("id", "", history), PasswordPolicy(history=kept))) for n in range(3)
        ]
        assert refused == [n < kept for n in range(3)]


NIST = msgspec.convert(CymmetriPolicies.with_preset({"preset": "nist"}), CymmetriPolicies).password


@pytest.mark.parametrize(
    ("password", "rules"),
    [
        ("correct horse battery", []),
        ("aaaaaaaaaaaaaaa", []),
        ("aaaaaaaaaaaaaa", ["MIN_LENGTH"]),
        ("<\"'\\> \u00e9\u4e2d\u6587\U0001f600 enough", []),
        ("x" * 128, []),
        ("x" * 129, ["MAX_LENGTH"]),
        ("qwertyuiop", ["MIN_LENGTH", "BLACKLISTED"]),
        ("QwertyUIOP", ["MIN_LENGTH", "BLACKLISTED"]),
        ("asha went to the shop", ["CONTAINS_NAME"]),
    ],
)
def test_the_preset_nist_asks_for_length_and_not_for_kinds_of_characters(password, rules):
    assert violations(password, OWNER, NIST) == rules


def test_the_commonest_passwords_are_refused_as_far_as_the_policy_says():
    short = msgspec.structs.replace(NIST, min_length=1)
    assert len(commonest(3000)) >= 2900
    assert violations("password", OWNER, short) == ["BLACKLISTED"]
    assert violations("password", OWNER, msgspec.structs.replace(short, refuse_common=0)) == []
    assert violations("Password1", OWNER, msgspec.structs.replace(short, refuse_common=1)) == []


def test_a_password_is_the_same_however_a_keyboard_composes_its_letters():
    assert is_password("caf\u00e9 by the sea", hash_password("cafe\u0301 by the sea"))
