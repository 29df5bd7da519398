"""A snapshot as a file: what is in it, and what must fit together in one that comes from elsewhere."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Struct

from simulators.kit.errors import SandboxRefusal, flaw_of
from simulators.kit.models import assumed
from simulators.kit.services import CONTROL_PLANE, SERVICES
from simulators.kit.store import tables as kit_tables
from simulators.kit.store.checking import find_flaws
from simulators.kit.web.states import State

FORMAT: Literal["registration-sandbox-world"] = "registration-sandbox-world"
VERSION = 1


class SnapshotFile(Struct):
    """A snapshot as a file: the world's time, and the rows of every service by table.

    ``unmasked`` tells that the journals in it show people's secrets: the world was made so.
    """

    format: Annotated[Literal["registration-sandbox-world"], assumed]
    version: Annotated[int, assumed]
    world: Annotated[str, assumed]
    now: Annotated[datetime, assumed]
    services: Annotated[dict[str, State], assumed]
    unmasked: Annotated[bool, assumed] = False


def check_masking(file: SnapshotFile) -> None:
    """Refuse a file whose services do not agree with it on whether journals are masked. Raises SandboxRefusal."""
    for name, state in file.services.items():
        for number, row in enumerate(state.tables.get(kit_tables.worlds.name, [])):
            if row.get("unmasked", False) != file.unmasked:
                place = f"services.{name}.tables.{kit_tables.worlds.name}[{number}].unmasked"
                raise bad_snapshot(place, f"is not {str(file.unmasked).lower()}, as the file says of the world")


def read_file(data: Mapping[str, Any]) -> SnapshotFile:
    """Return a file that is given as data; its rows are left to the services. Raises SandboxRefusal."""
    unknown = [*data.keys() - set(SnapshotFile.__struct_fields__)]
    if unknown:
        raise bad_snapshot(min(unknown), "is unknown")
    try:
        file = msgspec.convert(data, SnapshotFile)
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        raise bad_snapshot(flaw.field, flaw.message) from error
    if file.version != VERSION:
        raise bad_snapshot("version", f"is {file.version}; this sandbox reads {VERSION}")
    for problem in find_flaws(file.now):
        raise bad_snapshot("now", problem)
    strange = [*file.services.keys() - {CONTROL_PLANE.name, *SERVICES}]
    if strange:
        raise bad_snapshot(f"services.{min(strange)}", "is no service")
    return file


def bad_snapshot(field: str, words: str) -> SandboxRefusal:
    """Return the refusal of a file, naming the field."""
    place = f"snapshot.{field}".rstrip(".")
    return SandboxRefusal("bad-snapshot", 400, f"{place} {words}.", field=place)
