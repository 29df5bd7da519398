"""The sandbox's log. What a request says of itself cannot write lines of its own into it, nor colour a terminal."""

import logging

from simulators.kit.printable import escape_controls

log = logging.getLogger("sandbox")


class _Escape(logging.Filter):
    """Escapes control characters in a record's message, and in its traceback those that do not end a line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = escape_controls(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            traceback = logging.Formatter().formatException(record.exc_info)
            record.exc_text = "\n".join(map(escape_controls, traceback.split("\n")))
        return True


ESCAPE = _Escape()
"""For every logger and handler that may write what a request says of itself."""

log.addFilter(ESCAPE)
if logging.lastResort is not None:  # writes what libraries log of a peer where no handler is set up
    logging.lastResort.addFilter(ESCAPE)
