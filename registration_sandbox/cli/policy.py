"""``sandbox policy``: the rules of the bank in a world, told and changed while it runs."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

from registration_sandbox.cli import names, tables
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import Connection, Refused
from registration_sandbox.cli.groups import Group, did_you_mean

EPILOG = """\b
Examples:
  sandbox policy
  sandbox policy get cymmetri.otp
  sandbox policy set cymmetri.otp.max_attempts=5 cymmetri.block=PT1H
  sandbox policy set cymmetri.otp.max_attempts=default
"""
DEFAULT = "default"
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
    known = dict(flatten(names.policies_of(sandbox)))
    changes: dict[str, Any] = {}
    for setting in settings:
        policy, equals, text = setting.partition("=")
        if not equals:
            raise click.UsageError(f"{setting!r} is no setting: write POLICY=VALUE.")
        if policy not in known:
            raise _unknown(policy, known)
        _put(changes, policy.split("."), _value(policy, text))
    found = sandbox.control("PATCH", "/policies", {"policies": changes})
    if as_json:
        tables.as_json(found)
        return
    now = dict(flatten(found["policies"]))
    for policy in dict.fromkeys(setting.partition("=")[0] for setting in settings):
        click.echo(f"{policy} is {_format(now[policy])} in the world {sandbox.world}.")


def flatten(values: Mapping[str, Any], place: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each policy by its dotted name, with its value."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{place}{name}.")
        else:
            yield place + name, value


def _get(sandbox: Connection, as_json: bool, policy: str) -> None:
    found = names.policies_of(sandbox)
    if as_json and not policy:
        tables.as_json({"policies": found})
        return
    known = dict(flatten(found))
    wanted = {name: value for name, value in known.items() if f"{name}.".startswith(f"{policy}." if policy else "")}
    if not wanted:
        raise _unknown(policy, known)
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


def _value(policy: str, text: str) -> Any:
    if text == DEFAULT:
        return _default(policy)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _put(changes: dict[str, Any], place: list[str], value: Any) -> None:
    for name in place[:-1]:
        changes = changes.setdefault(name, {})
    changes[place[-1]] = value


def _format(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _unknown(policy: str, known: Mapping[str, Any]) -> Refused:
    groups = {name.rpartition(".")[0] for name in known}
    words = f"There is no policy {policy!r}.{did_you_mean(policy, [*known, *groups])} List them with `sandbox policy`."
    return Refused(404, {"detail": words})
