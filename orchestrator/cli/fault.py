"""``sandbox fault``: break things on purpose, see how often it struck, mend them."""

import json
from typing import Any
from urllib.parse import quote

import click

from orchestrator.cli import effects, names, tables, words
from orchestrator.cli.asking import asking
from orchestrator.cli.connection import Connection, Refused
from orchestrator.cli.groups import Choice, Group, did_you_mean
from simulators.kit.settings import SERVICES

EVERYWHERE, PUSH = "everywhere", "push"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
EPILOG = """\b
Examples:
  sandbox fault
  sandbox fault add cbs 'POST /cbs/cards/verify' status=503 --times 1
  sandbox fault add tsg push duplicate=5
  sandbox fault remove cbs-1
"""
ADD_EPILOG = f"""\b
Examples:
  sandbox fault add cbs status=503
  sandbox fault add cbs 'POST /cbs/cards/verify' status=503 --times 1
  sandbox fault add cymmetri '/ciamregsrvc/*' delay=2s --probability 0.3
  sandbox fault add mailroom POST lose-response --after 1 --times 1
  sandbox fault add tsg push tamper=external_reference=
  sandbox fault add everywhere delay=100..900

{effects.FORMS}"""
TITLES = {"Fault": "bold", "Service": "", "Requests": "cyan", "Effect": "red", "When": "", "Seen": "", "Fired": "bold"}


def _complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    del ctx, parameter
    return [word for word in (PUSH, *effects.WORDS) if word.startswith(incomplete)]


def _json(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Any:
    del ctx, parameter
    try:
        return None if value is None else json.loads(value)
    except ValueError as error:
        raise click.BadParameter(f"it is not JSON: {error}.") from error


@click.group("fault", cls=Group, invoke_without_command=True, epilog=EPILOG)
@asking
def command(sandbox: Connection, as_json: bool) -> None:
    """List the faults of a world with how often each has fired; add some, remove some."""
    if click.get_current_context().invoked_subcommand is None:
        _list(sandbox, as_json)


@command.command("list", epilog="Example: sandbox fault list --json")
@asking
def list_command(sandbox: Connection, as_json: bool) -> None:
    """List the faults of a world, with how many requests each has seen and how often it fired."""
    _list(sandbox, as_json)


@command.command("add", epilog=ADD_EPILOG)
@click.argument("service", type=Choice((*SERVICES, EVERYWHERE)), metavar="SERVICE")
@click.argument("struck", nargs=-1, required=True, metavar="[REQUESTS] EFFECT", shell_complete=_complete)
@click.option("--times", type=click.IntRange(min=1), help="Strike so often, then no more.  [default: always]")
@click.option("--after", type=click.IntRange(min=0), default=0, help="Let so many pass unharmed first.")
@click.option("--probability", type=click.FloatRange(0, 1), default=1.0, help="Strike with this probability.")
@click.option("--seed", type=int, help="Throw the dice from this seed, in place of the world's.")
@click.option("--body", callback=_json, help="With status: the answer's body, as JSON.")
@asking
def add(sandbox: Connection, as_json: bool, service: str, struck: tuple[str, ...], body: Any, **when: Any) -> None:
    """Have requests to SERVICE struck by EFFECT.

    REQUESTS are a method, a path, or both ('POST /cbs/cards/verify'); a path may have * in it. Left out, every request
    is struck. Of the TSG, push is its push to the institution. SERVICE is orchestrator, cymmetri, cbs, auth_service,
    tsg, mailroom, handset, or everywhere.
    """
    *requests, effect = struck
    method, path = _requests(" ".join(requests))
    fault: dict[str, Any] = {"service": "" if service == EVERYWHERE else service, "method": method, "path": path}
    fault |= {name: value for name, value in when.items() if value is not None}
    fault["effect"] = _effect(effect, body)
    _check(fault)
    made = sandbox.control("POST", "/faults", fault)
    if as_json:
        tables.as_json({**made, **fault})
        return
    where = EVERYWHERE if service == EVERYWHERE else f"of {service}"
    click.echo(f"{made['id']}: {_told_requests(fault)} {where}, {effects.told(fault['effect'])}, {_when(fault)}.")


@command.command("remove", epilog="Examples: sandbox fault remove cbs-1, sandbox fault remove --all")
@click.argument("faults", nargs=-1, shell_complete=names.faults)
@click.option("--all", "every", is_flag=True, help="Remove every fault of the world.")
@asking
def remove(sandbox: Connection, as_json: bool, faults: tuple[str, ...], every: bool) -> None:
    """Remove FAULTS by their ids, or --all. Either every one is there, or none is removed."""
    if bool(faults) == every:
        raise click.UsageError("Name the faults to remove, or give --all.")
    known = names.known_faults(sandbox)
    for fault in faults:
        if fault not in known:
            near = did_you_mean(fault, known)
            raise Refused(404, {"detail": f"There is no fault {fault!r} in the world {sandbox.world}.{near}"})
    gone = known if every else list(dict.fromkeys(faults))
    for fault in gone:
        sandbox.control("DELETE", f"/faults/{quote(fault)}")
    if as_json:
        tables.as_json({"removed": gone})
    else:
        click.echo(f"Removed: {', '.join(gone)}." if gone else f"There is no fault in the world {sandbox.world}.")


def _list(sandbox: Connection, as_json: bool) -> None:
    found = sandbox.control("GET", "/faults")
    if as_json:
        tables.as_json(found)
    elif found["faults"]:
        tables.show(TITLES, [_row(fault) for fault in found["faults"]])
    else:
        click.echo(f"There is no fault in the world {sandbox.world}.")


def _row(fault: dict[str, Any]) -> tuple[object, ...]:
    effect = effects.told(fault["effect"])
    return (fault["id"], fault["service"], _told_requests(fault), effect, _when(fault), fault["seen"], fault["fired"])


def _requests(text: str) -> tuple[str, str]:
    """Return the method and the path of ``POST /path``, either of which may be missing."""
    first, _, rest = text.strip().partition(" ")
    method, path = (first.upper(), rest.strip()) if first.upper() in METHODS else ("", text.strip())
    if path and path != PUSH and not path.startswith(("/", "*")):
        words = f"{path!r} is no path: it begins with / or *, after one of {', '.join(METHODS)} if any."
        raise click.UsageError(f"{words}{did_you_mean(first, METHODS)}")
    return method, path or "*"


def _told_requests(fault: dict[str, Any]) -> str:
    path = "every path" if fault["path"] == "*" else fault["path"]
    return f"{fault['method']} {path}".strip()


def _when(fault: dict[str, Any]) -> str:
    said = [
        *([f"after {fault['after']}"] if fault["after"] else []),
        words.times(fault["times"]) if fault.get("times") else "always",
        *([f"with probability {fault['probability']:g}"] if fault["probability"] < 1 else []),
    ]
    return ", ".join(said)


def _effect(text: str, body: Any) -> dict[str, Any]:
    from simulators.kit.faults.model import effects as known

    try:
        return effects.read(text, body, sorted(known()))
    except effects.Unreadable as error:
        raise click.UsageError(str(error)) from error


def _check(fault: dict[str, Any]) -> None:
    """Refuse here already what every sandbox would refuse: it was typed wrongly."""
    from simulators.kit import faults
    from simulators.kit.errors import SandboxRefusal

    try:
        faults.checked(fault)
    except SandboxRefusal as refusal:
        raise click.UsageError(refusal.message) from refusal
