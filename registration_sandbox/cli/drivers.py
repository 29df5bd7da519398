"""``sandbox drivers``: the drivers that there are, and a new one to fill in."""

from pathlib import Path

import click

from registration_sandbox.cli import tables
from registration_sandbox.cli.endings import REFUSED
from registration_sandbox.cli.groups import Group

EPILOG = """\b
Examples:
  sandbox drivers
  sandbox drivers new acme_driver.py      a driver of yours, to fill in
"""
TITLES = {"Driver": "bold", "Acts on": "", "Proves": "", "Cannot": "dim"}


@click.group("drivers", cls=Group, invoke_without_command=True, epilog=EPILOG)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List the drivers: what turns the features' sentences into acts on a system under test."""
    if ctx.invoked_subcommand is not None:
        return
    from registration_sandbox.drivers.catalogue import SHIPPED, missing_acts

    drivers = [
        {"name": name, "acts_on": driver.acts_on, "proves": driver.proves, "cannot": missing_acts(driver)}
        for name, driver in SHIPPED.items()
    ]
    if as_json:
        tables.as_json({"drivers": drivers})
        return
    rows = [(one["name"], one["acts_on"], one["proves"], ", ".join(one["cannot"]) or "-") for one in drivers]
    tables.show(TITLES, rows)
    click.echo('\nYours: sandbox drivers new acme_driver.py; then driver = "acme_driver.py:Acme"', err=True)


@command.command("new")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def new(file: Path) -> None:
    """Write FILE: a driver of yours, with every act and its meaning, to fill in."""
    from registration_sandbox.drivers.template import class_name, make_driver

    if file.suffix != ".py":
        raise click.UsageError(f"{file} is no name of a Python file; write acme_driver.py.")
    try:
        with open(file, "x", encoding="utf-8") as new_file:
            new_file.write(make_driver(file.name))
    except FileExistsError as error:
        raise click.ClickException(f"{file} is there already; give another name, or remove it.") from error
    except OSError as error:
        click.echo(f"Error: {file} cannot be written: {error.strerror}.", err=True)
        raise click.exceptions.Exit(REFUSED) from error
    click.echo(f'{file} is written. Fill it in, and name it: driver = "{file.name}:{class_name(file.name)}"')
