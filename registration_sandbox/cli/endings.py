"""How a command of ``sandbox`` ends, and what its exit code says."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from registration_sandbox.runtime.values import BadSetting

REFUSED = 1
"""The answer is no, or a problem was found."""

USAGE = 2
"""The command was typed wrongly; click's own code for it."""

NO_SANDBOX = 3
"""Nobody answers where the sandbox should be."""

COULD_NOT = 4
"""It could not be done, which says nothing of the answer: no system under test, or no place to write to."""

NOT_ADMITTED = 5
"""The sandbox wants an admin token, and was sent none or another."""

INTERRUPTED = 130
"""Ended by Ctrl-C: 128 and the number of SIGINT, as shells have it."""

TOLD = f"""\b
Exit codes:
  0    done; the answer is yes
  {REFUSED}    the answer is no, or a problem was found
  {USAGE}    the command was typed wrongly
  {NO_SANDBOX}    there is no sandbox at the URL
  {COULD_NOT}    it could not be done: the system under test does not come up, a file cannot be written
  {NOT_ADMITTED}    the sandbox wants another admin token
  {INTERRUPTED}  ended by Ctrl-C
"""


@contextmanager
def quiet(ctx: click.Context) -> Iterator[None]:
    """End on Ctrl-C, or when the reader of the output has had enough (``| head``), without a word; tell bad settings.

    Print without colours where ``NO_COLOR`` is set (https://no-color.org). What a terminal's encoding lacks is written
    as an escape: no output fails for the sake of an arrow.
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        yield
    except BadSetting as error:
        raise click.UsageError(str(error)) from error
    except KeyboardInterrupt:
        raise click.exceptions.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still buffered has nowhere to go
        raise click.exceptions.Exit(0) from None
