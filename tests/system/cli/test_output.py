"""What a terminal gets, and what a pipe gets."""

import os
import pty
import re
import subprocess
import sys

import pytest

from tests.system.cli.conftest import Played

COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7]m")
PATIENCE = 20.0
SANDBOX = [sys.executable, "-m", "registration_sandbox"]


def in_environment(played: Played, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SANDBOX_")}
    return {**kept, **played.world.environment, **more}


def on_a_terminal(played: Played, *words: str, **environment: str) -> str:
    """Type a command on a terminal of 60 columns and return all that it shows."""
    ours, theirs = pty.openpty()
    env = in_environment(played, TERM="xterm-256color", COLUMNS="60", **environment)
    env = {name: value for name, value in env.items() if name != "NO_COLOR" or "NO_COLOR" in environment}
    process = subprocess.Popen([*SANDBOX, *words], stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    shown = b""
    with os.fdopen(ours, "rb", buffering=0) as screen:
        while True:
            try:
                part = screen.read(4096)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            shown += part
    assert process.wait(PATIENCE) == 0
    return shown.decode()


def test_a_terminal_gets_a_coloured_table_that_fits_it(played):
    shown = on_a_terminal(played, "personas")
    assert COLOUR.search(shown)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()
    assert "─" * 60 in lines
    assert max(map(len, lines)) <= 60
    assert played.world.people["Asha"]["mobile"] in shown


@pytest.mark.parametrize("words", [["personas"], ["journal"]])
def test_with_no_color_nothing_is_coloured(played, words):
    assert not COLOUR.search(on_a_terminal(played, *words, NO_COLOR="1"))


def test_a_pipe_gets_plain_text_with_nothing_cut(played):
    for words in (["personas"], ["journal"], ["why", "last"], ["worlds"], ["inbox"], ["coverage"]):
        assert "\x1b" not in played.type(*words).out
    row = next(line for line in played.type("coverage", COLUMNS="60").lines if line.startswith("DR-2.13"))
    assert row.endswith("the push goes to Auth Service instead of the middleware (the document's open question)")


def test_who_reads_only_the_first_line_hears_no_complaint(played):
    line = " ".join(SANDBOX)
    script = f"set -o pipefail; {line} journal | head -1; echo ${{PIPESTATUS[@]}}"
    environment = in_environment(played, PYTHONIOENCODING="latin-1")
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, env=environment, timeout=PATIENCE, check=True
    )
    first, statuses = done.stdout.splitlines()
    assert "\\u2192" in first
    assert (statuses, done.stderr) == ("0 0", "")


COMMANDS = [
    ["worlds"], ["worlds", "--json"], ["worlds", "scenarios"], ["personas"], ["policy"], ["clock"], ["fault"],
    ["inbox"], ["inbox", "--follow"], ["push"], ["journal"], ["journal", "--follow", "--json"], ["sequence"],
    ["why", "last"], ["coverage"], ["doctor"],
]  # fmt: skip


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_output_for_which_there_is_no_room_is_told_in_one_line(played, words):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*SANDBOX, *words], stdout=full, stderr=subprocess.PIPE, text=True, env=in_environment(played),
            timeout=PATIENCE, check=False,
        )  # fmt: skip
    assert (done.stderr, done.returncode) == ("Error: The output cannot be written: No space left on device.\n", 4)


def test_what_others_have_sent_does_not_steer_the_terminal(played):
    message = {
        "channel": "email", "to": "a@example.test", "subject": "\x1b]0;title\x07hello", "body": "\x1b[2Jgone\x9b1A",
        "purpose": "news", "sender": "somebody",
    }  # fmt: skip
    assert played.world.wire.ask("mailroom", "POST", "/messages", message, world=played.world.name).status == 201
    shown = played.type("inbox", "--purpose", "news").out
    assert "\\x1b]0;title\\x07hello" in shown
    assert "gone\\u009b1A" in shown
