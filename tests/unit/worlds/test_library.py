"""The scenarios that come with the sandbox."""

from importlib.resources import files

import jsonschema
import pytest
import yaml

from registration_sandbox.worlds import library
from registration_sandbox.worlds.mistakes import ScenarioError
from registration_sandbox.worlds.parts import deal
from registration_sandbox.worlds.people import expand
from registration_sandbox.worlds.schema import schema, schema_text
from simulators.kit.errors import SandboxRefusal
from simulators.kit.services import SERVICES

MODELINE = "# yaml-language-server: $schema=scenario.schema.json\n"


@pytest.fixture(scope="module")
def editor():
    """What an editor checks a scenario with."""
    wanted = schema()
    kind = jsonschema.validators.validator_for(wanted)
    kind.check_schema(wanted)
    return kind(wanted)


def text_of(name: str) -> str:
    return files("scenarios").joinpath(f"{name}.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", library.names())
def test_every_scenario_makes_a_world(name):
    scenario = library.load(name)
    parts = deal(scenario, expand(scenario))
    assert list(parts) == list(SERVICES)
    assert {part.label for part in parts.values()} == {name}


@pytest.mark.parametrize("name", library.names())
def test_every_scenario_says_in_one_line_what_it_is_for(name):
    description = library.load(name).description
    assert description.endswith(".")
    assert "\n" not in description
    assert len(description) <= 110


@pytest.mark.parametrize("name", library.names())
def test_every_scenario_is_checked_by_editors_against_the_schema(editor, name):
    assert text_of(name).startswith(MODELINE)
    editor.validate(yaml.safe_load(text_of(name)))


@pytest.mark.parametrize(
    "text",
    [
        "policies: {cymetri: {}}",
        "policies: {tsg: {push_receiver: nobody}}",
        "personas: [{}]",
        "personas: [{name: Asha, cbs: {cards: [{status: lost}]}}]",
        "faults: [{effect: {hang: true}}]",
        "colour: red",
    ],
)
def test_the_schema_refuses_what_the_sandbox_refuses(editor, text):
    with pytest.raises(jsonschema.ValidationError):
        editor.validate(yaml.safe_load(text))


def test_the_schema_beside_the_scenarios_is_up_to_date():
    kept = files("scenarios").joinpath("scenario.schema.json").read_text("utf-8")
    assert kept == schema_text(), "write it again: python -m registration_sandbox.reference"


def test_a_persona_that_says_who_it_is_says_it_in_words_of_its_own():
    told = [persona.about for scenario in library.scenarios() for persona in scenario.personas if persona.about]
    assert len(set(told)) == len(told)
    assert set(library.personas_by_description()) == set(told)


def test_what_a_persona_leaves_out_is_left_out_where_features_take_it():
    told = library.personas_by_description()
    assert told["a customer of the bank without a registered email address"] == {"cbs": {"email": None}}
    assert told["a stranger to the bank"] == {"cbs": None}


def test_the_default_scenario_has_one_customer_of_each_kind():
    people = {person.name: person for person in expand(library.load("default")).people}
    assert {card.type for card in people["Asha"].cards} == {"DEBIT", "CREDIT"}
    assert people["Asha"].user_id is None
    assert people["Asha"].account is None
    assert people["Bilal"].user_id
    assert people["Bilal"].account is None
    assert people["Chitra"].account
    assert people["Dev"].email is None
    assert people["Esha"].mobile is None
    assert people["Farid"].cards == []
    assert people["Gita"].status == "dormant"
    assert people["Hari"].account.blocked
    assert [(phone.tsg, phone.auth_service) for phone in people["Indu"].phones] == [("registered", False)]
    assert [(phone.tsg, phone.auth_service) for phone in people["Jai"].phones] == [("registered", True)]


def test_an_unknown_scenario_is_refused_with_what_is_near():
    with pytest.raises(SandboxRefusal) as caught:
        library.load("defalt")
    assert (caught.value.code, caught.value.status) == ("unknown-scenario", 404)
    assert "Did you mean default" in caught.value.message


def test_a_path_is_no_name_of_a_scenario():
    with pytest.raises(SandboxRefusal, match="unknown-scenario"):
        library.load("../scenarios/default")


def test_a_scenario_is_called_as_its_file_is(tmp_path, monkeypatch):
    (tmp_path / "monday.yaml").write_text("name: tuesday\n")
    monkeypatch.setattr(library, "_directory", lambda: tmp_path)
    with pytest.raises(ScenarioError, match=r"scenarios/monday.yaml: name is .tuesday.; allowed is: monday"):
        library.load("monday")


def test_a_scenario_that_was_edited_is_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "_directory", lambda: tmp_path)
    file = tmp_path / "monday.yaml"
    file.write_text("name: monday\ndescription: before\n")
    assert library.load("monday").description == "before"
    file.write_text("name: monday\ndescription: after\n")
    assert library.load("monday").description == "after"
