"""What commands print on: nobody else's text steers the terminal, and output that is lost is not told as success."""

import io
import json
import os
import subprocess
import sys

import pytest

from registration_sandbox.cli import COMMANDS
from registration_sandbox.cli.terminal import Output

FULL = "/dev/full"
SANDBOX = [sys.executable, "-m", "registration_sandbox"]


def test_a_text_is_printed_with_its_colours_and_without_other_controls():
    stream = io.StringIO()
    Output(stream).write("\x1b[1mAsha\x1b[0m\tx\n\x1b]0;title\x07\x1b[2J\r\x9b1A")
    assert stream.getvalue() == "\x1b[1mAsha\x1b[0m\tx\n\\x1b]0;title\\x07\\x1b[2J\\r\\u009b1A"


@pytest.mark.parametrize("style", ["8", "7", "5", "30", "40", "1;8", "38;5;0", "31;48;2;0;0;0", "90", "0;;8"])
def test_no_style_of_others_hides_what_is_printed(style):
    stream = io.StringIO()
    Output(stream).write(f"\x1b[{style}mfrom here on")
    assert stream.getvalue() == f"\\x1b[{style}mfrom here on"


@pytest.mark.parametrize("style", ["", "0", "1", "2;31", "1;36", "36"])
def test_the_styles_of_commands_are_printed(style):
    stream = io.StringIO()
    Output(stream).write(f"\x1b[{style}mAsha")
    assert stream.getvalue() == f"\x1b[{style}mAsha"


def test_json_that_is_printed_stays_json():
    stream, told = io.StringIO(), {"text": "\x1b\x7f\x9b\u2028\u202e\n"}
    Output(stream).write(json.dumps(told, ensure_ascii=False))
    assert json.loads(stream.getvalue()) == told


@pytest.mark.skipif(not os.path.exists(FULL), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", [["--help"], ["flows"], ["flows", "web", "--diagram"], ["drivers", "--json"]])
def test_output_that_cannot_be_written_is_one_line_and_an_exit_code_of_its_own(arguments):
    with open(FULL, "w") as full:
        ended = subprocess.run([*SANDBOX, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.stderr == "Error: The output cannot be written: No space left on device.\n"
    assert ended.returncode == 4


def test_a_reader_who_has_had_enough_is_no_error():
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run([*SANDBOX, "flows"], stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (ended.stderr, ended.returncode) == ("", 0)


@pytest.mark.parametrize(("closed", "arguments", "code"), [(1, ["flows"], 0), (2, ["no-such-command"], 2)])
def test_a_stream_that_was_closed_before_the_start_is_printed_nowhere(closed, arguments, code):
    ended = subprocess.run([*SANDBOX, *arguments], preexec_fn=lambda: os.close(closed), check=False)
    assert ended.returncode == code


def test_an_error_that_cannot_be_told_keeps_its_exit_code():
    with open(FULL, "w") as full:
        ended = subprocess.run([*SANDBOX, "no-such-command"], stderr=full, check=False)
    assert "no-such-command" not in COMMANDS
    assert ended.returncode == 2
