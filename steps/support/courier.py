"""A courier who brings TSG's push of a sign-up by hand: later, earlier, or signed in another way."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from registration_sandbox.drivers.people import Person
from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.drivers.wire import Reply
from simulators.kit.clock import wall_now
from simulators.kit.wire import webhooks
from steps.observers.handset import Phone
from steps.observers.journals import references
from steps.support.bank import Bank

SERVICE_ID = "registration-sandbox"
SIGN_UP = "sign_up"
ID = "msg_brought_by_hand"
CREDENTIAL = {"kind": "app"}


@dataclass(frozen=True)
class Arrival:
    """How a push comes: ``age`` after it was signed, with ``data`` in place of TSG's own (``None`` leaves a field out).

    ``id`` is what it was signed with, ``kind`` what it says that it is about.
    ``altered`` are fields that are changed after the signature, ``headers`` those that are replaced or left out.
    """

    id: str = ID
    kind: str | None = SIGN_UP
    age: timedelta = timedelta()
    secret: str | None = None
    version: str = "v1"
    other_signature: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    altered: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Courier:
    """Brings the push of a person's newest sign-up."""

    bank: Bank
    person: Person

    def bring(self, receiver: str, phone: Phone, arrival: Arrival) -> Reply:
        """Send the push to a service. Raises NotTried for an age where the clock of the system does not stand still."""
        data: dict[str, Any] = {
            "service_id": SERVICE_ID,
            "subject_id": phone.em_cert_id,
            "external_reference": references(self.bank)[self.person.name],
            "credential": CREDENTIAL,
        }
        signed = _without_none({**data, **arrival.data})
        raw = _encode(arrival.kind, _without_none({**signed, **arrival.altered}))
        headers = self._headers(arrival, _encode(arrival.kind, signed))
        reply = self.bank.wire.ask(receiver, "POST", "/tsg/push", headers=headers, data=raw)
        self.bank.brought.append(reply)
        self.bank.stir()
        return reply

    def _headers(self, arrival: Arrival, signed: bytes) -> dict[str, str]:
        now = self.bank.clock.shown()
        if now is None and arrival.age:
            raise NotTried(f"{self.bank.system.name} has a clock of its own, which does not stand still")
        secret = arrival.secret or self.bank.wire.control("GET", "/credentials").body["SANDBOX_TSG_PUSH_SECRET"]
        signed_at = (now or wall_now()) - arrival.age
        headers: dict[str, str | None] = dict(webhooks.sign(secret, arrival.id, signed_at, signed))
        signature = str(headers[webhooks.SIGNATURE]).replace("v1,", f"{arrival.version},")
        headers[webhooks.SIGNATURE] = f"{arrival.other_signature} {signature}".strip()
        headers |= {"Content-Type": "application/json", **arrival.headers}
        return {name: value for name, value in headers.items() if value is not None}


def _without_none(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value is not None}


def _encode(kind: str | None, data: Mapping[str, Any]) -> bytes:
    message = {"type": kind, "timestamp": "2026-01-05T09:00:00.000Z", "data": data}
    return json.dumps(_without_none(message)).encode()
