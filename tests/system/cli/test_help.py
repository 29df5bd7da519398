"""``--help``: everything is found from there, and it comes at once."""

import os
import subprocess
import sys

import pytest

from orchestrator import registrations
from registration_sandbox.cli import COMMANDS, names
from registration_sandbox.cli.connection import MOST_EXCHANGES
from registration_sandbox.cli.endings import INTERRUPTED, NO_SANDBOX, REFUSED, USAGE
from simulators.kit import journal
from tests.system.cli.conftest import typed

OURS = ["worlds", "personas", "clock", "fault", "inbox", "journal", "sequence", "why", "flows", "coverage", "doctor",
        "completion"]  # fmt: skip
SUBCOMMANDS = [["worlds", "load"], ["worlds", "delete"], ["fault", "add"], ["fault", "remove"]]
HEAVY = {"flask", "requests", "rich", "gevent", "yaml", "cryptography"}


def test_every_command_stands_in_the_help():
    out = typed("--help").out
    assert [name for name in COMMANDS if f"\n  {name} " not in out] == []


def test_the_exit_codes_and_the_environment_stand_in_the_help():
    out = typed("--help").out
    assert [code for code in (0, REFUSED, USAGE, NO_SANDBOX, INTERRUPTED) if f"\n    {code:<3}  " not in out] == []
    assert "SANDBOX_ORCHESTRATOR_URL" in out
    assert "SANDBOX_WORLD" in out


@pytest.mark.parametrize("words", [*([name] for name in OURS), *SUBCOMMANDS], ids=" ".join)
def test_every_command_has_examples_in_its_help(words):
    for option in ("--help", "-h"):
        said = typed(*words, option)
        assert said.code == 0
        assert f"sandbox {' '.join(words)}" in said.out.partition("Example")[2]


def test_a_command_imports_nothing_that_takes_long(shared):
    script = (
        "import sys, registration_sandbox.cli as cli; "
        "cli.main(sys.argv[1:], standalone_mode=False); print(*sys.modules)"
    )
    for words in (["--help"], ["worlds"]):
        environment = {**os.environ, **shared.environment}
        done = subprocess.run(
            [sys.executable, "-c", script, *words], capture_output=True, text=True, check=True, env=environment
        )
        assert not HEAVY & set(done.stdout.splitlines()[-1].split()), words


def test_what_is_spelt_here_to_import_nothing_is_spelt_as_there():
    assert names.MOVED == registrations.MOVED
    assert MOST_EXCHANGES == journal.MOST_EXCHANGES
