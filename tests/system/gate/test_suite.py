"""Which scenarios a wish selects."""

import pytest

from registration_sandbox.gate import suite as suites
from registration_sandbox.gate.suite import BadSuite

pytestmark = pytest.mark.thorough


FEATURE = """
@documented
Feature: Arriving
  Someone comes.

  @WR-1.1
  Scenario: By train
    Given nothing

  Rule: Others
    @WR-1.2 @implied
    Scenario Outline: By <means>
      Given nothing

      Examples:
        | means |
        | bus   |
        | boat  |
"""


@pytest.fixture
def suite(tmp_path):
    for name in ("features/travel", "features/home", "steps"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "environment.py").touch()
    (tmp_path / "features/travel/arriving.feature").write_text(FEATURE)
    (tmp_path / "features/home/staying.feature").write_text(
        "Feature: Staying\n  @DR-0.1\n  Scenario: At home\n    Given nothing\n"
    )
    return suites.read(tmp_path)


def names(found):
    return [one.scenario.name.partition(" -- ")[0] for one in found]


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ("WR-1.1", ["By train"]),
        ("@WR-1.2", ["By bus", "By boat"]),
        ("WR-1", ["By train", "By bus", "By boat"]),
        ("@documented", ["By train", "By bus", "By boat"]),
        ("features/home", ["At home"]),
        ("features/travel/arriving.feature", ["By train", "By bus", "By boat"]),
        ("arriving.feature:7", ["By train"]),
        ("features/travel/arriving.feature:18", ["By boat"]),
        ("arriving.feature:6", ["By train"]),
        ("arriving.feature:9", ["By train"]),
        ("arriving.feature:11", ["By bus", "By boat"]),
        ("arriving.feature:12", ["By bus", "By boat"]),
        ("arriving.feature:16", ["By bus", "By boat"]),
        ("arriving.feature:17", ["By bus"]),
        ("BUS", ["By bus"]),
    ],
)
def test_a_wish_is_a_tag_a_branch_a_path_or_words_of_a_title(suite, wish, found):
    assert names(suites.select(suite, [wish])) == found


def test_wishes_add_up_and_tag_expressions_narrow_down_in_the_order_of_the_files(suite):
    assert names(suites.select(suite, ["WR-1.1", "features/home"])) == ["At home", "By train"]
    assert names(suites.select(suite, [], ["@implied or @DR-0.1"])) == ["At home", "By bus", "By boat"]
    assert names(suites.select(suite, [], ["@documented", "not @implied"])) == ["By train"]


@pytest.mark.parametrize(
    ("wish", "hint"),
    [
        ("WR-1.7", "WR-1."),
        ("ariving.feature:7", "arriving.feature:7"),
        ("By trian", "By train"),
        ("Up", ""),
        ("arriving.feature:5", "arriving.feature:7"),
        ("arriving.feature:10", "arriving.feature"),
        ("staying.feature:5", "staying"),
        ("arriving.feature:six", ""),
        ("arriving.feature:²", ""),
    ],
)
def test_a_wish_that_fits_nothing_is_told_with_its_like(suite, wish, hint):
    with pytest.raises(BadSuite, match=rf"No scenario fits '{wish}'.*{hint}"):
        suites.select(suite, [wish])


@pytest.mark.parametrize("expression", ["@a and (", "not", "or"])
def test_what_is_no_tag_expression_is_told(suite, expression):
    with pytest.raises(BadSuite, match="tag expression"):
        suites.select(suite, [], [expression])


def test_shards_are_the_whole_and_do_not_overlap(suite):
    every = suites.select(suite, [])
    shards = [suites.shard(every, number, 3) for number in (1, 2, 3)]
    assert sorted(one.location for part in shards for one in part) == sorted(one.location for one in every)
    assert {len(part) for part in shards} <= {1, 2}


def test_a_directory_that_holds_no_suite_is_told(tmp_path):
    with pytest.raises(BadSuite, match="holds no features"):
        suites.read(tmp_path)


@pytest.mark.parametrize(
    ("text", "words"), [("", "is empty"), ("Feature: A\n  Scenario: B\n    Given c\n    Gven d\n", "no Gherkin")]
)
def test_a_feature_that_is_no_gherkin_is_told_with_its_name(suite, text, words):
    (suite.root / "features/broken.feature").write_text(text)
    with pytest.raises(BadSuite, match=rf"features/broken.feature.*{words}"):
        suites.read(suite.root)


def test_the_project_has_a_suite_of_its_own():
    own = suites.read(suites.default_root())
    assert {text.path.split("/")[1] for text in own.features} >= {"web_registration", "device_registration", "journeys"}
