"""Cymmetri's calls to CBS. An answer that cannot be used counts as an outage, never as a "no"."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Literal, TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Meta, Struct

from simulators.cymmetri.eligibility import is_active
from simulators.cymmetri.errors import RETRY_LATER
from simulators.cymmetri.identities import Identity
from simulators.kit.errors import Refusal
from simulators.kit.wire.client import Reply, UpstreamFailure
from simulators.kit.work import Work

Verdict = Literal["right", "wrong", "unusable"]

_CRITERION = {"CIF": "cif", "MOBILE": "mobile", "EMAIL": "email", "CARD": "cardNumber"}
_VERDICTS: dict[str, Verdict] = {"00": "right", "14": "wrong", "55": "wrong", "43": "unusable", "54": "unusable"}
"""Response codes (ISO 8583, field 39): approved, no such card, wrong PIN, card stolen, card expired."""

Name = Annotated[str, Meta(min_length=1)]
Body = TypeVar("Body", bound=Struct)


class Customer(Struct):
    """A customer as CBS knows them."""

    cif: Name
    legalName: str
    status: str
    email: str | None = None
    mobile: str | None = None
    dateOfBirth: date | None = None


class Card(Struct):
    """A card; ``type`` is DEBIT, CREDIT, or one that is no factor here."""

    type: str
    status: str

    @property
    def is_active(self) -> bool:
        return is_active(self.status)


class _Customers(Struct):
    customers: list[Customer]


class _Cards(Struct):
    cards: list[Card]


class _Verdict(Struct):
    code: Name


class _UserId(Struct):
    userId: str | None


@contextmanager
def required(work: Work, branch: str | None = None) -> Iterator[None]:
    """Refuse (UPSTREAM_UNAVAILABLE, 503), taking ``branch``, when CBS gives no usable answer in the block."""
    try:
        yield
    except UpstreamFailure as failure:
        work.decide(branch, "cbs.unavailable", reason=failure.reason)
        raise Refusal(
            "UPSTREAM_UNAVAILABLE",
            503,
            "The bank's system cannot be asked just now. Try again later.",
            headers=RETRY_LATER,
        ) from failure


def find_customer(work: Work, cif: str) -> Customer | None:
    """Return the customer with a CIF, as the bank knows them now. Raises UpstreamFailure."""
    found = find_customers(work, Identity("CIF", cif))
    return found[0] if found else None


def find_customers(work: Work, identity: Identity) -> list[Customer]:
    """Return the customers who have an identity. Raises UpstreamFailure."""
    criterion = {_CRITERION[identity.type]: identity.value}
    return _read(work.ask("cbs", "POST", "/cbs/customers/search", criterion), _Customers).customers


def list_cards(work: Work, cif: str) -> list[Card]:
    """Return a customer's cards, usable or not. Raises UpstreamFailure."""
    return _read(work.ask("cbs", "GET", f"/cbs/customers/{quote(cif, safe='')}/cards"), _Cards).cards


def verify_card(work: Work, details: dict[str, str]) -> Verdict:
    """Return whether card details are right; ``unusable`` when they are, but the card is hotlisted or has expired.

    Raises UpstreamFailure, for any other code too.
    """
    code = _read(work.ask("cbs", "POST", "/cbs/cards/verify", details), _Verdict).code
    if code not in _VERDICTS:
        raise UpstreamFailure("cbs", f"answered code {code}")
    return _VERDICTS[code]


def find_user_id(work: Work, cif: str) -> str | None:
    """Return the user id that the bank holds for a customer. Raises UpstreamFailure."""
    return _read(work.ask("cbs", "GET", f"/cbs/customers/{quote(cif, safe='')}/user-id"), _UserId).userId or None


def has_user_id(work: Work, user_id: str) -> bool:
    """Tell whether some customer of the bank has a user id. Raises UpstreamFailure."""
    reply = work.ask("cbs", "GET", f"/cbs/user-ids/{quote(user_id, safe='')}")
    if reply.status == 404 and reply.body.get("code") != "unknown-world":
        return False
    if reply.status != 200:
        raise UpstreamFailure("cbs", f"answered {reply.status}")
    return True


def _read(reply: Reply, kind: type[Body]) -> Body:
    if reply.status != 200:
        raise UpstreamFailure("cbs", f"answered {reply.status}")
    try:
        return msgspec.convert(reply.body, kind)
    except msgspec.ValidationError as error:
        raise UpstreamFailure("cbs", f"gave an answer that cannot be used: {error}") from error
