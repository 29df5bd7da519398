"""``sandbox up --tls``: the same sandbox, over TLS, by a CA of its own or by files that are given."""

import json
import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest
from click.testing import CliRunner

from registration_sandbox.cli import main
from registration_sandbox.runtime import tls
from registration_sandbox.runtime.embedded import free_base_port
from registration_sandbox.runtime.values import BadSetting
from simulators.kit.clock import monotonic, pause
from simulators.kit.services import SERVICES

pytestmark = pytest.mark.thorough


DEADLINE = 30.0


@contextmanager
def up(data_dir: Path, **environment: str) -> Iterator[int]:
    base_port = free_base_port()
    command = [sys.executable, "-m", "registration_sandbox", "up", "--tls", "--base-port", str(base_port)]
    process = subprocess.Popen(
        [*command, "--data-dir", str(data_dir)], stdout=subprocess.DEVNULL, env={**os.environ, **environment}
    )
    try:
        yield base_port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(DEADLINE)


def fetch(port: int, path: str, ca: Path) -> object:
    deadline = monotonic() + DEADLINE
    while True:
        try:
            with tls.loopback_opener(ca).open(f"https://localhost:{port}{path}", timeout=5) as answer:
                return json.load(answer)
        except OSError as error:
            if isinstance(getattr(error, "reason", None), ssl.SSLError) or monotonic() > deadline:
                raise
            pause(0.05)


def test_every_service_answers_over_tls_and_the_services_reach_each_other(tmp_path: Path) -> None:
    with up(tmp_path) as port:
        ca = tmp_path / tls.DIRECTORY / tls.CA
        for number, service in enumerate(SERVICES):
            health = fetch(port + number, "/_sandbox/health", ca)
            assert isinstance(health, dict)
            assert health["service"] == service
        played = CliRunner().invoke(
            main, ["demo"], env={"SANDBOX_URL": f"https://127.0.0.1:{port}", tls.CA_VARIABLE: str(ca)}
        )
        assert played.exit_code == 0, played.output
        with pytest.raises(URLError, match="certificate verify failed"):
            tls.loopback_opener().open(f"https://localhost:{port}/_sandbox/health", timeout=5)


def test_a_certificate_that_is_given_is_served_and_the_key_is_readable_by_nobody_else(tmp_path: Path) -> None:
    made = tls.find_files(tmp_path / "made", "127.0.0.1", {})
    assert made.key.stat().st_mode & 0o077 == 0
    given = {
        "SANDBOX_TLS_CERT": str(made.certificate), "SANDBOX_TLS_KEY": str(made.key),
        tls.CA_VARIABLE: str(tmp_path / "made" / tls.DIRECTORY / tls.CA),
    }  # fmt: skip
    with up(tmp_path / "other", **given) as port:
        assert fetch(port, "/_sandbox/health", Path(given[tls.CA_VARIABLE]))


def test_the_files_of_an_earlier_start_are_kept_and_renewed_for_another_host(tmp_path: Path) -> None:
    first = tls.find_files(tmp_path, "127.0.0.1", {}).certificate.read_bytes()
    assert tls.find_files(tmp_path, "127.0.0.1", {}).certificate.read_bytes() == first
    assert tls.find_files(tmp_path, "sandbox.bank.test", {}).certificate.read_bytes() != first


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"SANDBOX_TLS_CERT": "only.pem"}, "go together"),
        ({"SANDBOX_TLS_CERT": "no.pem", "SANDBOX_TLS_KEY": "no.key"}, "no.pem cannot be read"),
        ({"SANDBOX_TLS_CERT": __file__, "SANDBOX_TLS_KEY": __file__}, "cannot be served with"),
    ],
)
def test_files_that_cannot_be_served_with_are_named(tmp_path: Path, environment: dict[str, str], message: str) -> None:
    with pytest.raises(BadSetting, match=message):
        tls.find_files(tmp_path, "127.0.0.1", environment).server_context()
