"""Phones: bought, found, and asked what the TSG knows of them."""

from simulators.handset import tables, tsg_client
from simulators.handset.records import Handset
from simulators.kit import seeds
from simulators.kit.errors import Refusal
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work


def buy(work: Work, os: str, model: str, owner: str) -> Handset:
    """Make a phone with a key and an emCert. Raises UpstreamFailure when the TSG is down; then there is no phone."""
    number = work.tx.next("handset")
    emcert_id = tsg_client.request_emcert(work, number, os, model)
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


def find_all(work: Work) -> list[Handset]:
    """Return the phones of the world, in the order in which they were made."""
    return work.tx.all(tables.every_handset, Handset)


def lose(work: Work, id: str) -> None:
    """Remove a phone and what it had queued. Raises Refusal (``UNKNOWN_HANDSET``, 404)."""
    work.tx.delete(tables.handsets, id=find(work, id).id)


def record_event(work: Work, id: str, event: str) -> None:
    """Record the last event on a phone, unless the phone was lost meanwhile."""
    handset = work.tx.get(tables.handsets, Handset, id=id)
    if handset is not None:
        handset.last_event = event
        work.tx.update(tables.handsets, handset)


def refresh(work: Work, handsets: list[Handset]) -> None:
    """Ask the TSG which of the phones are registered; while it is down, its last answer stands."""
    for handset in handsets:
        if handset.offline:
            continue
        try:
            registered = tsg_client.fetch_registered(work, handset)
        except UpstreamFailure:
            return
        if registered is not None and registered != handset.registered:
            _set_registered(work, handset.id, registered)
            handset.registered = registered


def _set_registered(work: Work, id: str, registered: bool) -> None:
    handset = work.tx.get(tables.handsets, Handset, id=id)
    if handset is not None:
        handset.registered = registered
        work.tx.update(tables.handsets, handset)
