"""A disk that is full: every caller is told so, nothing is lost or doubled, and it goes on when there is room."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from registration_sandbox.runtime.embedded import LOG_FILE
from simulators.kit.store.failures import Trouble
from tests.resilience.interrupted.conftest import Disk, Up
from tests.support.typed import assert_one_clear_line, typed
from tests.support.world import Said, World

pytestmark = pytest.mark.thorough


ROOM = 16 * 1024 * 1024
CHUNK = 4096
MOST_KEPT = 1000
"""More exchanges than fit into the room that SQLite's write-ahead log already has on the disk."""

CONTROL = "/_sandbox/worlds"

CALLS = [
    ("orchestrator", "GET", "/registrations/any", None),
    ("cymmetri", "GET", "/ciamregsrvc/webRegistration/mfa/list", None),
    ("cbs", "GET", "/cbs/user-ids/anyone", None),
    ("auth_service", "GET", "/users/anyone", None),
    ("tsg", "POST", "/tsg/subject_info", {"service_id": "any", "subject_id": "any"}),
    ("mailroom", "GET", "/messages", None),
    ("handset", "GET", "/handsets/any", None),
]
"""A call of each service that asks no other, in its own shape of errors."""

CODES = {"cymmetri": "errorCode", "tsg": "error", "auth_service": "error", "cbs": "code"}


@contextmanager
def filled(disk: Path) -> Iterator[Callable[[], None]]:
    """Have no byte left on a disk in the block; what is given fills it again, where SQLite has given some room back."""
    filler = disk / "filler"

    def fill() -> None:
        with filler.open("ab", buffering=0) as file, suppress(OSError):
            while file.write(bytes(CHUNK)):
                pass
        assert shutil.disk_usage(disk).free == 0

    fill()
    yield fill
    filler.unlink()


def assert_told(said: Said, service: str) -> None:
    assert said.status == 503
    assert "no more room" in said.text
    assert int(said.headers["retry-after"]) > 0
    code = said.body[CODES.get(service, "code")]
    assert code.rpartition(".")[2].upper().replace("-", "_") == Trouble.FULL.code


def test_everybody_is_told_and_goes_on_when_there_is_room_again(up: Up, disk: Disk) -> None:
    place = disk(ROOM)
    sandbox = up(place / "data")
    world = World(sandbox, {"personas": [{"name": "Asha"}]})
    asha = world.personas["Asha"]
    names = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": asha["cif"]}
    made = world.ask("orchestrator", "POST", "/registrations", names).body
    otp = {"otp": world.client.code(asha["email"], "email-otp", "email")}
    verify = f"/registrations/{made['id']}/actions/verify-email-otp"
    with filled(place) as fill:
        for service, method, path, body in CALLS:
            for _ in range(MOST_KEPT):
                said = world.ask(service, method, path, body)
                fill()
                if said.status == 503:
                    break
            assert_told(said, service)
        for method, path, body in [
            ("POST", verify, otp), ("POST", "/registrations", names),
            ("PUT", f"{CONTROL}/another", {"scenario": "default"}),
        ]:  # fmt: skip
            assert world.ask("orchestrator", method, path, body).status == 503
            fill()
        assert world.ask("orchestrator", "GET", "/_sandbox/health").status == 200
    listed = world.ask("orchestrator", "GET", CONTROL).body["worlds"]
    assert "another" not in {each["world"] for each in listed}
    gone_on = world.ask("orchestrator", "POST", verify, otp).body
    assert gone_on["status"] == "Mobile_Otp_Sent"
    assert [each["purpose"] for each in world.messages()] == ["mobile-otp", "email-otp"]
    assert world.ask("orchestrator", "PUT", f"{CONTROL}/another", {"scenario": "default"}).status == 201
    log = (sandbox.data_dir / LOG_FILE).read_text("utf-8")
    assert "cbs.sqlite3 has no more room on its disk" in log
    assert "Traceback" not in log


def test_a_sandbox_that_finds_no_room_to_begin_says_so(disk: Disk) -> None:
    place = disk(ROOM)
    with filled(place):
        assert_one_clear_line(typed("--data-dir", place / "data"), str(place), "No space left", "Make room")


def test_secrets_outlive_a_start_that_found_no_room_to_add_to_them(disk: Disk) -> None:
    place = disk(ROOM)
    kept = place / "secrets.toml"
    kept.write_text('tsg_api_key = "kept"\n')
    with filled(place):
        assert_one_clear_line(typed("--data-dir", place), "No space left")
    assert kept.read_text() == 'tsg_api_key = "kept"\n'
