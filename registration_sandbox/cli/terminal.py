"""What commands print on: a stream that cannot be steered by what others have written, and says where it is full."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

import click

from registration_sandbox.cli.endings import COULD_NOT
from simulators.kit.printable import escape_controls

KEPT = "\n\t"
_STYLE = r"(?:[0-3]|3[1-6])"
_COLOUR = re.compile(rf"(\x1b\[(?:{_STYLE}(?:;{_STYLE})*)?m)")
"""The styles that commands print with: bold, dim, italic and colours, and their end. No text can be hidden by them."""


class OutputFailed(click.ClickException):
    """What was to be printed could not be written."""

    exit_code = COULD_NOT


class Output:
    """A text stream. Control characters are printed as their escapes, but line ends, tabs and colours."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # no output fails for the sake of an arrow

    def write(self, text: str) -> int:
        pieces = _COLOUR.split(text)
        pieces[::2] = [escape_controls(piece, KEPT) for piece in pieces[::2]]
        if text:  # writing nothing fails, too, on a full device: click does so to learn what a stream is
            with self._telling():
                self._stream.write("".join(pieces))
        return len(text)

    def flush(self) -> None:
        with self._telling():
            self._stream.flush()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Drop the stream where it takes nothing more: what is still buffered has nowhere to go.

        Raises BrokenPipeError where the reader has had enough, else OutputFailed.
        """
        try:
            yield
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
            if isinstance(error, BrokenPipeError):
                raise
            if self._stream is not sys.__stderr__:
                raise OutputFailed(f"The output cannot be written: {error.strerror}.") from error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def printing() -> Iterator[None]:
    """Print on ``Output`` within."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (Output(_or_nowhere(stream)) for stream in before)
    try:
        yield
    finally:
        with suppress(OSError, click.ClickException):
            sys.stdout.flush()
        sys.stdout, sys.stderr = before


def _or_nowhere(stream: TextIO | None) -> TextIO:
    """Return a stream; where it was closed by who started the command, one that takes everything and keeps nothing."""
    return open(os.devnull, "w", encoding="utf-8") if stream is None else stream
