"""The options that every command has which asks a running sandbox: where it is, in which world, answered how."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from click.core import ParameterSource

from registration_sandbox.cli import names
from registration_sandbox.cli.connection import Connection, Refused
from registration_sandbox.cli.groups import did_you_mean
from registration_sandbox.runtime import values
from registration_sandbox.runtime.settings import DEFAULT_BASE_PORT, DEFAULT_HOST, URL_VARIABLES
from simulators.kit.world_names import DEFAULT

DEFAULT_URL = f"http://{DEFAULT_HOST}:{DEFAULT_BASE_PORT}"
MOST_TOLD = 12
"""So many worlds are told to one who named none of them."""


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--url``, ``--world`` and ``--json``; call it with the connection, and whether JSON is wanted.

    In a group they can stand before the subcommand or after it. A world that is not there is told with its like.
    """

    @wraps(command)
    def ask_sandbox(*args: Any, **kwargs: Any) -> None:
        meta = click.get_current_context().meta
        sandbox = Connection(meta[names.URL], meta[names.WORLD])
        try:
            command(sandbox, meta[names.JSON], *args, **kwargs)
        except Refused as refused:
            raise _explain(refused, sandbox) from refused
        except UnicodeEncodeError as error:  # an argument's bytes that are not UTF-8 came as surrogates
            wrong = error.object[error.start : error.end]
            raise click.UsageError(f"{wrong!r} is no text in UTF-8, which the sandbox speaks.") from error

    for option in (_JSON, _WORLD, _URL):
        ask_sandbox = option(ask_sandbox)
    return ask_sandbox


def _keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Keep an option for the subcommand, too; what was typed comes before what is set or left out."""
    name = str(parameter.name)
    if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE or name not in ctx.meta:
        ctx.meta[name] = value


def _url(ctx: click.Context, parameter: click.Parameter, value: str) -> None:
    try:
        _keep(ctx, parameter, values.url("it", value, like=DEFAULT_URL))
    except values.BadSetting as error:
        raise click.BadParameter(str(error)) from error


def _explain(refused: Refused, sandbox: Connection) -> Refused:
    """Return a refusal with what helps: the worlds that there are, or how to list the scenarios."""
    if refused.code == "unknown-world":
        known = names.list_worlds(sandbox)
        told = ", ".join(known[-MOST_TOLD:]) + (" …" if len(known) > MOST_TOLD else "")
        words = f"There is no world {sandbox.world!r} at {sandbox.url}.{did_you_mean(sandbox.world, known)}"
        helpful = f"{words} There are: {told}. Make one with `sandbox worlds load SCENARIO {sandbox.world}`."
        return Refused(refused.status, {"detail": helpful})
    if refused.code == "unknown-scenario":
        helpful = refused.message.partition(" There are:")[0] + " List them with `sandbox worlds scenarios`."
        return Refused(refused.status, {"detail": helpful})
    return refused


_URL = click.option(
    "--url", names.URL, metavar="URL", envvar=URL_VARIABLES, show_envvar=True, default=DEFAULT_URL,
    show_default=True, callback=_url, expose_value=False, help="The sandbox: its control plane's URL.",
)  # fmt: skip
_WORLD = click.option(
    "--world", names.WORLD, metavar="NAME", envvar="SANDBOX_WORLD", show_envvar=True, default=DEFAULT,
    show_default=True, callback=_keep, expose_value=False, shell_complete=names.worlds,
    help="The world that is asked about.",
)  # fmt: skip
_JSON = click.option(
    "--json", names.JSON, is_flag=True, callback=_keep, expose_value=False, help="Answer in JSON, for programs."
)  # fmt: skip
