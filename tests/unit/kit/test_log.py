"""What a request says of itself cannot write lines into the log, nor steer the terminal that shows it."""

import logging

import pytest

from simulators.cbs.app import create_app
from simulators.kit.log import log
from simulators.kit.printable import escape_controls
from tests.conftest import settings_in


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


def test_what_the_framework_logs_of_a_failed_request_is_escaped_too(tmp_path, caplog):
    app = create_app(settings_in(tmp_path))
    app.add_url_rule("/fail/<text>", "fail", lambda text: 1 / 0)
    assert app.test_client().get("/fail/%1b%5d0;owned%07%0aforged").status_code == 500
    assert caplog.messages == [r"Exception on /fail/\x1b]0;owned\x07\nforged [GET]"]


@pytest.mark.parametrize("text", ["", "Zoë ☃ 日本", "a b-c"])
def test_what_can_be_printed_stays(text):
    assert escape_controls(text) == text


def test_some_can_be_kept():
    assert escape_controls("a\n\tb\r", "\n\t") == "a\n\tb\\r"
