"""Tables: on a terminal a line a row, cut where there is no room, but never what one copies; elsewhere all of it."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pytest

from registration_sandbox.cli.tables import NARROWEST, fit_widths

SANDBOX = [sys.executable, "-m", "registration_sandbox"]
ID = "3f9a07c2-d41b-55e0-8f6a-0b1c2d3e4f5a"
SHOW = (
    "from registration_sandbox.cli import tables; "
    f"tables.show({{'Id': 'bold', 'Said': '', 'Reference': ''}}, [['{ID}', 'word ' * 30, '{ID}']], whole=['Reference'])"
)


def run_in_terminal(command: list[str], columns: int) -> list[str]:
    """Return what a command prints on a terminal that is so wide, without colours, line by line."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")} | {"TERM": "xterm"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=environment):
        os.close(theirs)
        printed = b""
        try:
            while piece := os.read(ours, 65536):
                printed += piece
        except OSError:  # the other end is closed
            os.close(ours)
    return re.sub(r"\x1b\[[0-9;]*m", "", printed.decode()).split("\r\n")


@pytest.mark.parametrize(
    ("natural", "whole", "room", "fitted"),
    [
        ([10, 20], [True, False], 32, [10, 20]),
        ([10, 20], [True, False], 31, [10, 19]),
        ([10, 20, 20], [True, False, False], 40, [10, 13, 13]),
        ([10, 40, 12], [True, False, False], 44, [10, 18, 12]),
        ([36, 20], [True, False], 30, [36, NARROWEST]),
        ([36, 1], [True, False], 30, [36, 1]),
        ([36], [True], 30, [36]),
    ],
)
def test_the_widest_columns_give_way_and_those_that_are_copied_never_do(natural, whole, room, fitted):
    assert fit_widths(natural, whole, room) == fitted


def test_a_narrow_terminal_gets_a_line_a_row_within_its_width():
    lines = run_in_terminal([*SANDBOX, "flows", "web"], 70)
    rows = [line for line in lines if line.startswith("WR-")]
    assert len(rows) > 30
    assert max(map(len, rows)) <= 70
    assert sum("…" in row for row in rows) > 20


def test_what_is_copied_is_whole_however_narrow_the_terminal_is():
    row = run_in_terminal([sys.executable, "-c", SHOW], 60)[2]
    assert row == f"{ID}  w…  {ID}"


def test_a_wide_terminal_cuts_nothing():
    assert not [line for line in run_in_terminal([*SANDBOX, "flows", "web"], 400) if "…" in line]


def test_a_pipe_cuts_nothing():
    piped = subprocess.run([sys.executable, "-c", SHOW], capture_output=True, text=True, check=True)
    assert piped.stdout.splitlines()[1] == f"{ID}  {('word ' * 30).strip()}  {ID}"
    assert piped.stderr == ""


def test_where_something_was_cut_it_is_told_how_to_see_it():
    shown = run_in_terminal(["sh", "-c", f"{sys.executable} -m registration_sandbox flows web 2>&1"], 70)
    assert "What ends in … does not fit here; --json tells all of it." in shown
