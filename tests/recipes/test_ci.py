"""The CI job files: what stands in them is what the command line takes, and what it does."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from registration_sandbox.cli import main
from tests.recipes.conftest import RECIPES

pytestmark = pytest.mark.slow


MANY = 80
"""So many jobs in the files' stead that each has a scenario or two."""


def commands(file: str) -> list[str]:
    """Return every command of ours in a job file, in its order."""
    jobs = yaml.safe_load((RECIPES / "ci" / file).read_text("utf-8"))
    found = [text for text in _texts(jobs) for text in text.splitlines() if text.startswith("sandbox ")]
    assert len(found) == 2
    return found


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []


def filled(command: str, shard: int, of: int) -> str:
    """Return a command as the CI system fills it in for one of so many jobs."""
    command = re.sub(
        r"\$\{\{ matrix\.shard \}\}(/3)?", lambda found: f"{shard}/{of}" if found[1] else f"{shard}", command
    )
    return command.replace("$CI_NODE_INDEX", str(shard)).replace("$CI_NODE_TOTAL", str(of))


FILES = ["github-actions.yml", "gitlab-ci.yml"]


@pytest.mark.parametrize("file", FILES)
def test_the_command_line_takes_every_command_of_a_job_file(file: str) -> None:
    for command in commands(file):
        _, name, *options = shlex.split(filled(command, 1, 3))
        sandbox = click.Context(main, **main.context_settings)
        found = main.get_command(sandbox, name)
        assert found is not None
        found.make_context(name, options, parent=sandbox)


@pytest.mark.parametrize("file", FILES)
def test_a_job_file_plays_every_shard_and_judges_them_all(file: str) -> None:
    play, gate = commands(file)
    assert "--shard 3/3" in filled(play, 3, 3)
    assert "--results shard-3.json" in filled(play, 3, 3)
    assert "shard-*.json" in gate
    assert gate.endswith("--gate")


def test_github_plays_as_many_shards_as_it_divides_by() -> None:
    text = (RECIPES / "ci" / "github-actions.yml").read_text("utf-8")
    assert yaml.safe_load(text)["jobs"]["play"]["strategy"]["matrix"]["shard"] == [1, 2, 3]
    assert "${{ matrix.shard }}/3" in text


@pytest.mark.thorough
@pytest.mark.parametrize("file", FILES)
def test_the_commands_of_a_job_file_play_and_judge(file: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}

    def run(command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    play, gate = commands(file)
    for shard in (1, 2):
        done = run(filled(play, shard, MANY))
        assert done.returncode == 0, done.stdout + done.stderr
    assert list(tmp_path.glob("junit/*.xml"))
    judged = run(gate)
    assert "only a whole run opens the gate" in judged.stdout, judged.stdout + judged.stderr
    assert judged.returncode == 1
    assert "<html" in (tmp_path / "specification.html").read_text("utf-8")
