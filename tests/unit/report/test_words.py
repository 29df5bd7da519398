"""Values as people write them, and names as links bear them."""

from typing import Any

import pytest

from registration_sandbox.report.prose import Slugs, features
from registration_sandbox.report.words import facts_in_words, in_words
from tests.support.made_runs import run, scenario


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "yes"), (False, "no"), (None, "none"), ([], "none"), ({}, "none"), ("", "none"), (0, "0"), (2.5, "2.5"),
        ("PT300S", "5 minutes"), ("PT30M", "30 minutes"), ("P1095D", "1095 days"), ("PT45S", "45 seconds"),
        ("PT0S", "0 seconds"), ("P", "P"), ("PTA", "PTA"), ("PT", "PT"),
        ("2026-01-05T09:10:00.000000Z", "2026-01-05 09:10:00"),
        ("Until 2026-01-05T09:10:00Z.", "Until 2026-01-05 09:10:00."),
        ("0af3" * 8, "0af30a…"), (["debit", "credit"], "debit and credit"), ({"email_otp": 3}, "email otp 3"),
    ],
)  # fmt: skip
def test_a_value_is_told_in_words(value: Any, expected: str):
    assert in_words(value) == expected


def test_facts_are_told_one_after_the_other():
    assert facts_in_words({"otp_sent": True, "attempts": 2}) == "otp sent yes, attempts 2"


def test_a_name_for_links_is_made_of_a_title_and_given_once():
    slugs = Slugs(["verdict"])
    assert [slugs.of(title) for title in ("A wrong code!", "a WRONG code", "Verdict", "登録", "登録")] == [
        "a-wrong-code", "a-wrong-code-2", "verdict-2", "scenario", "scenario-2",
    ]  # fmt: skip


def test_the_title_of_an_example_is_told_without_its_number():
    told = features(run(scenario("The code is long -- @1.2 Lengths")), [])
    assert [each.title for each in told[0].scenarios] == ["The code is long"]


def test_a_scenario_whose_feature_is_not_told_is_told_all_the_same():
    told = features(run(scenario(location="features/lost.feature:3"), features=[]), [])
    assert [each.text.name for each in told] == ["features/lost.feature"]
