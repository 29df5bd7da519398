"""How a command of ``sandbox`` ends, and what its exit code says."""

import os
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
  {COULD_NOT}    it could not be done: the system under test does not come up, there is no room for a file or
       for the output
  {NOT_ADMITTED}    the sandbox wants another admin token
  {INTERRUPTED}  ended by Ctrl-C
"""


@contextmanager
def quiet(ctx: click.Context) -> Iterator[None]:
    """End on Ctrl-C, or when the reader of the output has had enough (``| head``), without a word; tell bad settings.

    Print without colours where ``NO_COLOR`` is set (https://no-color.org).
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    try:
        yield
    except BadSetting as error:
        raise click.UsageError(str(error)) from error
    except KeyboardInterrupt:
        raise click.exceptions.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        raise click.exceptions.Exit(0) from None
