"""``sandbox completion``: the script by which a shell completes commands, options and names."""

import click

from registration_sandbox.cli.groups import Choice

PLACES = {
    "bash": "Keep it: sandbox completion bash > ~/.local/share/bash-completion/completions/sandbox",
    "zsh": "Keep it: sandbox completion zsh > a directory of $fpath, as _sandbox; then start a new shell",
    "fish": "Keep it: sandbox completion fish > ~/.config/fish/completions/sandbox.fish",
}
EPILOG = """\b
Examples:
  source <(sandbox completion bash)              for this shell only
  sandbox completion bash > ~/.local/share/bash-completion/completions/sandbox
  sandbox completion fish > ~/.config/fish/completions/sandbox.fish
"""
VARIABLE = "_SANDBOX_COMPLETE"


@click.command("completion", epilog=EPILOG)
@click.argument("shell", type=Choice(list(PLACES)), metavar="SHELL")
def command(shell: str) -> None:
    """Print the script by which SHELL (bash, zsh or fish) completes sandbox: its commands and options, and the names of
    worlds, scenarios, people, flows and branches. Those of a sandbox are asked of the one that is up.
    """
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(click.get_current_context().find_root().command, {}, "sandbox", VARIABLE).source())
    click.echo(f"# {PLACES[shell]}")
