"""What people had in the last version that did not number its databases goes on in this one.

``first_version/`` is what such a sandbox kept of a world in which Asha had begun to register on the web site and Chitra
to register her phone.
"""

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

from orchestrator.runtime.embedded import LOG_FILE, running_sandbox
from tests.conformance.wire import NOTHING, Wire
from tests.conftest import PUSH_SECRET
from tests.support.typed import assert_one_clear_line, typed

KEPT = Path(__file__).parent / "first_version"
WORLD = "kept"
ITS_SETTINGS = {
    "SANDBOX_TSG_API_KEY": "tsg-key",
    "SANDBOX_TSG_PUSH_SECRET": PUSH_SECRET,
    "SANDBOX_AUTH_SERVICE_API_KEY": "auth-key",
    "SANDBOX_SIGNING_KEY": "signing-key",
}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    for kept in KEPT.glob("*.sql"):
        connection = sqlite3.connect(tmp_path / f"{kept.stem}.sqlite3")
        connection.executescript(kept.read_text("utf-8"))
        connection.close()
    return tmp_path


def test_both_flows_go_on_where_they_were(data_dir: Path) -> None:
    with running_sandbox(data_dir, environment=ITS_SETTINGS) as sandbox:
        wire = Wire(sandbox.urls)
        asha, chitra = ask(wire, "orchestrator", "GET", f"/_sandbox/worlds/{WORLD}/personas")["personas"]
        web = begun(wire, "web")
        fields = {"otp": code(wire, asha["email"])}
        done = ask(wire, "orchestrator", "POST", f"/registrations/{web}/actions/verify-email-otp", fields)
        assert done["status"] == "Mobile_Otp_Sent"

        login = {"username": chitra["username"], "password": chitra["password"]}
        token = ask(wire, "auth_service", "POST", "/auth/login", login)["token"]
        device = f"/registrations/{begun(wire, 'device')}"
        typed = {"code": code(wire, chitra["mobile"])}
        ask(wire, "handset", "POST", f"/handsets/{chitra['handsets'][0]['id']}/sign-up", typed)
        path = f"{device}?wait_for=Register_Complete&timeout=10"
        assert ask(wire, "orchestrator", "GET", path, token=token)["status"] == "Register_Complete"
    log = (data_dir / LOG_FILE).read_text("utf-8")
    assert "Brought up to date from an earlier version: orchestrator, cymmetri, cbs," in log


def test_neither_alembic_nor_sqlalchemy_is_imported_to_find_that_nothing_is_to_be_done(data_dir: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from orchestrator.runtime.settings import plan;"
        f"plan(data_dir=Path({str(data_dir)!r}), base_port=9999, environment={{}});"
        "print(sorted({'alembic', 'sqlalchemy', 'sqlite3'} & sys.modules.keys()))"
    )
    said = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True) for _ in range(2)
    ]
    assert [each.stdout.strip() for each in said] == ["['sqlite3']"] * 2
    assert ["Brought up to date" in each.stderr for each in said] == [True, False]


def ask(wire: Wire, service: str, method: str, path: str, body: Any = NOTHING, token: str | None = None) -> Any:
    said = wire.ask(service, method, path, body, world=WORLD, token=token)
    assert said.status < 300, said
    return said.json


def begun(wire: Wire, flow: str) -> str:
    """Return the id of the registration that had been begun in a flow."""
    listed = ask(wire, "orchestrator", "GET", f"/_sandbox/worlds/{WORLD}/registrations")["registrations"]
    return next(str(each["registration"]["id"]) for each in listed if each["registration"]["flow"] == flow)


def code(wire: Wire, to: str) -> str:
    path = f"/messages?to={to.replace('+', '%2B')}&limit=1"
    return str(ask(wire, "mailroom", "GET", path)["messages"][0]["code"])


def test_what_a_newer_version_has_kept_is_refused_before_anything_is_up(data_dir: Path) -> None:
    file = data_dir / "cbs.sqlite3"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.execute("INSERT INTO alembic_version VALUES ('cbs_9999')")
    connection.commit()
    connection.close()
    assert_one_clear_line(typed("--data-dir", data_dir), str(file), "kept by a newer version", "--data-dir")


def test_what_a_newer_version_has_kept_on_postgresql_is_refused_before_anything_is_up(
    new_database: str, tmp_path: Path
) -> None:
    with psycopg.connect(new_database) as connection:
        connection.execute("CREATE SCHEMA cbs; CREATE TABLE cbs.alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO cbs.alembic_version VALUES ('cbs_9999')")
    said = typed("--data-dir", tmp_path, SANDBOX_DATABASE_URL=new_database)
    assert_one_clear_line(said, "schema cbs", "kept by a newer version", "another database with SANDBOX_DATABASE_URL")
