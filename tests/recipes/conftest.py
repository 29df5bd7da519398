"""What the recipes are run with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestrator.client import Sandbox

RECIPES = Path(__file__).parents[2] / "recipes"


@pytest.fixture(scope="package")
def running() -> Iterator[Sandbox]:
    with Sandbox.started() as sandbox:
        yield sandbox
