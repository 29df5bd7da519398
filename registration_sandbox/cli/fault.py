"""``sandbox fault``: break things on purpose, see how often that happened, mend them."""

import json
from typing import Any
from urllib.parse import quote

import click

from registration_sandbox.cli import names, tables, words
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import Connection, Refused
from registration_sandbox.cli.groups import Choice, Group, did_you_mean
from simulators.kit import faults as kit_faults
from simulators.kit.errors import SandboxRefusal
from simulators.kit.faults import PUSH, short_forms
from simulators.kit.faults.effect import Form
from simulators.kit.services import SERVICES

EVERYWHERE = "everywhere"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
EPILOG = """\b
Examples:
  sandbox fault
  sandbox fault add cbs 'POST /cbs/cards/verify' status=503 --times 1
  sandbox fault add tsg push duplicate=5
  sandbox fault remove cbs-1
"""


def _list_forms(forms: list[Form]) -> str:
    width = max(len(form.example) for form in forms) + 2
    return "\n".join(f"  {form.example:{width}}{form.meaning}" for form in forms)


ADD_HELP = f"""Have EFFECT happen to requests to SERVICE.

REQUESTS are a method, a path, or both ('POST /cbs/cards/verify'); a path may have * in it. Left out, every request is
meant. Of the TSG, push is its push to the institution. SERVICE is {", ".join(SERVICES)}, or {EVERYWHERE}.
"""
ADD_EPILOG = f"""\b
Examples:
  sandbox fault add cbs status=503
  sandbox fault add cbs 'POST /cbs/cards/verify' status=503 --times 1
  sandbox fault add cymmetri '/ciamregsrvc/*' delay=2s --probability 0.3
  sandbox fault add mailroom POST lose-response --after 1 --times 1
  sandbox fault add tsg push tamper=external_reference=
  sandbox fault add everywhere delay=100..900

\b
Effects on a request:
{_list_forms(short_forms.list_forms(on_push=False))}

\b
Effects on the TSG's push (sandbox fault add tsg push EFFECT), beside delay:
{_list_forms(short_forms.list_forms(on_push=True))}
"""
TITLES = {"Fault": "bold", "Service": "", "Requests": "cyan", "Effect": "red", "When": "", "Seen": "", "Fired": "bold"}


def _complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    del ctx, parameter
    return [word for word in (PUSH, *short_forms.list_examples()) if word.startswith(incomplete)]


def _json(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Any:
    del ctx, parameter
    try:
        return None if value is None else json.loads(value)
    except (ValueError, RecursionError) as error:
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


@command.command("add", help=ADD_HELP, epilog=ADD_EPILOG)
@click.argument("service", type=Choice((*SERVICES, EVERYWHERE)), metavar="SERVICE")
@click.argument("hits", nargs=-1, required=True, metavar="[REQUESTS] EFFECT", shell_complete=_complete)
@click.option("--times", type=click.IntRange(min=1), help="Harm so many requests, then no more.  [default: all]")
@click.option("--after", type=click.IntRange(min=0), default=0, help="Let so many pass unharmed first.")
@click.option(
    "--probability", type=click.FloatRange(0, 1), default=1.0, help="Harm each with this probability; 0 harms none."
)
@click.option("--seed", type=int, help="The seed of its dice, in place of the world's.")
@click.option("--body", callback=_json, help="With status: the answer's body, as JSON.")
@asking
def add(sandbox: Connection, as_json: bool, service: str, hits: tuple[str, ...], body: Any, **when: Any) -> None:
    *requests, effect = hits
    method, path = _parse_requests(" ".join(requests))
    fault: dict[str, Any] = {"service": "" if service == EVERYWHERE else service, "method": method, "path": path}
    fault |= {name: value for name, value in when.items() if value is not None}
    fault["effect"] = _parse_effect(effect, body)
    _check(fault)
    made = sandbox.control("POST", "/faults", fault)
    if as_json:
        tables.as_json({**made, **fault})
        return
    where = EVERYWHERE if service == EVERYWHERE else f"of {service}"
    parts = (f"{_format_requests(fault)} {where}", short_forms.format_effect(fault["effect"]), _format_count(fault))
    click.echo(f"{made['id']}: {', '.join(parts)}.")


@command.command("remove", epilog="Examples: sandbox fault remove cbs-1, sandbox fault remove --all")
@click.argument("faults", nargs=-1, shell_complete=names.faults)
@click.option("--all", "every", is_flag=True, help="Remove every fault of the world.")
@asking
def remove(sandbox: Connection, as_json: bool, faults: tuple[str, ...], every: bool) -> None:
    """Remove FAULTS by their ids, or --all. Either every one is there, or none is removed."""
    if bool(faults) == every:
        raise click.UsageError("Name the faults to remove, or give --all.")
    known = names.list_faults(sandbox)
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
    effect = short_forms.format_effect(fault["effect"])
    return (
        fault["id"],
        fault["service"],
        _format_requests(fault),
        effect,
        _format_count(fault),
        fault["seen"],
        fault["fired"],
    )


def _parse_requests(text: str) -> tuple[str, str]:
    """Return the method and the path of ``POST /path``, either of which may be missing."""
    first, _, rest = text.strip().partition(" ")
    method, path = (first.upper(), rest.strip()) if first.upper() in METHODS else ("", text.strip())
    if path and path != PUSH and not path.startswith(("/", "*")):
        words = f"{path!r} is no path: it begins with / or *, after one of {', '.join(METHODS)} if any."
        raise click.UsageError(f"{words}{did_you_mean(first, METHODS)}")
    return method, path or "*"


def _format_requests(fault: dict[str, Any]) -> str:
    path = "every path" if fault["path"] == "*" else fault["path"]
    return f"{fault['method']} {path}".strip()


def _format_count(fault: dict[str, Any]) -> str:
    parts = [
        *([f"after {fault['after']}"] if fault["after"] else []),
        words.times(fault["times"]) if fault.get("times") else "always",
        *([f"with probability {fault['probability']:g}"] if fault["probability"] < 1 else []),
    ]
    return ", ".join(parts)


def _parse_effect(text: str, body: Any) -> dict[str, Any]:
    try:
        return short_forms.parse_effect(text, body)
    except short_forms.UnknownEffect as error:
        known = short_forms.list_words()
        words = f"{error}{did_you_mean(error.word, known)} There are: {', '.join(known)}."
        raise click.UsageError(words) from error
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _check(fault: dict[str, Any]) -> None:
    """Refuse what every sandbox would refuse: it was typed wrongly."""
    try:
        kit_faults.parse_fault(fault)
    except SandboxRefusal as refusal:
        raise click.UsageError(refusal.message) from refusal
