"""``sandbox doctor``: what is well, what is not, and what to do."""

import socket
from email.utils import format_datetime
from types import SimpleNamespace

import pytest

from registration_sandbox.cli.checks import machine, neighbours, running
from registration_sandbox.cli.connection import Connection
from registration_sandbox.runtime.embedded import free_base_port
from simulators import __version__
from simulators.kit.clock import wall_now
from simulators.kit.services import SERVICES
from tests.system.cli.conftest import typed


@pytest.fixture
def without_docker(monkeypatch):
    """Do not wait for an engine that these tests are not about."""
    monkeypatch.setenv("DOCKER_HOST", "unix:///none.sock")


def subjects(said):
    return {finding["subject"]: finding for finding in said.json["findings"]}


def verdicts(findings):
    return [finding.verdict for finding in findings]


def test_all_is_looked_at_and_told_with_what_to_do(shared, tmp_path, without_docker):
    data = str(tmp_path / "worlds")
    said = shared.type("doctor", "--json", SANDBOX_DATA_DIR=data)
    found = subjects(said)
    assert said.code == 0, found
    assert found.keys() >= {"Docker", "Chromium", "Proxies"}
    for subject in ("Python", "Packages", "Data directory", "Sandbox", "Clock", "PostgreSQL"):
        assert found[subject]["verdict"] == "ok", found[subject]
    assert found["Docker"]["verdict"] == said.json["verdict"] == "warning"
    assert all(finding["remedy"] for finding in found.values() if finding["verdict"] != "ok")
    ports = next(finding for subject, finding in found.items() if subject.startswith("Ports"))
    assert ports["words"] == "taken by the sandbox that is up"
    assert not (tmp_path / "worlds").exists()
    lines = shared.type("doctor", SANDBOX_DATA_DIR=data).lines
    assert lines[0].split()[:2] == ["ok", "Python"]
    assert any(line.strip().startswith("→ Start Docker") for line in lines)


def test_a_problem_is_told_by_the_exit_code(tmp_path, without_docker):
    taken = tmp_path / "file"
    taken.write_text("")
    said = typed("doctor", "--json", "--url", "http://127.0.0.1:9", SANDBOX_DATA_DIR=str(taken))
    assert said.code == 1
    found = subjects(said)
    assert (found["Data directory"]["verdict"], found["Sandbox"]["verdict"]) == ("problem", "warning")
    assert "sandbox up" in found["Sandbox"]["remedy"]


def test_a_port_that_somebody_else_has_is_told(monkeypatch):
    monkeypatch.setattr(running, "PATIENCE", 0.2)
    base = free_base_port()
    sandbox = Connection(f"http://127.0.0.1:{base}", "default")
    environment = {"SANDBOX_BASE_PORT": str(base)}
    assert [finding.words for finding in running.ports(sandbox, environment)] == ["free"]
    with socket.create_server(("127.0.0.1", base + 2)):
        (finding,) = running.ports(sandbox, environment)
        assert finding.verdict == "problem"
        assert f"{base + 2} by something that is no sandbox" in finding.words
        assert "--base-port" in finding.remedy
        elsewhere = {**environment, "SANDBOX_CBS_URL": "http://127.0.0.1:9"}
        assert verdicts(running.ports(sandbox, elsewhere)) == ["ok"]


def test_a_port_that_somebody_else_has_on_the_other_loopback_address_is_told(monkeypatch, require):
    monkeypatch.setattr(running, "PATIENCE", 0.2)
    base = free_base_port()
    environment = {"SANDBOX_BASE_PORT": str(base)}
    try:
        other = socket.create_server(("::1", base + 2), family=socket.AF_INET6)
    except OSError:
        require("ipv6", False, "this machine has no ::1")
    with other:
        (finding,) = running.ports(Connection(f"http://127.0.0.1:{base}", "default"), environment)
    assert finding.words == f"taken: {base + 2} by something that is no sandbox"


@pytest.mark.parametrize("port", ["65530", "65535", "99999"])
def test_a_base_port_that_no_port_is_above_is_a_problem(port):
    (finding,) = running.ports(Connection("http://127.0.0.1:9", "default"), {"SANDBOX_BASE_PORT": port})
    assert (finding.verdict, "a port is at most 65535" in finding.words) == ("problem", True)


def test_a_base_port_of_thousands_of_digits_costs_doctor_no_answer():
    (finding,) = running.ports(Connection("http://127.0.0.1:9", "default"), {"SANDBOX_BASE_PORT": "9" * 5000})
    assert finding.subject.startswith("Ports ")


def test_a_sandbox_of_another_version_and_another_time_is_told(elsewhere, monkeypatch):
    told = {"service": "orchestrator", "version": "0.0.1", "worlds": []}
    long_ago = format_datetime(wall_now().replace(year=2025), usegmt=True)
    url = elsewhere(told, long_ago).url
    for name in SERVICES:
        monkeypatch.setenv(f"SANDBOX_{name.upper()}_URL", url)
    found = {finding.words: finding for finding in running.sandbox(Connection(url, "default"))}
    assert any(f"it is of version 0.0.1, this command of {__version__}" in words for words in found)
    assert any("away from the sandbox's" in words for words in found)
    assert any(words.startswith("no health is told by cymmetri") for words in found)
    assert {finding.verdict for finding in found.values()} == {"ok", "warning", "problem"}


def test_another_service_at_the_url_is_told(sandbox):
    (finding,) = running.sandbox(Connection(sandbox.urls["cbs"], "default"))
    assert finding.verdict == "problem"
    assert finding.words.startswith("cbs answers at")


def test_a_database_that_cannot_be_reached_is_a_problem():
    for url in ("postgresql://nobody@127.0.0.1:9/none", "postgresql+psycopg://nobody@127.0.0.1:9/none", "nonsense"):
        (finding,) = neighbours.postgres({"SANDBOX_DATABASE_URL": url})
        assert finding.verdict == "problem"
        assert "SANDBOX_DATABASE_URL cannot be used" in finding.words
        assert "unset SANDBOX_DATABASE_URL" in finding.remedy


def test_a_missing_or_wrong_package_is_a_problem(monkeypatch):
    needed = ["click>=99", "no-such-package>=1", "psycopg>=3; extra == 'postgres'"]
    monkeypatch.setattr(machine.metadata, "requires", lambda _: needed)  # type: ignore[attr-defined]
    (finding,) = machine.packages()
    assert finding.verdict == "problem"
    assert "wanted is >=99" in finding.words
    assert "no-such-package is missing" in finding.words
    assert "psycopg" not in finding.words


def test_a_python_that_is_too_old_is_a_problem(monkeypatch):
    monkeypatch.setattr(machine.platform, "python_version", lambda: "3.10.1")  # type: ignore[attr-defined]
    (finding,) = machine.python()
    assert finding.verdict == "problem"


def test_a_full_disk_is_told(monkeypatch, tmp_path):
    for free, verdict in ((10_000, "problem"), (500_000_000, "warning"), (5_000_000_000, "ok")):
        monkeypatch.setattr(machine.shutil, "disk_usage", lambda _, free=free: SimpleNamespace(free=free))  # type: ignore[attr-defined]
        assert verdicts(machine.data_directory({"SANDBOX_DATA_DIR": str(tmp_path)})) == [verdict]


def test_a_proxy_that_would_be_asked_for_loopback_is_told(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert verdicts(machine.proxies()) == ["ok"]
    monkeypatch.setenv("http_proxy", "http://proxy.example.test:3128")
    (finding,) = machine.proxies()
    assert finding.verdict == "warning"
    assert "NO_PROXY" in finding.remedy
    monkeypatch.setenv("no_proxy", "localhost,127.0.0.1")
    assert verdicts(machine.proxies()) == ["ok"]


def test_a_browser_that_is_missing_is_a_warning(monkeypatch):
    monkeypatch.setattr(neighbours.shutil, "which", lambda _: None)  # type: ignore[attr-defined]
    assert verdicts(neighbours.browser()) == ["warning"]
