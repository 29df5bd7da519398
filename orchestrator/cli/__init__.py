"""``sandbox``: the command line. A command is imported when it is run, so that the others start at once."""

import importlib
from typing import Any

import click

from orchestrator.cli import endings
from orchestrator.cli.groups import Group
from simulators import __version__

COMMANDS = {
    "up": "Start the sandbox and keep it up.",
    "demo": "Play both flows end to end, telling each step.",
    "run": "Play scenarios of the specification, telling each step and exchange.",
    "test": "Play the whole specification and judge which branches it proves.",
}


class Commands(Group):
    """Finds a command's module by the command's name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"orchestrator.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        with endings.quiet(ctx):
            return super().invoke(ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=told) for name, told in COMMANDS.items() if name.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=f"Begin with: sandbox demo\n\n{endings.TOLD}",
)
@click.version_option(__version__, prog_name="sandbox")
def main() -> None:
    """Run four simulated bank systems and the middleware between them, and play two registration flows."""
