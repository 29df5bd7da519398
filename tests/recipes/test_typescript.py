"""The recipe for TypeScript tests, run by a Node that reads TypeScript, or by way of the compiler."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from registration_sandbox.client import Sandbox
from tests.recipes.conftest import RECIPES

pytestmark = pytest.mark.slow


READS_TYPESCRIPT, READS_IT_IF_TOLD = (22, 18), (22, 6)
LIMIT = 180.0


def run(command: list[str], cwd: Path, **environment: str) -> str:
    done = ran(command, cwd, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def ran(command: list[str], cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, timeout=LIMIT, check=False
    )


def version_of(node: str | None) -> tuple[int, int]:
    found = re.match(r"v(\d+)\.(\d+)", run([node, "--version"], Path("/"))) if node else None
    return (int(found[1]), int(found[2])) if found else (0, 0)


def has_compiler(directory: Path) -> bool:
    """Install the recipe's compiler, in thorough runs, where npm and its registry can be had."""
    if not (os.environ.get("SANDBOX_THOROUGH") and shutil.which("npm")):
        return False
    return ran(["npm", "install", "--no-audit", "--no-fund", "--silent"], directory).returncode == 0


def test_the_tests_of_the_recipe_pass(
    running: Sandbox, tmp_path: Path, require: Callable[[str, bool, str], None]
) -> None:
    node = shutil.which("node")
    version = version_of(node)
    shutil.copytree(RECIPES / "plain_http_typescript", tmp_path, dirs_exist_ok=True)
    compiles = has_compiler(tmp_path)
    why = "there is no node of 22.6 or newer, and no thorough run that can install the compiler for an older one"
    require("typescript", version >= READS_IT_IF_TOLD or bool(node and compiles), why)
    tests = "registration.test.ts"
    if compiles:
        run(["npm", "run", "check"], tmp_path)
    if version < READS_IT_IF_TOLD:
        run(["npx", "tsc", "--noEmit", "false", "--outDir", "build"], tmp_path)
        tests = "build/registration.test.js"
    told = ["--experimental-strip-types"] if READS_IT_IF_TOLD <= version < READS_TYPESCRIPT else []
    said = run([str(node), *told, "--test", tests], tmp_path, SANDBOX_URL=running.urls["orchestrator"])
    assert re.search(r"pass 2\b", said), said
