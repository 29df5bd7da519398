"""Patterns of users are matched in linear time."""

from time import process_time

import pytest
import re2

from simulators.cymmetri import patterns
from simulators.cymmetri.patterns import check_pattern, matches_whole
from simulators.cymmetri.policies import UserIdPolicy
from simulators.cymmetri.user_ids import broken_rule


@pytest.mark.parametrize("pattern", ["(a|a)*b", "(a+)+b", "(a*)*b", "(.*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_no_pattern_takes_longer_than_its_text_is_long(pattern):
    began = process_time()
    assert not matches_whole(pattern, "a" * 320)
    assert broken_rule("a" * 32, UserIdPolicy(pattern=pattern)) == "PATTERN"
    assert process_time() - began < 1


@pytest.mark.parametrize("pattern", ["[", "(", "a{2,1}", "(?=a)", "(a)\\1", "x{1000}{1000}"])
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(ValueError, match="no regular expression that RE2 takes"):
        check_pattern(pattern)


def test_a_pattern_that_is_empty_is_refused():
    with pytest.raises(ValueError, match="no user id could match it"):
        check_pattern("")


def test_all_of_a_text_must_match():
    assert matches_whole("[a-z]+", "asha")
    assert not matches_whole("[a-z]+", "asha1")
    assert not matches_whole("[a-z]+", "asha\n")
    assert matches_whole("[à-ÿ]+", "é")


def test_compiled_patterns_take_a_bounded_room():
    for number in range(100):
        assert matches_whole(f"[a-z]{{{number}}}", "a" * number)
    kept = patterns._compile.cache_info().currsize + re2._Regexp._make.cache_info().currsize
    assert kept * re2.Options().max_mem <= 64 * 1024 * 1024
