"""Snapshots of a world: taken, listed, handed out as files, restored."""

from typing import Annotated, Any

import msgspec
from msgspec import Struct

from registration_sandbox.control_plane.refusals import CHANGING
from registration_sandbox.control_plane.views import MadeWorld
from registration_sandbox.worlds import snapshots
from registration_sandbox.worlds.snapshot_files import SnapshotFile
from registration_sandbox.worlds.snapshots import SnapshotList, SnapshotView
from simulators.kit.models import assumed
from simulators.kit.web.api import Answer, Api
from simulators.kit.web.parts import LARGEST_STATE
from simulators.kit.work import Service

api = Api()


class Restoration(Struct, forbid_unknown_fields=True):
    """The snapshot to go back to: the id of one of the world's, or a whole file."""

    snapshot: Annotated[str | dict[str, Any], assumed]


@api.operation(
    "POST", "/_sandbox/worlds/<world>/snapshots", answer=SnapshotView, status=201, control=True,
    refusals=[*CHANGING, (400, "bad-world"), (409, "world-busy")],
)  # fmt: skip
def post_snapshot(service: Service, world: str) -> Answer:
    """Keep everything that a world is now, in every service, while it goes on."""
    return Answer(snapshots.take(service, world), 201)


@api.operation(
    "GET", "/_sandbox/worlds/<world>/snapshots", answer=SnapshotList, control=True, refusals=[(404, "unknown-world")]
)
def get_snapshots(service: Service, world: str) -> SnapshotList:
    """List a world's snapshots, oldest first."""
    return snapshots.every(service, world)


@api.operation(
    "GET", "/_sandbox/worlds/<world>/snapshots/<snapshot>", answer=SnapshotFile, control=True,
    refusals=[*CHANGING, (404, "unknown-snapshot"), (409, "world-busy")],
)  # fmt: skip
def get_snapshot(service: Service, world: str, snapshot: str) -> Answer:
    """Return a snapshot as a file, with every secret in it; ``now`` is the world as it is, of which nothing is kept."""
    file = snapshots.find_or_read(service, world, snapshot)
    disposition = f'attachment; filename="{file.world}-{snapshot}.json"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Answer(msgspec.json.encode(file), 200, headers)


@api.operation(
    "DELETE", "/_sandbox/worlds/<world>/snapshots/<snapshot>", status=204, control=True,
    refusals=[(404, "unknown-snapshot")],
)  # fmt: skip
def delete_snapshot(service: Service, world: str, snapshot: str) -> Answer:
    """Forget a snapshot."""
    snapshots.delete(service, world, snapshot)
    return Answer(None, 204)


@api.operation(
    "POST", "/_sandbox/worlds/<world>/restore", body=Restoration, answer=MadeWorld, also=(201,), control=True,
    largest=LARGEST_STATE, refusals=[
        *CHANGING, (400, "bad-snapshot"), (400, "bad-world"), (404, "unknown-snapshot"), (409, "world-busy"),
    ],
)  # fmt: skip
def post_restore(service: Service, wanted: Restoration, world: str) -> Answer:
    """Make a world what a snapshot says, in every service or in none; a file makes it where it is not there.

    Clock, due work, journal and messages are those of the snapshot; a clock that runs goes on from there.
    """
    return snapshots.restore(service, world, wanted.snapshot)
