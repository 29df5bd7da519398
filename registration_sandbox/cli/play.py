"""``sandbox play``: a flow played for a person of a world, as far as is wanted."""

from typing import TYPE_CHECKING

import click

from registration_sandbox.cli import names, tables
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import Connection

if TYPE_CHECKING:
    from registration_sandbox.client import Registration

EPILOG = """\b
Examples:
  sandbox play web Asha
  sandbox play web Asha --to Mobile_Verified        then go on by hand: sandbox act last
  sandbox play device Jai --via qr
"""
VIAS = ("sms", "email", "qr")


class Reached(Exception):
    """Ends the play at the status that was asked for."""


@click.command("play", epilog=EPILOG)
@click.argument("flow", type=click.Choice(["web", "device"]))
@click.argument("person", shell_complete=names.personas)
@click.option("--to", "status", metavar="STATUS", help="Stop as soon as the registration has this status.")
@click.option("--via", type=click.Choice(VIAS), default="sms", show_default=True, help="How the sign-up code comes.")
@asking
def command(sandbox: Connection, as_json: bool, flow: str, person: str, status: str | None, via: str) -> None:
    """Play a FLOW for PERSON, telling each step: a registration on the web, or that of a new phone.

    PERSON gives the customer number, reads the codes, and proves who they are by a card; for a phone they must have a
    web account. Ends with 1 where the bank refuses, or where the status was not reached.
    """
    import msgspec

    from orchestrator.flows import FLOWS
    from registration_sandbox.cli.playing import tell_refusals, world_of
    from registration_sandbox.cli.story import Story

    statuses = FLOWS[flow].statuses
    if status is not None and status not in statuses:
        raise click.UsageError(f"The {flow} flow has no status {status!r}; it has {', '.join(statuses)}.")
    last: list[Registration] = []

    def narrate(told: str, registration: "Registration | None") -> None:
        if registration is not None:
            last[:] = [registration]
        if not as_json:
            click.echo(f"{told}  {click.style(registration.status, fg='cyan') if registration else ''}".rstrip())
        if registration is not None and registration.status == status:
            raise Reached

    name = names.persona(sandbox, person)["name"]
    with tell_refusals():
        world = world_of(sandbox)
        story = Story(world, lambda _: None, narrate, name, name)
        try:
            if flow == "web":
                story.register()
            else:
                story.add_phone(story.log_in(), "Pixel 9", "Android", via)
        except Reached:
            pass
        else:
            if status is not None:
                raise click.ClickException(f"The registration has passed no status {status!r}: it is {last[0].status}.")
    if as_json:
        tables.as_json(msgspec.to_builtins(last[0].state))
    elif status is not None:
        actions = ", ".join(last[0].allowed_actions) or "nothing more"
        click.echo(f"Next: {actions}. Go on with: sandbox act {last[0].id[:8]}")
