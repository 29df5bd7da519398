"""``sandbox up`` as its user meets it: one clear line when it cannot start, a clean end, and what it keeps."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

from registration_sandbox.runtime.embedded import LOG_FILE, free_base_port, start, urls_beside
from simulators.kit.clock import monotonic, pause
from simulators.kit.services import SERVICES
from tests.contract.running.wire import Wire
from tests.support.typed import PATIENCE, assert_one_clear_line, listening, said_by, typed

pytestmark = pytest.mark.thorough


NAMES = {"deviceId": "browser", "type": "CIF"}
DEFAULT_PEOPLE = "/_sandbox/worlds/default/personas"


@pytest.fixture
def up(tmp_path):
    """Start a sandbox of the test's own; whatever still runs at the end is killed."""
    running = []

    def begin(data_dir=None, base_port=None, **options):
        sandbox = start(data_dir or tmp_path / "data", base_port or free_base_port(), **options)
        running.append(sandbox)
        return sandbox

    yield begin
    for sandbox in running:
        sandbox.kill()


def test_a_port_in_use_is_told_with_the_service_that_wants_it(sandbox, tmp_path):
    port = int(sandbox.urls["orchestrator"].rpartition(":")[2])
    said = typed("--base-port", port - 2, "--data-dir", tmp_path)
    assert_one_clear_line(said, "cannot listen", "--base-port")


SETTINGS = [
    ("SANDBOX_BASE_PORT", "soon"), ("SANDBOX_BASE_PORT", "²"), ("SANDBOX_BASE_PORT", "99999"), ("SANDBOX_WORKERS", "0"),
    ("SANDBOX_WORKERS", "1000000"), ("SANDBOX_CBS_URL", "nonsense"), ("SANDBOX_CBS_URL", "http://"),
    ("SANDBOX_CBS_URL", "http://[half"), ("SANDBOX_CBS_URL", "http://host:99999"), ("SANDBOX_TSG_URL", "ftp://host"),
    ("SANDBOX_CBS_URL", "http://ho st"), ("SANDBOX_DATABASE_URL", "mysql://host/name"),
    ("SANDBOX_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none"), ("SANDBOX_SMTP_URL", "nonsense"),
    ("SANDBOX_SMTP_URL", "smtp://host:99999"), ("SANDBOX_TSG_PUSH_SECRET", "secret"),
    ("SANDBOX_TSG_PUSH_SECRET", "whsec_!"), ("SANDBOX_TSG_PUSH_SECRET", "whsec_"), ("SANDBOX_TSG_API_KEY", "ké y"),
    ("SANDBOX_ADMIN_TOKEN", "two words"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), SETTINGS)
def test_a_setting_that_cannot_be_used_is_told_by_its_name(tmp_path, name, value):
    assert_one_clear_line(typed("--data-dir", tmp_path, **{name: value}), name)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.test"])
def test_listening_beyond_loopback_wants_an_admin_token(tmp_path, host):
    assert_one_clear_line(typed("--host", host, "--data-dir", tmp_path), "SANDBOX_ADMIN_TOKEN")


def test_an_address_that_is_not_here_is_told(tmp_path):
    said = typed("--host", "192.0.2.1", "--data-dir", tmp_path, SANDBOX_ADMIN_TOKEN="a-long-secret")
    assert_one_clear_line(said, "192.0.2.1", "--host")


def test_ports_beyond_the_last_are_told(tmp_path):
    assert_one_clear_line(typed("--base-port", 65530, "--data-dir", tmp_path), "65530")


def test_nothing_left_to_start_is_told(tmp_path):
    assert_one_clear_line(typed("--only", "cbs", "--except", "cbs", "--data-dir", tmp_path), "Nothing is left")
    said = typed("--only", "cbs", "--data-dir", tmp_path, SANDBOX_CBS_URL="http://127.0.0.1:9")
    assert_one_clear_line(said, "Nothing is left")


@pytest.mark.parametrize(
    "made", ["a file", "below a file", "with bad secrets", "with other secrets", "with no database"]
)
def test_a_data_directory_that_cannot_be_used_is_told(tmp_path, made):
    place = tmp_path / "data"
    if made == "a file":
        place.write_text("")
    elif made == "below a file":
        (tmp_path / "file").write_text("")
        place = tmp_path / "file" / "data"
    else:
        place.mkdir()
        content = {"with bad secrets": b"\xff\xfe", "with other secrets": b"tsg_api_key = 5"}
        name = "cbs.sqlite3" if made == "with no database" else "secrets.toml"
        (place / name).write_bytes(content.get(made, b"This is no database at all."))
    assert_one_clear_line(typed("--data-dir", place), str(place))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--only", "nobody"),
        ("--except", "nobody"),
        ("--base-port", "0"),
        ("--base-port", "x"),
        ("--nonsense",),
        ("--workers", "0"),
    ],
)
def test_an_option_that_there_is_not_is_told_in_the_last_line(arguments):
    code, out, err = typed(*arguments)
    assert (code, out) == (2, "")
    assert err.strip().splitlines()[-1].startswith("Error: ")
    assert arguments[0] in err.strip().splitlines()[-1]
    assert "Traceback" not in err


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(up, ending):
    sandbox = up()
    tree = psutil.Process(sandbox.process.pid).children(recursive=True)
    sandbox.process.send_signal(ending)
    assert sandbox.process.wait(PATIENCE) == 0
    assert psutil.wait_procs(tree, PATIENCE)[1] == []
    assert not any(listening(int(url.rpartition(":")[2])) for url in sandbox.urls.values())
    assert "Traceback" not in (sandbox.data_dir / LOG_FILE).read_text("utf-8")


def test_ctrl_c_at_a_terminal_reaches_every_process_and_ends_it_all_the_same(up):
    sandbox = up()
    os.killpg(sandbox.process.pid, signal.SIGINT)
    assert sandbox.process.wait(PATIENCE) == 0
    assert "Traceback" not in (sandbox.data_dir / LOG_FILE).read_text("utf-8")


@pytest.mark.parametrize("milliseconds", [0, 60, 120, 200, 300, 450])
def test_it_ends_whenever_it_is_told_to(tmp_path, milliseconds):
    base_port = free_base_port()
    command = [
        sys.executable,
        "-m",
        "registration_sandbox",
        "up",
        "--base-port",
        str(base_port),
        "--data-dir",
        str(tmp_path),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(milliseconds / 1000)
    process.send_signal(signal.SIGTERM)
    process.wait(PATIENCE)
    left = [each for each in psutil.process_iter(["cmdline"]) if str(tmp_path) in (each.info["cmdline"] or [])]
    assert psutil.wait_procs(left, PATIENCE)[1] == []
    assert not any(listening(base_port + number) for number in range(len(SERVICES)))


@pytest.mark.parametrize(
    ("options", "started"),
    [
        ({"only": ["cbs", "mailroom"]}, {"cbs", "mailroom"}),
        ({"excepted": ["tsg", "handset"]}, {*SERVICES} - {"tsg", "handset"}),
    ],
)
def test_only_what_is_wanted_is_started(up, options, started):
    sandbox = up(**options)
    assert {name for name in SERVICES if listening(int(sandbox.urls[name].rpartition(":")[2]))} == started
    elsewhere = len(SERVICES) - len(started)
    assert said_by(sandbox, "Ctrl-C").count("(not started here)") == elsewhere


def test_a_service_of_an_only_can_be_driven_alone(up):
    wire = Wire(up(only=["mailroom"]).urls)
    assert wire.ask("mailroom", "GET", "/messages").status == 404
    assert wire.ask("mailroom", "PUT", "/_sandbox/worlds/default", {}).status == 201
    assert wire.ask("mailroom", "GET", "/messages").json == {"messages": []}


@pytest.mark.parametrize("how", ["ended", "killed"])
def test_a_restart_keeps_worlds_registrations_and_credentials(up, how):
    sandbox = up()
    wire, path = Wire(sandbox.urls), "/_sandbox/worlds/kept"
    wire.ask("orchestrator", "PUT", path, {"scenario": "new-customer"})
    before = [wire.ask("orchestrator", "GET", each).json for each in (f"{path}/personas", "/_sandbox/credentials")]
    body = {**NAMES, "flow": "web", "id": before[0]["personas"][0]["cif"]}
    made = wire.ask("orchestrator", "POST", "/registrations", body, world="kept").json
    (sandbox.stop if how == "ended" else sandbox.kill)()

    wire = Wire(up(sandbox.data_dir, int(sandbox.urls["orchestrator"].rpartition(":")[2])).urls)
    assert [
        wire.ask("orchestrator", "GET", each).json for each in (f"{path}/personas", "/_sandbox/credentials")
    ] == before
    code = wire.ask("mailroom", "GET", "/messages?purpose=email-otp", world="kept").json["messages"][0]["code"]
    action = f"/registrations/{made['id']}/actions/verify-email-otp"
    gone_on = wire.ask("orchestrator", "POST", action, {"otp": code}, world="kept")
    assert (gone_on.status, gone_on.json["status"]) == (200, "Mobile_Otp_Sent")
    assert wire.ask("orchestrator", "GET", DEFAULT_PEOPLE).json["personas"], "the world default is waited for"
    worlds = wire.ask("orchestrator", "GET", "/_sandbox/worlds").json["worlds"]
    assert sorted(world["world"] for world in worlds) == ["default", "kept"]


def test_two_sandboxes_stand_side_by_side(up, tmp_path, sandbox):
    other = Wire(up(tmp_path / "other").urls)
    assert other.ask("orchestrator", "PUT", "/_sandbox/worlds/theirs", {"scenario": "new-customer"}).status == 201
    mine = Wire(sandbox.urls)
    assert mine.ask("mailroom", "GET", "/messages", world="theirs").status == 404
    keys = [
        each.ask("orchestrator", "GET", "/_sandbox/credentials").json["SANDBOX_TSG_API_KEY"] for each in (mine, other)
    ]
    assert keys[0] != keys[1]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_workers_that_are_killed_are_replaced_and_nothing_is_lost(up, workers):
    sandbox = up(environment={"SANDBOX_WORKERS": workers})
    wire = Wire(sandbox.urls)
    supervisor = psutil.Process(sandbox.process.pid)
    said = []
    assert wire.ask("orchestrator", "GET", DEFAULT_PEOPLE).status == 200, "the world default is waited for"
    for number in range(6):
        message = {"channel": "sms", "to": "+919000000001", "body": str(number), "purpose": "p", "sender": "s"}
        said.append(wire.ask("mailroom", "POST", "/messages", message).status)
        if number in (0, 2, 4):  # at once, and when it has settled
            for each in supervisor.children():
                each.kill()
    assert said == [201] * 6
    kept = wire.ask("mailroom", "GET", "/messages").json["messages"]
    assert [message["body"] for message in kept] == ["5", "4", "3", "2", "1", "0"]
    assert sandbox.process.poll() is None


@pytest.mark.parametrize("reader", ["a full device", "nobody"])
def test_it_comes_up_though_what_it_tells_cannot_be_read(tmp_path, reader):
    port = free_base_port()
    command = [sys.executable, "-m", "registration_sandbox", "up", "--base-port", str(port), "--data-dir", tmp_path]
    ours, theirs = os.pipe()
    os.close(ours)
    with open("/dev/full" if reader == "a full device" else theirs, "w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.PIPE, text=True)
    try:
        deadline = monotonic() + PATIENCE
        while not (listening(port) and Wire(urls_beside(f"http://127.0.0.1:{port}")).ask(
            "orchestrator", "GET", DEFAULT_PEOPLE
        ).status == 200):  # fmt: skip
            assert monotonic() < deadline
            pause(0.05)
        process.terminate()
        _, said = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert said == ("Error: The output cannot be written: No space left on device.\n" if reader != "nobody" else "")


def test_it_tells_where_everything_is(up):
    sandbox = up(environment={"SANDBOX_TSG_API_KEY": "my-own-key"})
    said = said_by(sandbox, "Ctrl-C")
    assert all(url in said for url in sandbox.urls.values())
    assert "my-own-key" in said
    credentials = Wire(sandbox.urls).ask("orchestrator", "GET", "/_sandbox/credentials").json
    assert credentials["SANDBOX_TSG_API_KEY"] == "my-own-key"
