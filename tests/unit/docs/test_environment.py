"""Every environment variable that the code reads is documented, and every one that is documented is read."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from registration_sandbox.runtime.environment import VARIABLES

ROOT = Path(__file__).parents[3]
NAME = re.compile(r"_?\bSANDBOX_[A-Z0-9_]*[A-Z0-9]\b|_SANDBOX_[A-Z0-9_]*[A-Z0-9]\b")
NOT_READ = ("registration_sandbox/runtime/environment.py", "docs/", "tests/unit/docs/")


@cache
def names_in_code() -> dict[str, str]:
    """Return every variable that a file of the project names, with the first such file."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found: dict[str, str] = {}
    for name in listed.splitlines():
        path = ROOT / name
        if name.startswith(NOT_READ) or path.suffix == ".md" or not path.is_file():
            continue
        for variable in NAME.findall(path.read_bytes().decode("utf-8", "ignore")):
            found.setdefault(variable, name)
    return found


def test_every_variable_that_is_read_stands_in_the_table() -> None:
    documented = {variable.name for variable in VARIABLES}
    missing = {name: file for name, file in names_in_code().items() if name not in documented}
    assert missing == {}, "Add these to registration_sandbox/runtime/environment.py."


@pytest.mark.parametrize("name", [variable.name for variable in VARIABLES])
def test_every_variable_in_the_table_is_read(name: str) -> None:
    assert name in names_in_code(), "Nothing reads it: take it out of the table."


def test_no_variable_stands_twice() -> None:
    names = [variable.name for variable in VARIABLES]
    assert sorted(set(names)) == sorted(names)
