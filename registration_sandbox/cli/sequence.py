"""``sandbox sequence``: a world's real exchanges as a sequence diagram, in Mermaid or SVG."""

import json
from typing import TextIO

import click

from registration_sandbox.cli import names, tables
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import MOST_EXCHANGES, Connection

EPILOG = """\b
Examples:
  sandbox sequence
  sandbox sequence --registration last
  sandbox sequence --registration 4dabe7 --output sequence.mmd
  sandbox sequence --svg --output sequence.svg
"""


@click.command("sequence", epilog=EPILOG)
@click.option("--registration", shell_complete=names.registrations, metavar="ID",
              help="Only one registration's exchanges: the beginning of its id, or last for the newest.")  # fmt: skip
@click.option("--svg", is_flag=True, help="Draw it as SVG, in place of Mermaid.")
@click.option("--output", type=click.File("w", "utf-8", lazy=True), help="Write to this file.")
@asking
def command(sandbox: Connection, as_json: bool, registration: str | None, svg: bool, output: TextIO | None) -> None:
    """Draw the exchanges of a world as a sequence diagram: Mermaid, as Markdown viewers show it, or SVG."""
    id = names.registration(sandbox, registration) if registration else ""
    drawn = _svg(sandbox, id) if svg else sandbox.text("GET", sandbox.place("/sequence"), registration=id)
    if as_json:
        tables.as_json({"registration": id or None, "svg" if svg else "mermaid": drawn})
    elif output:
        output.write(drawn)
        click.echo(f"Written to {output.name}.")
    else:
        click.echo(drawn, nl=False)


def _svg(sandbox: Connection, registration: str) -> str:
    """Return an SVG document that needs nothing beside it."""
    import msgspec

    from registration_sandbox.drawing import stylesheet
    from registration_sandbox.drawing.sequence import draw
    from simulators.kit.journal import Exchange

    found = sandbox.control("GET", "/journal", limit=MOST_EXCHANGES)["exchanges"]
    about = {each["trace_id"] for each in found if registration in json.dumps(each)}
    told = msgspec.convert([each for each in found if each["trace_id"] in about], list[Exchange])
    return f"{draw(told)}\n".replace(">", f"><style>{stylesheet()}</style>", 1)
