"""``sandbox policy``: the rules of the bank in a world, told and changed while it runs."""

import json
from typing import Any

import click

from registration_sandbox.cli import names, tables
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import Connection, Refused
from registration_sandbox.cli.groups import Group

EPILOG = """\b
Examples:
  sandbox policy
  sandbox policy get cymmetri.otp
  sandbox policy set cymmetri.otp.max_attempts=5 cymmetri.block=PT1H
  sandbox policy set cymmetri.otp.max_attempts=default
"""
TITLES = {"Policy": "bold", "Value": "cyan", "Default, if another": ""}


@click.group("policy", cls=Group, invoke_without_command=True, epilog=EPILOG)
@asking
def command(sandbox: Connection, as_json: bool) -> None:
    """Print the policies of a world, or change them while it runs.

    A policy is a rule of the bank, named by its service and its place there: cymmetri.otp.max_attempts. What each means
    and may be is in docs/policies.md.
    """
    if click.get_current_context().invoked_subcommand is None:
        _get(sandbox, as_json, "")


@command.command("get", epilog="Example: sandbox policy get cymmetri.otp")
@click.argument("policy", required=False, default="", shell_complete=names.policies)
@asking
def get(sandbox: Connection, as_json: bool, policy: str) -> None:
    """Print POLICY and those below it, each with its value and, where that is another, its default."""
    _get(sandbox, as_json, policy)


@command.command("set", epilog="Example: sandbox policy set cymmetri.otp.max_attempts=5 cymmetri.block=PT1H")
@click.argument("settings", nargs=-1, required=True, metavar="POLICY=VALUE...", shell_complete=names.policies)
@asking
def set_(sandbox: Connection, as_json: bool, settings: tuple[str, ...]) -> None:
    """Change policies, all of them or none. VALUE is JSON or a text; default sets the default again."""
    from registration_sandbox.worlds.policy_names import BadPolicy, UnknownPolicy, flatten, read_settings

    known = dict(flatten(names.policies_of(sandbox)))
    try:
        changes = read_settings(settings, known)
    except UnknownPolicy as error:
        raise _refuse_unknown(error) from error
    except BadPolicy as error:
        raise click.UsageError(str(error)) from error
    found = sandbox.control("PATCH", "/policies", {"policies": changes})
    if as_json:
        tables.as_json(found)
        return
    now = dict(flatten(found["policies"]))
    for policy in dict.fromkeys(setting.partition("=")[0] for setting in settings):
        click.echo(f"{policy} is {_format(now[policy])} in the world {sandbox.world}.")


def _get(sandbox: Connection, as_json: bool, policy: str) -> None:
    from registration_sandbox.worlds.policy_names import explain_unknown, flatten

    found = names.policies_of(sandbox)
    if as_json and not policy:
        tables.as_json({"policies": found})
        return
    known = dict(flatten(found))
    wanted = {name: value for name, value in known.items() if f"{name}.".startswith(f"{policy}." if policy else "")}
    if not wanted:
        raise _refuse_unknown(explain_unknown(policy, known))
    if as_json:
        tables.as_json(wanted)
        return
    rows = []
    for name, value in wanted.items():
        default = _default(name)
        rows.append((name, _format(value), "" if value == default else _format(default)))
    tables.show(TITLES, rows)


def _default(policy: str) -> Any:
    from simulators.kit.services import default_policy

    return default_policy(policy)


def _format(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _refuse_unknown(error: Exception) -> Refused:
    return Refused(404, {"detail": f"{error} List them with `sandbox policy`."})
