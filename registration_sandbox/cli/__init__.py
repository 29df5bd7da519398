"""``sandbox``: the command line. A command is imported when it is run, so that the others start at once."""

import importlib
from typing import Any

import click

from registration_sandbox.cli import endings
from registration_sandbox.cli.groups import Group
from registration_sandbox.cli.terminal import printing
from simulators import __version__

COMMANDS = {
    "up": "Start the sandbox and keep it up.",
    "demo": "Play both flows end to end, telling each step.",
    "worlds": "List worlds, make them from scenarios, keep, copy and delete them.",
    "personas": "Everyone in a world, with all that it takes to play them.",
    "people": "Change a person's contacts, status or cards at the bank.",
    "registrations": "The registrations of a world, and what happened to each.",
    "play": "Play a flow for a person, as far as you like.",
    "act": "One action on a registration, as its customer performs it.",
    "policy": "The rules of the bank in a world: print them, change them.",
    "clock": "A world's time: print it, freeze it, move it.",
    "fault": "Break things on purpose, and see how often it struck.",
    "inbox": "The people's mail and SMS, with the codes in them.",
    "push": "The TSG's pushes with every try; send one again, or by hand.",
    "journal": "Every exchange of a world, masked.",
    "sequence": "Draw the real exchanges as a sequence diagram.",
    "why": "Why an exchange was answered as it was.",
    "flows": "The flows as they are declared: statuses, actions, branches.",
    "coverage": "Which branches of the documents were taken in a world.",
    "run": "Play scenarios of the specification, telling each step and exchange.",
    "test": "Play the whole specification and judge which branches it proves.",
    "drivers": "The drivers that act on a system under test, and a new one to fill in.",
    "power": "Plant bugs, one at a time, and see which of them the features catch.",
    "report": "Make the report of a run, or of its shards together.",
    "drift": "What differs between a fake and the real system.",
    "doctor": "Look whether all is well here, and what to do if not.",
    "completion": "Have a shell complete commands and names.",
}

ENVIRONMENT = """\b
Environment:
  SANDBOX_URL          the sandbox that commands ask, in place of --url;
                       SANDBOX_ORCHESTRATOR_URL, where it is not set
  SANDBOX_WORLD        the world that they ask about, in place of --world
  SANDBOX_ADMIN_TOKEN  its admin token, where it wants one
  NO_COLOR             set it, and nothing is coloured
"""


MOVED = {"--url": 2, "--world": 2, "--json": 1}
"""The options that may stand before the command, too, and of how many words each is."""


class Commands(Group):
    """Finds a command's module by the command's name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        before = 0
        while before < len(args) and (name := args[before].partition("=")[0]) in MOVED:
            before += 1 if name != args[before] else MOVED[name]
        given, rest = args[:before], args[before:]
        return super().parse_args(ctx, [rest[0], *given, *rest[1:]] if rest else args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"registration_sandbox.cli.{cmd_name}").command
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        with printing():
            return super().main(*args, **kwargs)

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
    epilog=f"Begin with: sandbox demo\n\n{ENVIRONMENT}\n{endings.TOLD}",
)
@click.version_option(__version__, prog_name="sandbox")
def main() -> None:
    """Run four simulated bank systems and the middleware between them, and play two registration flows."""
