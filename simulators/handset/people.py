"""The phones that a world begins with."""

from typing import Any

import msgspec

from simulators.handset.models import NewHandset
from simulators.handset.steps import phones
from simulators.kit.errors import SandboxRefusal, flaw_of
from simulators.kit.limits import Phones
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work


class People(msgspec.Struct, forbid_unknown_fields=True):
    """The phones to make, in this order."""

    handsets: Phones[NewHandset] = []


def put_in_place(work: Work, people: dict[str, Any]) -> dict[str, Any]:
    """Make the world's phones; return their ids, emCertIDs and owners, in the order they were asked for.

    Raises SandboxRefusal: ``bad-world`` (400), ``upstream-unavailable`` (503) when the TSG certifies no keys.
    """
    try:
        wanted = msgspec.convert(people, People)
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        place = f"people.{flaw.field}"
        raise SandboxRefusal("bad-world", 400, f"{place} {flaw.message}.", field=place) from error
    try:
        made = [phones.buy(work, new.os, new.model, new.owner) for new in wanted.handsets]
    except UpstreamFailure as failure:
        message = f"The phones get no emCerts: {failure}. Make the world on the TSG first."
        raise SandboxRefusal("upstream-unavailable", 503, message, headers={"Retry-After": "5"}) from failure
    return {"handsets": [{"id": phone.id, "emCertID": phone.emcert_id, "owner": phone.owner} for phone in made]}
