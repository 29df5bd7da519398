"""What tests share: settings in a directory of their own, a service's HTTP client, and what they may require."""

import os
import re
import secrets
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from registration_sandbox.runtime import container
from registration_sandbox.runtime.embedded import LOG_FILE, RunningSandbox
from registration_sandbox.runtime.values import BadSetting
from simulators.kit.services import SERVICES
from simulators.kit.settings import Settings
from tests.support import postgres

pytest_plugins = ("pytester",)

PUSH_SECRET = "whsec_c2FuZGJveC10ZXN0cy1wdXNoLXNlY3JldA=="


SHOWN_OF_LOG = 4000
"""Characters of a sandbox's log that are shown with a test that fails."""

OF_WHOLE_FILE = re.compile(r"^pytestmark = .*\bpytest\.mark\.thorough\b", re.MULTILINE)

ONE_SANDBOX = ("tests/contract/running", "tests/resilience", "tests/system", "tests/ui", "tests/recipes")
"""Where the tests of a folder share what they start: one worker has them all. Elsewhere files are dealt."""


def pytest_configure() -> None:
    """Have each sandbox start sooner, of one process, and fail where it refuses with what no description tells.

    The gate and thorough runs play on two processes.
    """
    os.environ.setdefault("PYTHONWARNINGS", "error:Undeclared refusal")
    if not os.environ.get("SANDBOX_THOROUGH"):
        os.environ.setdefault("SANDBOX_WORKERS", "1")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even read a file that is thorough as a whole, where that is not asked for: it takes seconds."""
    is_test = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    return (
        True
        if is_test and not _is_thorough(config) and OF_WHOLE_FILE.search(collection_path.read_text("utf-8"))
        else None
    )


def _is_thorough(config: pytest.Config) -> bool:
    """Return whether a run is to leave nothing out: it is said so, or what to run is named."""
    return bool(os.environ.get("SANDBOX_THOROUGH")) or config.args_source is pytest.Config.ArgsSource.ARGS


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what is slow; leave out what is thorough unless that is asked for, or its path is named."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    if _is_thorough(config):
        return
    left_out = pytest.mark.skip(reason="thorough: set SANDBOX_THOROUGH=1 for what takes minutes")
    for item in items:
        if item.get_closest_marker("thorough"):
            item.add_marker(left_out)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show, with a test that fails, what its sandbox has logged."""
    report = yield
    sandbox = getattr(item, "funcargs", {}).get("sandbox")
    if report.failed and isinstance(sandbox, RunningSandbox):
        log_file = sandbox.data_dir / LOG_FILE
        if log_file.exists():
            report.sections.append(("the sandbox's log", log_file.read_text("utf-8", "replace")[-SHOWN_OF_LOG:]))
    return report


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]
    """Has each folder's tests run by one worker, which starts their sandbox once, or each file's, in their order."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        config.option.loadscopereorder = False  # or whatever has most tests would come before what is slow
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file.rpartition("/")[0] if file.startswith(ONE_SANDBOX) and "/gate/" not in file else file


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
            "urls": {
                name: f"http://127.0.0.1:{9 + number}" for number, name in enumerate((*SERVICES, "control_plane"))
            },
            "data_dir": data_dir,
            "credentials": {
                "tsg_api_key": "tsg-key",
                "tsg_push_secret": PUSH_SECRET,
                "auth_service_api_key": "auth-key",
            },
            "signing_key": "signing-key",
            **changed,
        }  # type: ignore[arg-type]
    )


@pytest.fixture
def machine_in_india(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set the machine's time zone to India's, which is not UTC, for what must not depend on it."""
    monkeypatch.setenv("TZ", "IST-5:30")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


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


@pytest.fixture(scope="session")
def docker(require: Callable[[str, bool, str], None]) -> Iterator[Any]:
    """A client of the engine."""
    with ExitStack() as stack:
        client, why = None, ""
        try:
            client = stack.enter_context(container.connect())
        except BadSetting as error:
            why = str(error)
        require("docker", client is not None, why)
        yield client


@pytest.fixture(scope="session")
def made_image(docker: Any, require: Callable[[str, bool, str], None]) -> str:
    """The image as the checkout makes it, and its name."""
    why = ""
    try:
        return container.find_image(docker, None, lambda line: None)
    except BadSetting as error:
        why = str(error)
    require("docker", False, why)
    raise AssertionError(why)
