"""``sandbox worlds snapshot|restore|clone|export|import`` and ``sandbox people``."""

import codecs
import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from registration_sandbox.worlds.snapshots import MOST_SNAPSHOTS
from tests.system.cli.conftest import World


@pytest.fixture
def world(world: World) -> Iterator[World]:
    yield world
    world.ask("DELETE", f"/_sandbox/worlds/{world.name}-2")


def test_a_world_goes_back_to_its_newest_snapshot(world: World) -> None:
    assert "There is no snapshot" in world.type("worlds", "restore", "last").err
    made = json.loads(world.type("worlds", "snapshot", "--json").out)
    world.type("people", "Asha", "--email", "none")
    assert made["id"] in world.type("worlds", "snapshots").out
    assert world.type("worlds", "restore", "last").out.startswith(
        f"The world {world.name} is now as the snapshot {made['id']}"
    )
    assert json.loads(world.type("people", "Asha", "--json").out)["email"] == world.people["Asha"]["email"]


def test_a_world_is_cloned(world: World) -> None:
    said = world.type("worlds", "clone", world.name, f"{world.name}-2")
    assert said.out.startswith(f"The world {world.name}-2 is now as the world {world.name}; it is 2026-01-05")
    assert world.people["Asha"]["cif"] in world.type("personas", "--world", f"{world.name}-2").out


def test_a_world_is_exported_for_its_owner_only_and_imported(world: World, tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text("{}")
    file.chmod(0o644)
    assert world.type("worlds", "export", world.name, str(file)).out == f"The world {world.name} is in {file}.\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "is now as" in world.type("worlds", "import", str(file), f"{world.name}-2").out
    assert world.people["Asha"]["cif"] in world.type("personas", "--world", f"{world.name}-2").out
    assert json.loads(world.type("worlds", "snapshots", "--json").out) == {"snapshots": []}
    file.write_bytes(codecs.BOM_UTF8 + file.read_bytes())
    assert "is now as" in world.type("worlds", "import", str(file), f"{world.name}-2").out, "an editor may put it there"


def test_an_export_takes_no_snapshot_away(world: World, tmp_path: Path) -> None:
    made = [world.type("worlds", "snapshot", "--json").json["id"] for _ in range(MOST_SNAPSHOTS)]
    world.type("worlds", "export", world.name, str(tmp_path / "world.json"))
    assert [each["id"] for each in world.type("worlds", "snapshots", "--json").json["snapshots"]] == made


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "cannot be read"), ("{", "is no exported world"), ("[]", "snapshot"), ("{}", "snapshot.format is missing")],
)
def test_a_file_that_cannot_be_imported_is_told(world: World, tmp_path: Path, content: str | None, words: str) -> None:
    file = tmp_path / "world.json"
    if content is not None:
        file.write_text(content, "utf-8")
    said = world.type("worlds", "import", str(file))
    assert said.code
    assert words in said.err


def test_a_row_that_cannot_be_read_is_told_with_file_service_table_row_and_column(world: World, tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    world.type("worlds", "export", world.name, str(file))
    content = json.loads(file.read_text("utf-8"))
    for service, table, column, wrong in [
        ("cbs", "customers", "date_of_birth", "1990-13-45"), ("control_plane", "scenarios", "name", 5)
    ]:  # fmt: skip
        broken = json.loads(json.dumps(content))
        broken["services"][service]["tables"][table][0][column] = wrong
        file.write_text(json.dumps(broken), "utf-8")
        said = world.type("worlds", "import", str(file))
        assert said.code == 1
        assert said.err.startswith(f"Error: {file}: {service}: tables.{table}[0].{column} ")
        assert said.err.count("\n") == 1


def test_a_person_is_changed_at_the_bank(world: World) -> None:
    said = world.type(
        "people", "asha", "--mobile", "none", "--status", "dormant", "--card", "debit:hotlisted", "--json"
    )
    changed = json.loads(said.out)
    assert (changed["mobile"], changed["status"]) == (None, "dormant")
    assert [(card["type"], card["status"]) for card in changed["cards"]] == [("DEBIT", "hotlisted")]
    assert json.loads(world.type("people", "Asha", "--no-cards", "--json").out)["cards"] == []
    assert "dormant" in world.type("people", "Asha").out


@pytest.mark.parametrize(
    ("words", "told"),
    [(["Ahsa"], "Did you mean Asha?"), (["Asha", "--card", "gold"], "is no card"),
     (["Asha", "--card", "debit", "--no-cards"], "not both"),
     (["Asha", "--status", "dorment"], "Did you mean dormant?"), (["Asha", "--mobile", "12"], "a telephone number")],
)  # fmt: skip
def test_a_change_that_cannot_be_made_is_told(world: World, words: list[str], told: str) -> None:
    said = world.type("people", *words)
    assert said.code
    assert told in said.err
