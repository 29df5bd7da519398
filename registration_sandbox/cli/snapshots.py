"""``sandbox worlds snapshot|snapshots|restore|clone|export|import``: worlds kept, copied and handed on, mid-flow."""

import errno
import json
from pathlib import Path
from typing import Any

import click

from registration_sandbox.cli import names, tables, words
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.connection import Connection, Refused
from registration_sandbox.runtime.private_files import is_stream, write_private

BAD_SNAPSHOT = "bad-snapshot"
IRREPLACEABLE = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.EXDEV)
"""The errors of a file, as one that is mounted by itself, or a directory in which nothing can be replaced."""


@click.command("snapshot", epilog="Example: sandbox worlds snapshot mine")
@click.argument("world", required=False, shell_complete=names.worlds)
@asking
def snapshot(sandbox: Connection, as_json: bool, world: str | None) -> None:
    """Keep everything that WORLD is now, while it goes on; `restore` goes back to it. The newest 20 are kept.

    WORLD is --world where it is left out.
    """
    sandbox.choose(world)
    made = sandbox.control("POST", "/snapshots")
    if as_json:
        tables.as_json(made)
    else:
        click.echo(f"The snapshot {made['id']} of the world {sandbox.world} is kept.")


@click.command("snapshots", epilog="Example: sandbox worlds snapshots mine")
@click.argument("world", required=False, shell_complete=names.worlds)
@asking
def snapshots(sandbox: Connection, as_json: bool, world: str | None) -> None:
    """List the snapshots of WORLD, oldest first."""
    sandbox.choose(world)
    found = sandbox.control("GET", "/snapshots")
    if as_json:
        tables.as_json(found)
        return
    rows = [(each["id"], words.moment(each["now"]), words.moment(each["made_at"])) for each in found["snapshots"]]
    tables.show({"Snapshot": "bold", "The world's time (UTC)": "cyan", "Made at (UTC)": ""}, rows)


@click.command("restore", epilog="Example: sandbox worlds restore 3f9a07c2d41b55e0 mine")
@click.argument("snapshot", metavar="SNAPSHOT")
@click.argument("world", required=False, shell_complete=names.worlds)
@asking
def restore(sandbox: Connection, as_json: bool, snapshot: str, world: str | None) -> None:
    """Make WORLD what SNAPSHOT says, in every service: clock, due work, journal and messages, too.

    SNAPSHOT is an id, or `last` for the newest.
    """
    sandbox.choose(world)
    if snapshot == names.LAST:
        found = sandbox.control("GET", "/snapshots")["snapshots"]
        if not found:
            raise Refused(404, {"detail": f"There is no snapshot of the world {sandbox.world} yet."})
        snapshot = found[-1]["id"]
    _report(sandbox, as_json, sandbox.control("POST", "/restore", {"snapshot": snapshot}), f"the snapshot {snapshot}")


@click.command("clone", epilog="Example: sandbox worlds clone mine mine-too")
@click.argument("world", shell_complete=names.worlds)
@click.argument("copy")
@asking
def clone(sandbox: Connection, as_json: bool, world: str, copy: str) -> None:
    """Make COPY what WORLD is now, or replace it; from then on each goes its own way."""
    sandbox.world = copy
    _report(sandbox, as_json, sandbox.control("PUT", "", {"clone": world}), f"the world {world}")


@click.command("export", epilog="Example: sandbox worlds export mine world.json")
@click.argument("world", shell_complete=names.worlds)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@asking
def export(sandbox: Connection, as_json: bool, world: str, file: Path) -> None:
    """Write everything that WORLD is now into FILE, for `import` into this sandbox or another.

    Its people's passwords and PINs are in it: only you can read FILE, which takes the place of one that is there.
    """
    sandbox.world = world
    content = sandbox.control("GET", "/snapshots/now")
    words.warn_unmasked(content, world)
    write_export(file, json.dumps(content, ensure_ascii=False).encode())
    if as_json and not is_stream(file):
        tables.as_json({"world": world, "file": str(file)})
    else:
        click.echo(f"The world {world} is in {file}.", err=is_stream(file))


def write_export(file: Path, content: bytes) -> None:
    """Write an exported world into a file that takes the place of one that is there, or onto a stream."""
    try:
        if is_stream(file):
            with open(file, "ab") as stream:  # which another program may have begun: it is not truncated
                stream.write(content)
        else:
            write_private(file, content)
    except OSError as error:
        words = f"{file} cannot be written: {error.strerror}."
        if error.errno in IRREPLACEABLE:
            words += " A new file takes its place: name one in a directory that you can write to, or /dev/stdout."
        raise Refused(400, {"detail": words}) from error


@click.command("import", epilog="Example: sandbox worlds import world.json mine")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("world", required=False, shell_complete=names.worlds)
@asking
def import_(sandbox: Connection, as_json: bool, file: Path, world: str | None) -> None:
    """Make WORLD of an exported FILE, or replace it. WORLD is --world where it is left out."""
    sandbox.choose(world)
    try:
        content = json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise Refused(400, {"detail": f"{file} cannot be read: {error.strerror}."}) from error
    except (ValueError, RecursionError) as error:
        raise Refused(400, {"detail": f"{file} is no exported world: {error}."}) from error
    try:
        made = sandbox.control("POST", "/restore", {"snapshot": content})
    except Refused as refused:
        if refused.code == BAD_SNAPSHOT:
            raise Refused(refused.status, {"detail": f"{file}: {refused.message}"}) from refused
        raise
    _report(sandbox, as_json, made, str(file))


COMMANDS = (snapshot, snapshots, restore, clone, export, import_)


def _report(sandbox: Connection, as_json: bool, made: dict[str, Any], source: str) -> None:
    words.warn_unmasked(made, sandbox.world)
    if as_json:
        tables.as_json(made)
    else:
        click.echo(f"The world {sandbox.world} is now as {source}; it is {words.moment(str(made['now']))} there.")
