"""What a request says of itself cannot write lines into the log, nor steer the terminal that shows it."""

import logging

import pytest

from simulators.kit.log import log
from simulators.kit.printable import escape_controls


def test_control_characters_of_a_message_are_escaped(caplog):
    log.error("GET %s failed", "/x\r\nGET /forged\x1b[31m\x9b2J\x7f\u2028\u202e")
    assert caplog.messages == [r"GET /x\r\nGET /forged\x1b[31m\u009b2J\u007f\u2028\u202e failed"]


def test_a_traceback_keeps_its_lines_and_none_of_its_errors_control_characters(caplog):
    try:
        raise ValueError("no \x1b]0;title\x07 here")
    except ValueError:
        log.exception("failed")
    lines = caplog.text.splitlines()
    assert lines[1] == "Traceback (most recent call last):"
    assert lines[-1] == r"ValueError: no \x1b]0;title\x07 here"


def test_what_libraries_log_is_escaped_too(capsys):
    record = logging.LogRecord("mail.log", logging.WARNING, "", 0, "unrecognised: %s", ("\x1b[2J",), None)
    assert logging.lastResort is not None
    logging.lastResort.handle(record)
    assert capsys.readouterr().err == "unrecognised: \\x1b[2J\n"


@pytest.mark.parametrize("text", ["", "Zoë ☃ 日本", "a b-c"])
def test_what_can_be_printed_stays(text):
    assert escape_controls(text) == text


def test_some_can_be_kept():
    assert escape_controls("a\n\tb\r", "\n\t") == "a\n\tb\\r"
