"""Phones: made, found, and asked what the TSG knows of them."""

from typing import TYPE_CHECKING

from simulators.handset import sdk
from simulators.handset.records import Handset
from simulators.kit import seeds
from simulators.kit.errors import Refusal
from simulators.kit.http import UpstreamFailure
from simulators.kit.lazy import lazy
from simulators.kit.work import Work

if TYPE_CHECKING:
    from simulators.handset import tables
else:
    tables = lazy("simulators.handset.tables")


def make(work: Work, os: str, model: str, owner: str) -> Handset:
    """Make a phone with a key and an emCert. Raises UpstreamFailure when the TSG is down; then there is no phone."""
    number = work.tx.next("handset")
    emcert_id = sdk.emcert_for(work, number, os, model)
    id = seeds.derive_hex(work.world.seed, "handset", number, length=16)
    handset = Handset(id=id, number=number, os=os, model=model, owner=owner, emcert_id=emcert_id)
    work.tx.insert(tables.handsets, handset)
    return handset


def find(work: Work, id: str) -> Handset:
    """Return a phone. Raises Refusal (``UNKNOWN_HANDSET``, 404)."""
    handset = work.tx.get(tables.handsets, Handset, id=id)
    if handset is None:
        raise Refusal("UNKNOWN_HANDSET", 404, "There is no such phone. Make one with POST /handsets.")
    return handset


def happened(work: Work, id: str, event: str) -> None:
    """Write down what happened last on a phone, unless it was lost in the meantime."""
    handset = work.tx.get(tables.handsets, Handset, id=id)
    if handset is not None:
        handset.last_event = event
        work.tx.update(tables.handsets, handset)


def poll(work: Work, handsets: list[Handset]) -> None:
    """Ask the TSG which of the phones are registered; while it is down, what it said last stands."""
    for handset in handsets:
        if handset.offline:
            continue
        work.commit()
        try:
            registered = sdk.is_registered(work, handset)
        except UpstreamFailure:
            return
        if registered is not None and registered != handset.registered:
            _told(work, handset.id, registered)
            handset.registered = registered


def _told(work: Work, id: str, registered: bool) -> None:
    handset = work.tx.get(tables.handsets, Handset, id=id)
    if handset is not None:
        handset.registered = registered
        work.tx.update(tables.handsets, handset)
