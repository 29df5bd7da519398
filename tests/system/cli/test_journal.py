"""``sandbox journal``: every exchange as one line."""

import pytest

from tests.system.cli.conftest import typed


def test_each_exchange_is_a_line_oldest_first(played):
    lines = played.type("journal").lines
    found = played.type("journal", "--json").json["exchanges"]
    assert [line.split()[2] for line in lines] == [exchange["id"] for exchange in found]
    begun = [exchange["id"] for exchange in found].index(played.exchanges[0])
    first, second = lines[begun : begun + 2]
    assert first.split()[:7] == [
        "2026-01-05", "09:00:00", played.exchanges[0], "client", "→", "orchestrator", "201",
    ]  # fmt: skip
    assert first.endswith("POST /registrations")
    assert second.endswith("POST /ciamregsrvc/webRegistration/checkIdentity  WR-1.2")


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["--service", "cbs"], 3),
        (["--path", "*/checkIdentity"], 1),
        (["--branch", "WR-2.2"], 2),
        (["--branch", "WR-*"], 3),
        (["--limit", "2"], 2),
        (["-n", "0"], 0),
    ],
)
def test_the_journal_is_narrowed(played, words, count):
    assert len(played.type("journal", *words).lines) == count


def test_that_there_is_none_is_no_output(played):
    said = played.type("journal", "--branch", "DR-1.1")
    assert (said.code, said.out) == (0, "")
    assert said.err == f"There is no such exchange in the world {played.world.name}.\n"


def test_a_misspelt_service_is_told_with_the_one_that_was_meant(played):
    said = played.type("journal", "--service", "cymetri")
    assert said.code == 2
    assert "Did you mean cymmetri?" in said.err


def test_a_fault_that_struck_is_told(world):
    world.type("fault", "add", "cbs", "status=500")
    world.begins()
    assert world.type("journal", "--service", "cbs").out.endswith("500  POST /cbs/customers/search  fault: status\n")


def test_secrets_stay_masked(played):
    told = played.type("journal", "--path", "*/verify-email-otp", "--json").json["exchanges"]
    assert [exchange["request"] for exchange in told] == [{"otp": "•••"}] * 2


def test_the_caller_is_the_command_line_itself(world):
    world.type("inbox")
    assert world.type("journal").lines[-1].split()[3:6] == ["cli", "→", "mailroom"]


def test_a_limit_that_no_sandbox_takes_is_a_mistake_in_typing():
    assert typed("journal", "--limit", "10001").code == 2
