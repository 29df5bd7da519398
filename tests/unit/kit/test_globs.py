"""Globs over the paths of requests."""

import time
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.kit.faults import globs
from simulators.kit.faults.globs import LONGEST_GLOB, can_match, matches, nearest


@given(st.text("a/?*", max_size=8), st.text("a/b", max_size=8))
def test_a_glob_means_what_it_means_in_a_shell_but_that_a_star_takes_slashes(glob, path):
    assert matches(glob, path) == fnmatchcase(path, glob)


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("*", "", True),
        ("/users/*/devices/*", "/users/asha/devices/1", True),
        ("/users/*/devices/*", "/users/asha/devices", False),
        ("/a.c", "/abc", False),
        ("/[ab]", "/a", False),
        ("/[ab]", "/[ab]", True),
        ("/line*", "/line\nbreak", True),
    ],
)
def test_all_but_star_and_question_mark_stand_for_themselves(glob, path, expected):
    assert matches(glob, path) is expected


@pytest.mark.parametrize("glob", ["*a" * (LONGEST_GLOB // 2), "*?" * (LONGEST_GLOB // 2), "*" * LONGEST_GLOB + "b"])
def test_the_worst_glob_is_matched_at_once(glob):
    began = time.process_time()
    matches(glob, "a" * 8000 + "c")
    assert time.process_time() - began < 1


def test_few_globs_are_remembered():
    for number in range(2000):
        matches(f"/{number}", "/")
    assert globs._compile.cache_info().currsize <= 256


@pytest.mark.parametrize(
    ("glob", "template", "expected"),
    [
        ("*", "/messages", True),
        ("/messages", "/messages", True),
        ("/message", "/messages", False),
        ("cbs/*", "/cbs/customers/search", False),
        ("/cbs/*", "/cbs/customers/search", True),
        ("/cbs/customers/123/cards", "/cbs/customers/<cif>/cards", True),
        ("/cbs/customers/*", "/cbs/customers/<cif>/cards", True),
        ("/cbs/customers//cards", "/cbs/customers/<cif>/cards", False),
        ("/cbs/customers/1/2/cards", "/cbs/customers/<cif>/cards", False),
        ("/cbs/*/12?/c*", "/cbs/customers/<cif>/cards", True),
        ("/w/team-a/messages", "/messages", False),
        ("", "/messages", False),
        ("/X", "/x", False),
        ("/?", "/x", True),
        ("/cs/customers/1/cards", "/cbs/customers/<cif>/cards", False),
        ("/cbs/customerss/1/cards", "/cbs/customers/<cif>/cards", False),
        ("/cbs/customers/1/card", "/cbs/customers/<cif>/cards", False),
    ],
)
def test_a_glob_is_set_against_the_paths_of_an_operation(glob, template, expected):
    assert can_match(glob, template) is expected


@given(st.text("ab/?*", max_size=7), st.text("ab", min_size=1, max_size=3), st.text("ab", min_size=1, max_size=3))
def test_a_glob_that_matches_a_path_can_match_the_path_s_template(glob, first, last):
    if matches(glob, f"/{first}/a/{last}"):
        assert can_match(glob, "/<first>/a/<last>")


def test_the_longest_glob_is_set_against_a_path_at_once():
    began = time.process_time()
    can_match("*a?" * (LONGEST_GLOB // 3), "/<a>" * 10)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("glob", "near"),
    [
        ("cbs/*", "/cbs/*"),
        ("/cbs/costumers/*/cards", "/cbs/customers/*/cards"),
        ("/mesage", "/messages"),
        ("zzz", None),
    ],
)
def test_what_may_have_been_meant_is_named_as_a_glob(glob, near):
    assert nearest(glob, ["/messages", "/cbs/customers/<cif>/cards"]) == near
