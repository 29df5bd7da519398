"""What tests share: settings in a directory of their own, a service's HTTP client, and what they may require."""

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from simulators.kit.settings import SERVICES, Settings
from tests.support import postgres

pytest_plugins = ("pytester",)

PUSH_SECRET = "whsec_c2FuZGJveC10ZXN0cy1wdXNoLXNlY3JldA=="


THOROUGH = (
    "end_to_end/test_kill.py", "device/test_kills.py", "property/test_kill_model.py", "postgres/test_suites.py",
    "replicas/test_suites.py", "replicas/test_waiting.py", "interrupted/test_clock.py",
    "interrupted/test_postgres_outage.py", "postgres/test_journeys.py", "recipes/test_own_middleware.py",
)  # fmt: skip
"""Tests that take long, because they start and kill processes by the dozen: run where asked for."""

SAMPLE = ("device/test_kills.py", "while_its_receiver_is_down")
"""Of those, the ones that are always run: the file, and how its tests' names end."""

WITHOUT_A_SANDBOX = ("unit", "contract")


def pytest_configure() -> None:
    """Have each sandbox start sooner, of one process; the gate and thorough runs play on two."""
    if not os.environ.get("SANDBOX_THOROUGH"):
        os.environ.setdefault("SANDBOX_WORKERS", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave some to runs that set ``SANDBOX_THOROUGH``, by name, as the acceptance run does."""
    if os.environ.get("SANDBOX_THOROUGH"):
        return
    left_out = pytest.mark.skip(
        reason="thorough: set SANDBOX_THOROUGH=1 for what starts and kills processes by the dozen"
    )
    for item in items:
        path = item.path.as_posix()
        if path.endswith(THOROUGH) and not (path.endswith(SAMPLE[0]) and item.name.endswith(SAMPLE[1])):
            item.add_marker(left_out)


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]
    """Has each folder's tests run by one worker, which starts their sandbox once."""

    def _split_scope(self, nodeid: str) -> str:
        folder = nodeid.split("/")[1]
        return nodeid.partition("::")[0] if folder in WITHOUT_A_SANDBOX else folder


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFolder:
    return ByFolder(config, log)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose services all listen where nobody answers."""
    return settings_in(tmp_path)


def settings_in(data_dir: Path, **changed: object) -> Settings:
    return Settings(
        **{
            "urls": {name: f"http://127.0.0.1:{9 + number}" for number, name in enumerate(SERVICES)},
            "data_dir": data_dir,
            "tsg_api_key": "tsg-key",
            "tsg_push_secret": PUSH_SECRET,
            "auth_service_api_key": "auth-key",
            "signing_key": "signing-key",
            **changed,
        }  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def require() -> Callable[[str, bool, str], None]:
    """Skip a test by the name of what it needs; where ``SANDBOX_REQUIRE`` names that, fail instead."""

    def needs(name: str, there: bool, why: str) -> None:
        if there:
            return
        if name in os.environ.get("SANDBOX_REQUIRE", "").split(","):
            pytest.fail(f"{name} is required, but {why}")
        pytest.skip(f"{name}: {why}")

    return needs


@pytest.fixture(scope="session")
def postgres_programs(require: Callable[[str, bool, str], None]) -> Path:
    """Where PostgreSQL's programs are."""
    found = postgres.programs()
    require("postgres", found is not None, "no initdb was found below /usr/lib/postgresql")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def postgres_url(postgres_programs: Path) -> Iterator[str]:
    """A PostgreSQL server for all tests, gone at the end."""
    server = postgres.Server(postgres_programs)
    server.start()
    try:
        yield server.url
    finally:
        server.remove()


@pytest.fixture(scope="session")
def make_database(postgres_url: str) -> Callable[[], str]:
    """Make an empty database on the tests' server and return its URL."""

    def make() -> str:
        import psycopg

        name = f"d{secrets.token_hex(8)}"
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        return postgres_url.rpartition("/")[0] + f"/{name}"

    return make


@pytest.fixture
def new_database(make_database: Callable[[], str]) -> str:
    """An empty database on the tests' server, of one test."""
    return make_database()
