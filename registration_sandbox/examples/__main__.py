"""``python -m registration_sandbox.examples``: play both flows, and write what was asked and answered as examples."""

from pathlib import Path

import click
import msgspec

import simulators.kit.web
from registration_sandbox.examples.collecting import collect

DIRECTORY = Path(simulators.kit.web.__file__).parent / "examples"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), default=DIRECTORY)
def main(directory: Path) -> None:
    """Write into DIRECTORY, for each service, one example of each operation's body and of its answers."""
    directory.mkdir(parents=True, exist_ok=True)
    for service, examples in collect().items():
        text = msgspec.json.format(msgspec.json.encode(examples), indent=1)
        (directory / f"{service}.json").write_bytes(text + b"\n")
        click.echo(f"{service}: {len(examples)} operations")


if __name__ == "__main__":
    main()
