"""Replicas of every service behind a load balancer, once for all tests here."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox
from tests.system.replicas.balanced import NGINX, balanced


@pytest.fixture(scope="package")
def sandbox(require: Callable[[str, bool, str], None], make_database: Callable[[], str]) -> Iterator[RunningSandbox]:
    require("nginx", NGINX.exists(), f"there is no {NGINX}")
    with (
        tempfile.TemporaryDirectory(prefix="sandbox-replicas-") as directory,
        balanced(Path(directory), make_database()) as running,
    ):
        yield running
