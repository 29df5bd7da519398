"""``sandbox clock``: tell a world's time, and move it."""

import re
from datetime import datetime
from typing import Any

import click

from registration_sandbox.cli import tables, words
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import Connection

EPILOG = """\b
Examples:
  sandbox clock
  sandbox clock --freeze
  sandbox clock --advance 5m            also 90s, 1h30m, 2d or PT5M
  sandbox clock --set 2026-01-05T09:00:00Z --freeze
  sandbox clock --unfreeze
"""
LENGTH = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?:in)?)?(?:(\d+)s)?", re.IGNORECASE)
LENGTHS = "like 5m, 90s, 1h30m, 2d or PT5M"
INSTANTS = "like 2026-01-05T09:00:00Z"


def _length(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Return a length of time, as people or as ISO 8601 write it, as ISO 8601 does."""
    del ctx, parameter
    if value is None or value[:1] in ("P", "p"):
        return value and value.upper()
    match = LENGTH.fullmatch(value.replace(" ", ""))
    if match is None or not any(match.groups()):
        raise click.BadParameter(f"{value!r} is no length of time {LENGTHS}.")
    days, *others = match.groups()
    time = "".join(number + unit for number, unit in zip(others, "HMS", strict=True) if number)
    return "P" + (f"{days}D" if days else "") + (f"T{time}" if time else "")


def _instant(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Return an instant as RFC 3339 has it."""
    del ctx, parameter
    try:
        instant = datetime.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no instant {INSTANTS}.") from None
    if instant is not None and instant.tzinfo is None:
        raise click.BadParameter(f"{value!r} lacks its time zone; write it {INSTANTS}.")
    return instant.isoformat() if instant else None


@click.command("clock", epilog=EPILOG)
@click.option("--advance", callback=_length, help=f"Move the clock on by a length of time {LENGTHS}.")
@click.option("--set", "instant", callback=_instant, help=f"Move the clock to an instant {INSTANTS}.")
@click.option("--freeze", is_flag=True, help="Have the clock stand still, before it is moved.")
@click.option("--unfreeze", is_flag=True, help="Have the clock run again, after it was moved.")
@asking
def command(
    sandbox: Connection, as_json: bool, advance: str | None, instant: str | None, freeze: bool, unfreeze: bool
) -> None:
    """Print a world's time, or move it in every service; what falls due on the way is done before this returns."""
    if advance and instant:
        raise click.UsageError("Give --advance or --set, not both.")
    if freeze and unfreeze:
        raise click.UsageError("Give --freeze or --unfreeze, not both.")
    moves: list[dict[str, Any]] = [
        *([{"freeze": True}] if freeze else []),
        *([{"advance": advance}] if advance else []),
        *([{"set": instant}] if instant else []),
        *([{"freeze": False}] if unfreeze else []),
    ]
    state = {} if moves else sandbox.control("GET", "/clock")
    for move in moves:
        state = sandbox.control("POST", "/clock", move)
    if as_json:
        tables.as_json(state)
        return
    how = "stands still" if state["frozen"] else "runs"
    click.echo(f"It is {words.moment(state['now'])} UTC in the world {sandbox.world}, and its clock {how}.")
