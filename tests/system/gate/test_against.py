"""``sandbox test --against``: systems that behave oddly, drivers that fail, and our own middleware as a stranger's."""

import json
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from registration_sandbox.gate.results import load
from registration_sandbox.gate.system import System
from registration_sandbox.gate.system_process import SystemNotReady, SystemProcess
from registration_sandbox.runtime.embedded import free_base_port

pytestmark = pytest.mark.thorough


HERE = Path(__file__).parent
CHECKOUT = HERE.parents[2]
SIGN_UP = "features/device_registration/01_sign_up.feature:11"


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.fixture
def port() -> int:
    return free_base_port()


@pytest.fixture
def describe(tmp_path, port):
    """Write a system's file; return its path."""

    def write(what: str = "html", more: str = "", driver: str = "channel", clock: str = "header") -> Path:
        file = tmp_path / "acme.toml"
        command = json.dumps([sys.executable, str(HERE / "odd_system.py"), what])
        file.write_text(
            f'[system]\nname = "Acme 4.2"\nreplaces = "orchestrator"\nurl = "http://127.0.0.1:{port}"\n'
            f'driver = "{driver}"\nhealth = "/healthz"\ncommand = {command}\nclock = "{clock}"\n{more}'
        )
        return file

    return write


@pytest.mark.parametrize(
    ("what", "came"),
    [
        ("html", "this is no registration: 200 text/html: <html><body>Welcome to the bank"),
        ("redirect", "this is no registration: 302 text/html"),
        ("word", "'computer-says-no' is no reason that the driver knows"),
        ("list", "this is no registration: 201 application/json: [1, 2]"),
        ("torn", 'this is no registration: 201 application/json: {"id": "a", "sta'),
        ("another-world", "'unknown-world' is no reason that the driver knows"),
        ("hang-up", "gave no answer to POST /registrations"),
    ],
)
def test_what_a_system_answers_instead_fails_the_scenario_with_what_came(describe, port, sandbox_command, what, came):
    said = sandbox_command("test", SIGN_UP, "--against", describe(what))
    assert said.returncode == 1
    assert came in said.stderr
    assert "Acme 4.2 asked none of the bank's systems in this scenario's world." in said.stderr
    assert "scenario-failed: 'The sign-up code comes by email' (DR-1.1) failed." in said.stdout
    assert is_free(port)


def test_the_replay_line_plays_the_scenario_against_the_same_system(describe, sandbox_command):
    file = describe("html")
    said = sandbox_command("test", SIGN_UP, "--against", file, "--seed", 3)
    assert f"Replay it: sandbox run {SIGN_UP} --seed 3 --against {file}" in said.stderr
    replayed = sandbox_command("run", SIGN_UP, "--seed", 3, "--against", file)
    assert (replayed.returncode, "✗ And Chitra opens the app on a new phone" in replayed.stdout) == (1, True)


def test_a_system_that_dies_is_told_and_the_run_goes_on(describe, port, sandbox_command):
    said = sandbox_command("test", "DR-0.1", "DR-0.2", "--against", describe("die"), "-j", 1)
    assert said.returncode == 1
    played = re.search(r"(\d+) scenarios of Acme 4\.2: \1 failed", said.stdout)
    assert played
    died = "system-died: Acme 4.2 ended by itself with 7; it printed last: out of memory\n"
    assert said.stdout.count(died) == int(played[1])
    assert is_free(port)


def test_a_system_that_does_not_start_ends_the_run_before_the_first_scenario(describe, sandbox_command):
    said = sandbox_command("test", SIGN_UP, "--against", describe("never"))
    assert said.returncode == 4
    assert said.stderr.splitlines() == [
        "Error: Acme 4.2 ended by itself with 1; it printed last: no configuration was found"
    ]
    assert not said.stdout


def test_a_system_that_never_gets_healthy_is_told_with_what_it_answered(tmp_path, port, monkeypatch):
    monkeypatch.setattr("registration_sandbox.gate.system_process.HEALTH_LIMIT", 0.5)
    command = [sys.executable, str(HERE / "odd_system.py"), "redirect"]
    system = System(
        "Acme", "orchestrator", f"http://127.0.0.1:{port}", clock="header", health="/ready", command=command,
        file=str(tmp_path / "acme.toml"),
    )  # fmt: skip
    process = SystemProcess(system, {"PORT": str(port)}, tmp_path / "log")
    try:
        with pytest.raises(SystemNotReady, match=r"did not become healthy within .*/ready answered 302"):
            process.start()
    finally:
        process.stop()
    assert is_free(port)


def test_a_command_that_cannot_be_run_is_told(describe, sandbox_command):
    file = describe("html")
    file.write_text(file.read_text().replace(sys.executable, "no-such-program"))
    said = sandbox_command("test", SIGN_UP, "--against", file)
    assert (said.returncode, "cannot be started by 'no-such-program'" in said.stderr) == (4, True)


def test_a_system_is_ended_with_its_children(describe, port, sandbox_command):
    sandbox_command("test", SIGN_UP, "--against", describe("child"))
    assert is_free(port)
    assert is_free(port + 1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_system_and_the_sandbox(describe, port, number):
    command = [sys.executable, "-m", "registration_sandbox", "test", "--against", str(describe("child")), "-j", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert "scenarios" in process.stderr.readline()
        process.send_signal(number)
        process.communicate(timeout=30)
    assert process.returncode == 130
    assert is_free(port)
    assert is_free(port + 1)


def test_a_wrong_file_is_one_line_and_a_usage_error(describe, sandbox_command):
    file = describe("html", 'isolation = "bagage"\n')
    said = sandbox_command("test", "--against", file)
    assert said.returncode == 2
    (line,) = said.stderr.splitlines()
    assert line.startswith(f'Error: {file}:9: system.isolation is "bagage"')


DRIVER = """
from registration_sandbox.drivers import CannotDo, Page, Reason, Seen, Unable


class Acme(Unable):
    def __init__(self, person, surroundings):
        self.person = person

    def start(self, identity):
        if identity.kind == "mobile number":
            raise CannotDo("the site asks for no mobile number")
        return {}["registration"]
"""


def test_a_driver_that_raises_is_told_as_the_drivers_mistake_with_its_place(describe, tmp_path, sandbox_command):
    (tmp_path / "acme_driver.py").write_text(DRIVER)
    file = describe("html", driver="acme_driver.py:Acme")
    said = sandbox_command("test", "features/web_registration/01_check_identity.feature", "WR-1.1", "--against", file)
    assert "a mistake of the driver's, not of the system's: " in said.stderr
    assert "acme_driver.py:12, in start: KeyError: 'registration'" in said.stderr
    assert "not tried: the site asks for no mobile number" in said.stdout


def test_a_driver_that_cannot_be_loaded_ends_the_run_with_its_place(describe, tmp_path, sandbox_command):
    (tmp_path / "acme_driver.py").write_text("import nothing_of_that_name\n\n\nclass Acme:\n    pass\n")
    said = sandbox_command("test", "--against", describe("html", driver="acme_driver.py:Acme"))
    assert said.returncode == 2
    (line,) = said.stderr.splitlines()
    assert "acme_driver.py:1: ModuleNotFoundError" in line


def test_a_new_driver_is_not_tried_on_anything_until_it_is_filled_in(describe, tmp_path, sandbox_command):
    made = sandbox_command("drivers", "new", tmp_path / "acme_driver.py")
    assert (made.returncode, "acme_driver.py:Acme" in made.stdout) == (0, True)
    assert sandbox_command("drivers", "new", tmp_path / "acme_driver.py").returncode == 1
    results = tmp_path / "results.json"
    file = describe("html", driver="acme_driver.py:Acme")
    said = sandbox_command("test", SIGN_UP, "WR-8.2", "--against", file, "--results", results)
    assert said.returncode == 0
    run = load(results)
    assert {one.status for one in run.scenarios} == {"not-tried"}
    assert {one.error for one in run.scenarios} >= {"the driver Acme cannot start a registration"}


def test_the_drivers_are_listed_with_what_they_cannot_do(sandbox_command):
    told = json.loads(sandbox_command("drivers", "--json").stdout)["drivers"]
    assert [driver["name"] for driver in told] == ["channel", "ciamregsrvc", "browser"]
    assert told[0]["cannot"] == []
    assert "open_app" in told[1]["cannot"]


def test_a_system_with_a_clock_of_its_own_is_played_in_real_time_and_not_tried_where_time_passes(
    tmp_path, url, sandbox_command
):
    file, results = tmp_path / "calls.toml", tmp_path / "results.json"
    file.write_text(
        f'[system]\nname = "Calls"\nreplaces = "none"\nurl = "{url}"\ndriver = "ciamregsrvc"\nclock = "machine"\n'
    )
    said = sandbox_command("test", "WR-1.4", "WR-2.4", "--against", file, "--url", url, "--results", results)
    assert said.returncode == 0
    scenarios = load(results).scenarios
    blocked = [one for one in scenarios if one.name.startswith("A blocked person is told when the block ends")]
    late = [one for one in scenarios if one.claimed == ["WR-2.4"]]
    assert {one.status for one in blocked} == {"passed"}  # "until 09:30" is half an hour after it began
    assert {(one.status, one.error) for one in late} == {
        ("not-tried", "Calls has a clock of its own, which cannot be moved")
    }
