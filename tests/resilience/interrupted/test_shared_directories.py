"""Two sandboxes never keep the same databases, and a data directory that is taken away is told."""

import json
import shutil
import urllib.error

import pytest

from registration_sandbox.runtime.embedded import LOG_FILE, RunningSandbox, free_base_port
from registration_sandbox.runtime.tls import loopback_opener
from tests.resilience.interrupted.conftest import Up
from tests.support.typed import assert_one_clear_line, typed

pytestmark = pytest.mark.thorough


def test_a_second_sandbox_in_a_data_directory_is_refused_with_who_has_it(up: Up) -> None:
    port = free_base_port()
    first = up(base_port=port)
    said = typed("--data-dir", first.data_dir, "--base-port", free_base_port())
    holder = json.loads((first.data_dir / "orchestrator.lock").read_text())
    assert_one_clear_line(
        said, f"{first.data_dir} is in use", f"process {first.process.pid}, base port {port}, since {holder['since']}",
        "its own --data-dir and --base-port",
    )  # fmt: skip


def test_sandboxes_that_keep_different_services_may_share_a_data_directory(up: Up) -> None:
    first = up(excepted=["tsg"])
    second = up(only=["tsg"])
    assert first.data_dir == second.data_dir
    assert_one_clear_line(typed("--data-dir", first.data_dir, "--only", "tsg"), "the worlds of tsg")


def test_a_data_directory_is_free_when_its_sandbox_was_killed(up: Up) -> None:
    for _ in range(2):
        up().kill()


def test_it_is_free_as_soon_as_the_last_worker_of_a_killed_one_has_ended(up: Up) -> None:
    first = up()
    first.process.kill()
    first.process.wait()
    up(base_port=free_base_port())


def test_another_sandbox_on_the_ports_is_told_with_both_options(up: Up, tmp_path) -> None:
    port = free_base_port()
    up(base_port=port)
    said = typed("--data-dir", tmp_path / "other", "--base-port", port)
    assert_one_clear_line(said, "A sandbox is up there already", "--base-port and --data-dir")


def health(sandbox: RunningSandbox, service: str) -> tuple[int, str]:
    try:
        with loopback_opener().open(f"{sandbox.urls[service]}/_sandbox/health", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize("service", ["orchestrator", "cbs", "handset"])
def test_health_tells_that_the_data_directory_is_gone(up: Up, tmp_path, service: str) -> None:
    sandbox = up(environment={"SANDBOX_WORKERS": "2"})
    assert health(sandbox, service)[0] == 200
    moved = tmp_path / "moved"
    sandbox.data_dir.rename(moved)
    for _ in range(8):  # whichever worker answers, whether it had used the file before or not
        status, text = health(sandbox, service)
        assert (status, "was removed or replaced" in text) == (503, True)
    assert not sandbox.data_dir.exists()
    assert f"{service}.sqlite3 was removed or replaced" in (moved / LOG_FILE).read_text("utf-8")
    shutil.rmtree(moved)
