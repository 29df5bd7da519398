"""Completion: commands, options, and the names that the sandbox which is up knows."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator.flows.branches import branches
from tests.system.cli.conftest import typed

NOBODY = {"SANDBOX_ORCHESTRATOR_URL": "http://127.0.0.1:9"}


def completed(*words, **environment):
    """Return what bash would offer in place of the last word."""
    asked = {"COMP_WORDS": " ".join(["sandbox", *words]), "COMP_CWORD": str(len(words))}
    said = typed(**asked, **environment, _SANDBOX_COMPLETE="bash_complete")
    assert said.err == ""
    return [line.partition(",")[2] for line in said.lines if line]


def test_names_that_the_sandbox_knows_are_completed(played):
    environment, name = played.world.environment, played.world.name
    assert completed("personas", "a", **environment) == ["Asha"]
    assert completed("inbox", "--to", "Ch", **environment) == ["Chitra"]
    assert completed("clock", "--world", name[:6], **environment) == [name]
    assert completed("worlds", "delete", name[:6], **environment) == [name]
    assert completed("worlds", "load", "new-c", **environment) == ["new-customer"]
    assert completed("sequence", "--registration", played.registration[:4], **environment) == [played.registration]
    assert completed("why", "w", **environment) == ["WR-1.2", "WR-2.2"]


def test_the_world_and_the_url_that_were_typed_are_asked(played):
    world = played.world
    assert completed("personas", "--url", world.url, "--world", world.name, "A", **NOBODY) == ["Asha"]
    assert completed("personas", "--world", "nowhere", "A", **world.environment) == []


def test_without_a_sandbox_completion_is_silent():
    for words in (["personas", "A"], ["worlds", "load", ""], ["fault", "remove", ""], ["why", ""]):
        assert completed(*words, **NOBODY) == []


def test_what_is_declared_is_completed_without_a_sandbox():
    assert completed("flows", "", **NOBODY) == ["web", "device"]
    assert completed("coverage", "--flow", "d", **NOBODY) == ["device"]
    wanted = [branch for branch in branches() if branch.startswith("DR-4")]
    assert completed("journal", "--branch", "dr-4", **NOBODY) == wanted
    assert completed("journal", "--service", "c", **NOBODY) == ["cymmetri", "cbs"]
    assert completed("fault", "add", "tsg", "du", **NOBODY) == ["duplicate=5"]


def test_commands_are_completed():
    assert completed("pe") == ["personas", "people"]
    assert completed("worlds", "d") == ["delete"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shells_script_says_where_to_keep_it(shell):
    said = typed("completion", shell)
    assert "_SANDBOX_COMPLETE" in said.out
    assert said.lines[-1].startswith(f"# Keep it: sandbox completion {shell} > ")
    assert said.lines[-1].count("sandbox") >= 2


def test_zsh_finds_the_name_it_completes_in_the_first_line():
    assert typed("completion", "zsh").lines[0] == "#compdef sandbox"


def test_a_misspelt_shell_is_told_with_the_one_that_was_meant():
    said = typed("completion", "bsh")
    assert said.code == 2
    assert "Did you mean bash?" in said.err


def test_bash_completes_with_the_script():
    script = (
        typed("completion", "bash").out
        + "COMP_WORDS=(sandbox cov); COMP_CWORD=1; _sandbox_completion sandbox; echo ${COMPREPLY[@]}"
    )
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script], env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "coverage\n"
