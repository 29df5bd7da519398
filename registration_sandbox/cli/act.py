"""``sandbox act``: one action on a registration, as its customer's page or app performs it."""

import click

from registration_sandbox.cli import names, tables
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import Connection

EPILOG = """\b
Examples:
  sandbox act last                                  what can be done now
  sandbox act last verify-email-otp otp=123456
  sandbox act 89ed authenticate mfaType=DEBIT_CARD cardLast4=2801 expiry=0530 pin=8820
  sandbox act last sign-up via=qr
"""


@click.command("act", epilog=EPILOG)
@click.argument("registration", shell_complete=names.registrations)
@click.argument("action", required=False)
@click.argument("fields", nargs=-1, metavar="[FIELD=VALUE]...")
@asking
def command(sandbox: Connection, as_json: bool, registration: str, action: str | None, fields: tuple[str, ...]) -> None:
    """Perform ACTION on REGISTRATION, the beginning of an id or last; without ACTION, tell what can be done.

    A device registration is acted on by its user, who is logged in for it. GET /flows, and `sandbox flows`, tell which
    fields each action takes. Ends with 1 where the action is refused.
    """
    import msgspec

    from registration_sandbox.cli.playing import tell_refusals, world_of
    from registration_sandbox.cli.story import credentials_of

    body = {}
    for field in fields:
        name, equals, value = field.partition("=")
        if not (name and equals):
            raise click.UsageError(f"{field!r} is no field: write FIELD=VALUE.")
        body[name] = value
    id = names.registration(sandbox, registration)
    with tell_refusals():
        world = world_of(sandbox)
        (found,) = [each for each in world.registrations() if each.registration.id == id]
        token = None
        if found.owner is not None:
            owner = next((person for person in world.personas() if person.username == found.owner), None)
            if owner is None:
                raise click.ClickException(f"Nobody in the world {sandbox.world} is {found.owner!r} any more.")
            token = world.log_in(*credentials_of(owner))
        held = world.registration(id, token)
        if action is not None:
            held.act(action, **body)
    if as_json:
        tables.as_json(msgspec.to_builtins(held.state))
        return
    branch = f" ({held.last_outcome.branch})" if held.last_outcome.branch else ""
    click.echo(f"{held.status}{branch}: {held.last_outcome.message}")
    click.echo(f"Next: {', '.join(held.allowed_actions) or 'nothing more'}")
