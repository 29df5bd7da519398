"""``--follow``: what comes, once and in time, until Ctrl-C, and though the connection is lost."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from registration_sandbox.cli import following
from registration_sandbox.cli.connection import NoSandbox, Refused
from registration_sandbox.cli.following import Watch
from tests.system.cli.conftest import SCENARIO

PATIENCE = 10.0


@pytest.fixture
def follow(world) -> Iterator:
    """Begin to follow, in a process of its own; whatever still runs at the end is killed."""
    running, timers = [], []

    def begin(*words):
        command = [
            sys.executable,
            "-m",
            "registration_sandbox",
            *words,
            "--follow",
            "--world",
            world.name,
            "--url",
            world.url,
        ]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        timers.append(threading.Timer(PATIENCE, process.kill))
        timers[-1].start()
        running.append(process)
        return process

    yield begin
    for timer in timers:
        timer.cancel()
    for process in running:
        process.kill()
        process.communicate()


def ended(process, number=signal.SIGINT):
    process.send_signal(number)
    _, err = process.communicate(timeout=PATIENCE)
    return process.returncode, err


def test_exchanges_and_messages_are_told_as_they_come_until_ctrl_c(world, follow):
    world.begins()
    journal = follow("journal", "--json", "--path", "/registrations*", "-n", "1")
    inbox = follow("inbox", "--json", "--to", "Asha", "-n", "1")
    assert json.loads(journal.stdout.readline())["status"] == 201
    first = json.loads(inbox.stdout.readline())
    registration = world.begins().json["id"]
    world.errs(registration)
    assert [json.loads(journal.stdout.readline())["status"] for _ in range(2)] == [201, 401]
    second = json.loads(inbox.stdout.readline())
    assert second["purpose"] == first["purpose"] == "email-otp"
    assert second["id"] != first["id"]
    world.ask("PUT", f"/_sandbox/worlds/{world.name}", SCENARIO)
    world.begins()
    assert json.loads(inbox.stdout.readline())["purpose"] == "email-otp"
    assert ended(journal) == (130, "")
    assert ended(inbox) == (130, "")


def test_a_world_that_is_deleted_ends_it(world, follow):
    journal = follow("journal", "-n", "1")
    assert journal.stdout.readline()
    world.type("worlds", "delete", world.name)
    _, err = journal.communicate(timeout=PATIENCE)
    assert journal.returncode == 1
    assert f"There is no world '{world.name}'" in err


class Unsteady:
    """A sandbox that tells its journal, loses each connection after some events, and is gone for a while then."""

    def __init__(self, *connections):
        self.world = "unsteady"
        self.written = []
        self._connections = iter(connections)
        self.gone = 0

    def control(self, method, path, /, since="", limit=0):
        if self.gone:
            self.gone -= 1
            raise NoSandbox("gone") if self.gone % 2 else Refused(503, {"detail": "not all of it is up"})
        found = [exchange for exchange in self.written if exchange["recorded_at"] > since]
        return {"exchanges": found[-limit:]}

    def events(self, since):
        told, missed, self.gone = next(self._connections)
        self.written += told + missed
        for exchange in [each for each in self.written if each["recorded_at"] > since and each not in missed]:
            yield "exchange", exchange
        if self.gone:
            raise NoSandbox("the connection was lost")


def exchange(number, second=None):
    return {"id": f"exchange-{number}", "recorded_at": f"2026-01-05T09:00:{second or number:02}.000000Z"}


def test_nothing_is_lost_or_told_twice_though_the_connection_is(monkeypatch, capsys):
    monkeypatch.setattr(following, "AGAIN", 0)
    early = [exchange(1), exchange(2)]
    slow = exchange(7, second=2)
    sandbox = Unsteady(
        ([exchange(3)], [exchange(4)], 3), ([exchange(5)], [exchange(6), slow], 0), ([exchange(8)], [], 0)
    )
    sandbox.written += early
    watch = Watch(sandbox)
    assert watch.recent == early
    told = []
    for batch in watch.later():
        told += [each["id"] for each in batch]
        if "exchange-8" in told:
            break
    assert told == [f"exchange-{number}" for number in range(3, 9)]
    assert capsys.readouterr().err.splitlines() == [
        "The sandbox is gone; waiting for it to come back …", "The sandbox is back.",
    ]  # fmt: skip
