"""``sandbox worlds``: list, make, delete."""

import json

import pytest
from click.testing import CliRunner

from registration_sandbox.cli import main
from tests.system.cli.conftest import SCENARIO


def test_worlds_are_listed_with_scenario_time_and_clock(shared):
    row = next(line.split() for line in shared.type("worlds").lines if line.startswith(shared.name))
    assert row[:5] == [shared.name, "two-people", "2026-01-05", "09:00:00", "frozen"]


def test_as_json_they_are_as_the_sandbox_tells_them(shared):
    told = {each["world"]: each for each in shared.type("worlds", "--json").json["worlds"]}
    heard = {each["world"]: each for each in shared.ask("GET", "/_sandbox/worlds").json["worlds"]}
    assert told[shared.name] | {"age": 0} == heard[shared.name] | {"age": 0}


def test_a_world_is_made_from_a_scenario_by_its_name(world):
    said = world.type("worlds", "load", "new-customer", world.name)
    assert said.out.startswith(f"The world {world.name} is made from new-customer: Asha.")
    assert [person["name"] for person in world.type("personas", "--json").json["personas"]] == ["Asha"]


def test_the_world_to_make_may_be_named_as_for_every_command(world):
    assert world.type("worlds", "load", "phone-active", "--json").json["world"] == world.name


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_a_world_is_made_from_a_file(world, tmp_path, ending):
    file = tmp_path / f"ours.{ending}"
    file.write_text(json.dumps({**SCENARIO, "name": "ours", "personas": [{"name": "Zoya"}]}))
    said = world.type("worlds", "load", str(file))
    assert "is made from ours: Zoya." in said.out
    assert "It is 2026-01-05 09:00:00 UTC there, and stands still." in said.out


def test_a_mistake_in_a_file_is_told_with_file_line_and_field(shared, tmp_path):
    file = tmp_path / "ours.yaml"
    file.write_text("name: ours\npersonas:\n  - name: Zoya\n    cbs: {status: dormnt}\n")
    said = shared.type("worlds", "load", str(file))
    assert said.code == 1
    assert f"{file}, line 4: personas[0].cbs.status" in said.err
    missing = shared.type("worlds", "load", str(tmp_path / "none.yaml"))
    assert missing.code == 1
    assert "cannot be read: No such file" in missing.err


def test_a_seed_makes_the_same_people(world):
    def cif(seed):
        world.type("worlds", "load", "new-customer", world.name, "--seed", seed)
        return world.type("personas", "Asha", "--json").json["cif"]

    assert cif("5") == cif("5") != cif("6")


def test_a_misspelt_scenario_is_told_with_the_one_that_was_meant(shared):
    said = shared.type("worlds", "load", "new-custmer", shared.name)
    assert said.code == 1
    assert "Did you mean new-customer" in said.err
    assert "sandbox worlds scenarios" in said.err


def test_the_scenarios_are_listed_with_their_people(shared):
    lines = shared.type("worlds", "scenarios").lines
    assert any(line.startswith("new-customer ") and line.endswith("Asha") for line in lines)
    assert {"new-customer"} < {each["name"] for each in shared.type("worlds", "scenarios", "--json").json["scenarios"]}


def test_worlds_are_deleted(world):
    world.type("worlds", "load", "new-customer", world.name + "-2")
    said = world.type("worlds", "delete", world.name, world.name + "-2")
    assert said.lines == [f"The world {world.name} is deleted.", f"The world {world.name}-2 is deleted."]
    left = [each["world"] for each in world.type("worlds", "--json").json["worlds"]]
    assert not {world.name, world.name + "-2"} & set(left)


def test_where_one_world_to_delete_is_unknown_none_is_deleted(shared):
    said = shared.type("worlds", "delete", shared.name, shared.name + "x")
    assert said.code == 1
    assert f"Did you mean {shared.name}? Nothing was deleted." in said.err
    assert shared.type("clock").code == 0


def row_of(world):
    return next(line for line in world.type("worlds").lines if line.startswith(f"{world.name} "))


def test_an_unmasked_world_is_told_in_red_where_it_is_made_and_where_its_journal_is_read(world, tmp_path):
    red = "\x1b[31m\x1b[1m"
    told = f"The world {world.name}: Its journal is UNMASKED"
    made = world.type("worlds", "load", "new-customer", world.name, "--unmasked")
    assert told in made.err
    assert [line.split()[-1] for line in world.type("worlds").lines if line.startswith(f"{world.name} ")] == [
        "UNMASKED"
    ]
    file = str(tmp_path / "world.json")
    for words in (["journal"], ["worlds", "export", world.name, file], ["worlds", "import", file]):
        said = world.type(*words, "--json")
        assert told in said.err
        assert said.json
    assert world.type("journal", "--json").json["unmasked"] is True
    coloured = CliRunner().invoke(main, ["journal"], env=world.environment, color=True, prog_name="sandbox")
    assert f"{red}{told}" in coloured.stderr


def test_of_a_masked_world_nothing_is_told(world):
    assert world.type("worlds", "load", "new-customer", world.name).err == ""
    assert world.type("journal", "--json").err == ""
    assert "UNMASKED" not in row_of(world)
