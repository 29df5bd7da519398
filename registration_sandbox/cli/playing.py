"""What ``sandbox act`` and ``sandbox play`` share: a world as its people's pages and phones speak to it."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from registration_sandbox.cli.connection import Connection
from registration_sandbox.client import Refused, Sandbox, Unexpected, World


def world_of(sandbox: Connection) -> World:
    """Return the world that a command is about. Raises Unexpected where there is no sandbox."""
    return Sandbox.at(sandbox.url).world(sandbox.world)


@contextmanager
def tell_refusals() -> Iterator[None]:
    """Tell what a service refuses, or answers that was not expected, as the command's error."""
    try:
        yield
    except Refused as refused:
        branch = f" ({refused.body['branch']})" if refused.body.get("branch") else ""
        raise click.ClickException(f"{refused}{branch}") from refused
    except (Unexpected, OSError) as error:
        raise click.ClickException(str(error)) from error
