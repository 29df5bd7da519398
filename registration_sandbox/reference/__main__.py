"""``python -m registration_sandbox.reference``: write the files that are made from the code, or tell the stale ones."""

from pathlib import Path

import click

from registration_sandbox.reference.pages import stale_pages, write_pages

PROJECT = Path(__file__).parents[2]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--check", is_flag=True, help="Write nothing; end with 1 if a file is stale.")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), default=PROJECT)
def main(check: bool, directory: Path) -> None:
    """Write the files of the project in DIRECTORY that are made from the code: references in docs/, the scenarios' JSON
    Schema, and what Compose, Kubernetes and the image say of the services."""
    stale = stale_pages(directory)
    if not check:
        write_pages(directory, stale)
    for name in stale:
        click.echo(f"{name}: {'is stale' if check else 'written'}")
    if check and stale:
        click.echo("Run python -m registration_sandbox.reference, and commit what it writes.", err=True)
        raise SystemExit(1)


if __name__ == "__main__":
    main()
