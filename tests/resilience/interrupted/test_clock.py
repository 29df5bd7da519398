"""The machine's clock is set back, or far ahead, while the sandbox is up: people go on, and what is due is done."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox
from tests.support.phone_owner import CHITRA, PhoneOwner
from tests.support.typed import said_by
from tests.support.world import World

pytestmark = pytest.mark.thorough


LIBRARIES = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
Set = Callable[[str], None]
Machines = Callable[[], AbstractContextManager[tuple[RunningSandbox, Set]]]


@pytest.fixture(scope="module")
def machines(require: Callable[[str, bool, str], None], tmp_path_factory: pytest.TempPathFactory) -> Machines:
    """Start a sandbox on a machine whose clock can be set, by so much from the true time."""
    library = next(LIBRARIES, None)
    require("faketime", library is not None, "there is no libfaketimeMT.so.1 below /usr/lib")

    @contextmanager
    def begin() -> Iterator[tuple[RunningSandbox, Set]]:
        directory = tmp_path_factory.mktemp("machine")
        file = directory / "clock"

        def set_clock(offset: str) -> None:
            whole = file.with_suffix(".new")  # put in place at once: nobody reads half an offset
            whole.write_text(offset)
            whole.replace(file)

        set_clock("+0")
        environment = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        with running_sandbox(directory / "data", environment=environment) as sandbox:
            yield sandbox, set_clock

    return begin


@pytest.fixture(scope="module")
def machine(machines: Machines) -> Iterator[tuple[RunningSandbox, Set]]:
    """One such machine for several tests."""
    with machines() as started:
        yield started


class People:
    """Asha, who has begun to register on the web site, and Chitra, who has begun to register her phone."""

    def __init__(self, sandbox: RunningSandbox) -> None:
        self.world = World(sandbox, {"personas": [{"name": "Asha"}, CHITRA]})
        self.asha = self.world.personas["Asha"]
        names = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": self.asha["cif"]}
        self.made = self.world.ask("orchestrator", "POST", "/registrations", names).body["id"]
        self.chitra = PhoneOwner(self.world)
        self.device = self.chitra.at_sign_up()

    def acts(self, action: str, **fields: str) -> tuple[int, str]:
        """Have Asha act; return the answer's status, and the branch or the code that it tells."""
        said = self.world.ask("orchestrator", "POST", f"/registrations/{self.made}/actions/{action}", fields)
        return said.status, said.body["last_outcome"]["branch"] if said.status == 200 else said.body["upstream_code"]

    def code(self) -> str:
        return self.world.client.code(self.asha["email"], "email-otp", "email")


def test_a_clock_that_is_set_as_soon_as_the_sandbox_is_up_is_told_of(machines: Machines) -> None:
    with machines() as (sandbox, set_clock):
        set_clock("-1h")
        assert "The machine's clock was set back by" in said_by(sandbox, "set back by")


def test_people_go_on_when_the_clock_was_set_back(machine: tuple[RunningSandbox, Set]) -> None:
    sandbox, set_clock = machine
    people = People(sandbox)
    set_clock("-1h")
    assert "The machine's clock was set back by" in said_by(sandbox, "set back by")
    assert people.acts("resend-email-otp") == (200, "WR-3.1")
    assert people.acts("verify-email-otp", otp=people.code()) == (200, "WR-2.1")
    assert people.chitra.types(people.chitra.codes()[0]).status == 200
    done = people.world.client.wait_for(people.device, "Register_Complete", people.chitra.token)
    assert done.status == "Register_Complete"
    told = people.world.client.call("mailroom", "GET", "/messages?purpose=device-registered&wait=20")["messages"]
    assert len(told) == 1
    ages = [each["age"] for each in people.world.ask("orchestrator", "GET", "/_sandbox/worlds").body["worlds"]]
    assert min(ages) >= 0


def test_what_has_expired_is_told_when_the_clock_was_set_far_ahead(machine: tuple[RunningSandbox, Set]) -> None:
    sandbox, set_clock = machine
    set_clock("+0")
    people = People(sandbox)
    set_clock("+400d")
    assert "it was set, or the machine slept" in said_by(sandbox, " days, ")
    assert people.acts("verify-email-otp", otp=people.code()) == (401, "REGSRVC.SESSION_EXPIRED")
    assert people.chitra.types(people.chitra.codes()[0]).body["upstream_code"] == "SIGN_UP_CODE_EXPIRED"
    again = People(sandbox)
    assert again.acts("verify-email-otp", otp=again.code()) == (200, "WR-2.1")
