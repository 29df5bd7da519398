"""docs/cli.md: every command with its help, as the command line tells it."""

from collections.abc import Iterator
from contextlib import contextmanager
from os import environ
from unittest.mock import patch

import click

from registration_sandbox.cli import main
from registration_sandbox.reference.markdown import page

WIDTH = 110


def make_page() -> str:
    """Return the page."""
    with _without_settings():
        return page("Command line", "the commands' `--help`", *_commands("sandbox", main, None))


@contextmanager
def _without_settings() -> Iterator[None]:
    """Keep this machine's settings out of the defaults that are told."""
    with patch.dict(environ):
        for name in [name for name in environ if name.startswith("SANDBOX_")]:
            del environ[name]
        yield


def _commands(path: str, command: click.Command, parent: click.Context | None) -> Iterator[str]:
    name = path.rpartition(" ")[2]
    with click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        help_option_names=main.context_settings["help_option_names"],
    ) as context:
        yield f"{'##' if path.count(' ') < 2 else '###'} {path}"
        yield f"```text\n{_without_blanks(command.get_help(context))}\n```"
        if isinstance(command, click.Group):
            for each in command.list_commands(context):
                found = command.get_command(context, each)
                if found is not None and not found.hidden:
                    yield from _commands(f"{path} {each}", found, context)


def _without_blanks(text: str) -> str:
    """Return a text whose lines end where their words do."""
    return "\n".join(line.rstrip() for line in text.splitlines())
