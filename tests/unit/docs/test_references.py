"""The pages that are made from the code say what the code says."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from orchestrator.flows.branches import branches
from registration_sandbox.reference.__main__ import PROJECT, main
from registration_sandbox.reference.markdown import prose, table
from registration_sandbox.reference.pages import PAGES, stale_pages, write_pages
from registration_sandbox.reference.schemas import describe, format_duration
from simulators.kit.faults.effect import effects
from simulators.kit.policies import Policies
from simulators.kit.services import TABLE, ServiceSpec


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_made_from_the_code_is_fresh(name: str) -> None:
    assert (PROJECT / name).read_text("utf-8") == PAGES[name](), "Run python -m registration_sandbox.reference."


@pytest.mark.thorough
def test_a_page_that_was_changed_by_hand_is_stale_until_it_is_written_again(tmp_path: Path) -> None:
    write_pages(tmp_path)
    assert stale_pages(tmp_path) == []
    (tmp_path / "docs/settings.md").write_text("# Settings\n")
    assert stale_pages(tmp_path) == ["docs/settings.md"]
    checked = CliRunner().invoke(main, ["--check", str(tmp_path)])
    assert (checked.exit_code, "docs/settings.md: is stale" in checked.output) == (1, True)
    written = CliRunner().invoke(main, [str(tmp_path)])
    assert (written.exit_code, stale_pages(tmp_path)) == (0, [])


def test_every_branch_effect_and_service_has_its_place() -> None:
    told = PAGES["docs/branches.md"]()
    assert all(f"**{branch}**" in told for branch in branches())
    told = PAGES["docs/faults.md"]()
    assert all(f"### `{name}`" in told for name in effects())
    told = PAGES["docs/fidelity.md"]()
    assert all(f"## {spec.title}" in told for spec in TABLE)


def test_settings_of_this_machine_stay_out_of_the_command_line_page(monkeypatch: pytest.MonkeyPatch) -> None:
    before = PAGES["docs/cli.md"]()
    monkeypatch.setenv("SANDBOX_WORLD", "somebodys")
    monkeypatch.setenv("COLUMNS", "60")
    assert PAGES["docs/cli.md"]() == before


def test_no_help_shows_the_mark_that_keeps_a_paragraph_as_it_is() -> None:
    assert "\b" not in PAGES["docs/cli.md"]()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "PT0S"), (0.5, "PT0.5S"), (300, "PT5M"), (90, "PT1M30S"), (86_400, "P1D"), (90_000, "P1DT1H")],
)
def test_a_duration_is_told_in_its_largest_units(seconds: float, text: str) -> None:
    assert format_duration(timedelta(seconds=seconds)) == text


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer", "minimum": 4, "maximum": 10}, "a whole number, 4 to 10"),
        ({"type": "integer", "minimum": 1}, "a whole number, at least 1"),
        ({"type": "string", "maxLength": 5}, "text, up to 5"),
        ({"type": "number", "exclusiveMinimum": 0}, "a number, more than 0"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "text or nothing"),
        ({"enum": ["NUMERIC", "ALPHANUMERIC"]}, "`NUMERIC`, `ALPHANUMERIC`"),
        ({"type": "string", "format": "duration", "default": "PT5M"}, "a duration"),
        (
            {"type": "string", "format": "duration", "x-minimum": "PT1S", "x-maximum": "P1D"},
            "a duration, `PT1S` to `P1D`",
        ),
        (
            {
                "anyOf": [{"type": "null"}, {"type": "string", "format": "duration"}],
                "x-minimum": "PT0S",
                "x-maximum": "PT60S",
            },
            "nothing or a duration, `PT0S` to `PT1M`",
        ),
        ({}, "any value"),
    ],
)
def test_a_schema_is_told_in_words(schema: dict[str, object], words: str) -> None:
    assert describe(schema) == words


def test_a_cell_breaks_no_table() -> None:
    assert table(["a"], [["one | two\nthree"]]) == "| a |\n| --- |\n| one \\| two three |"


def test_a_docstring_becomes_markdown() -> None:
    assert prose("First.\n\n        Then ``a\n        b``.") == "First.\n\nThen `a b`."


@pytest.mark.parametrize("spec", TABLE, ids=lambda spec: spec.name)
def test_every_policy_says_what_it_sets(spec: ServiceSpec) -> None:
    model = spec.load_policies()
    if not issubclass(model, Policies):
        pytest.skip("its policies are not described yet")
    _, schemas = msgspec.json.schema_components([model], ref_template="{name}")
    fields = {
        f"{name}.{field}": each for name, schema in schemas.items() for field, each in schema["properties"].items()
    }
    assert [name for name, each in fields.items() if "$ref" not in each and not each.get("description")] == []
