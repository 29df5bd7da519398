"""``sandbox drift``: what differs between a fake and the real system, from what a user has of it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from registration_sandbox.cli.groups import Choice
from simulators.kit.services import SERVICES

if TYPE_CHECKING:
    from registration_sandbox.drift.differences import Difference
    from registration_sandbox.drift.shapes import Interface

LENIENT, UNUSABLE = 1, 2
FILE = click.Path(path_type=Path, dir_okay=False)

EPILOG = """\b
Examples:
  sandbox drift cymmetri --openapi swagger.yaml
  sandbox drift cymmetri --har traffic.har --write-profile ours.yaml
  sandbox drift cymmetri --live https://ciam.bank.test --act-as customer.yaml

Ends with 1 where the fake is more lenient than the real system, with 2 where a file cannot be used.
Secrets in a recording are masked as it is read. --live asks what changes nothing; with --act-as also the first step,
for the test customer that the file names (deviceId, type, id or cardNumber, headers).
"""


@click.command("drift", epilog=EPILOG)
@click.argument("service", type=Choice(SERVICES))
@click.option("--openapi", type=FILE, help="The real system's description: Swagger 2.0, OpenAPI 3.0 or 3.1.")
@click.option("--har", type=FILE, help="Traffic with the real system, recorded as HAR.")
@click.option("--live", metavar="URL", help="The real system itself: calls that change nothing.")
@click.option("--act-as", type=FILE, help="With --live: a test customer for whom the first step may be asked.")
@click.option("--write-profile", type=FILE, help="Write the wire profile that closes what can be closed.")
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON.")
def command(
    service: str,
    openapi: Path | None,
    har: Path | None,
    live: str | None,
    act_as: Path | None,
    write_profile: Path | None,
    as_json: bool,
) -> None:
    """Tell what differs between the fake of SERVICE and the real system, by operation."""
    from registration_sandbox.drift.comparing import compare
    from registration_sandbox.drift.fake import describe_fake
    from registration_sandbox.drift.shapes import BadSource

    if sum(source is not None for source in (openapi, har, live)) != 1:
        raise click.UsageError("Give exactly one of --openapi, --har and --live.")
    if act_as and not live:
        raise click.UsageError("--act-as goes with --live.")
    ours = describe_fake(service)
    try:
        theirs = _read(ours, openapi, har, live, act_as)
        if not any(ours.find(each.method, each.path) for each in theirs.operations):
            raise BadSource(f"{theirs.source}: none of its {len(theirs.operations)} operations is one of {service}.")
    except BadSource as error:
        click.echo(f"Error: {error}", err=True)
        raise SystemExit(UNUSABLE) from error
    differences = compare(ours, theirs)
    _print(differences, as_json)
    if write_profile:
        _write_profile(write_profile, service, differences)
    if any(each.lenient for each in differences):
        raise SystemExit(LENIENT)


def _read(
    ours: "Interface", openapi: Path | None, har: Path | None, live: str | None, act_as: Path | None
) -> "Interface":
    from registration_sandbox.drift import live as live_system
    from registration_sandbox.drift.documents import read_document
    from registration_sandbox.drift.har import observe, read_har
    from registration_sandbox.drift.openapi import read_openapi

    if openapi:
        return read_openapi(str(openapi), read_document(openapi))
    if har:
        return observe(str(har), read_har(str(har), read_document(har)), ours)
    assert live is not None
    person = live_system.read_act_as(act_as) if act_as else None
    return observe(live, live_system.ask(live, ours, person), ours)


def _print(differences: "list[Difference]", as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"differences": [vars(each) for each in differences]}, indent=2, ensure_ascii=False))
        return
    operation = ""
    for each in differences:
        if each.operation != operation:
            operation = each.operation
            click.echo(operation)
        mark = "LENIENT " if each.lenient else ""
        place = f"{each.place}: " if each.place else ""
        click.echo(f"  {mark}{each.kind}  {place}fake {each.ours}, real {each.theirs}")
    lenient = sum(each.lenient for each in differences)
    click.echo(f"{len(differences)} differences; in {lenient} the fake is the more lenient one.")


def _write_profile(path: Path, service: str, differences: "list[Difference]") -> None:
    import yaml

    from registration_sandbox.drift.profile import make_profile

    profile: dict[str, Any] = {"policies": {service: {"wire": make_profile(differences)}}}
    text = "# Lay this into a scenario: what it says, the fake speaks and the middleware understands.\n"
    try:
        path.write_text(text + yaml.safe_dump(profile, sort_keys=False, allow_unicode=True), "utf-8")
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error
    closed = sum(each.closed_by_profile for each in differences)
    click.echo(f"{path} closes {closed} of {len(differences)} differences.", err=True)
