"""What Cymmetri asks of CBS. Whatever CBS answers that cannot be used counts as an outage, never as a "no"."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal, TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Meta, Struct

from simulators.cymmetri.identities import Identity
from simulators.cymmetri.outages import TRY_LATER
from simulators.kit.errors import Refusal
from simulators.kit.http import Reply, UpstreamFailure
from simulators.kit.work import Work

Verdict = Literal["right", "wrong", "unusable"]

_CRITERION = {"CIF": "cif", "MOBILE": "mobile", "EMAIL": "email", "CARD": "cardNumber"}
_VERDICTS: dict[str, Verdict] = {"00": "right", "14": "wrong", "55": "wrong", "43": "unusable", "54": "unusable"}
"""Response codes (ISO 8583, field 39): approved, no such card, wrong PIN, card stolen, card expired."""

Name = Annotated[str, Meta(min_length=1)]
Body = TypeVar("Body", bound=Struct)


class Customer(Struct):
    """A customer as CBS knows one."""

    cif: Name
    legalName: str
    status: str
    email: str | None = None
    mobile: str | None = None

    @property
    def is_active(self) -> bool:
        return self.status.casefold() == "active"


class Card(Struct):
    """A card; ``type`` is DEBIT, CREDIT, or one that is no factor here."""

    type: str
    status: str

    @property
    def is_active(self) -> bool:
        return self.status.casefold() == "active"


class _Customers(Struct):
    customers: list[Customer]


class _Cards(Struct):
    cards: list[Card]


class _Verdict(Struct):
    code: Name


class _UserId(Struct):
    userId: str | None


@contextmanager
def needed(work: Work, branch: str | None = None) -> Iterator[None]:
    """Refuse (UPSTREAM_UNAVAILABLE, 503), taking ``branch``, when CBS gives no usable answer in the block."""
    try:
        yield
    except UpstreamFailure as failure:
        work.decide(branch, "cbs.unavailable", reason=failure.reason)
        raise Refusal(
            "UPSTREAM_UNAVAILABLE",
            503,
            "The bank's system cannot be asked just now. Try again later.",
            headers=TRY_LATER,
        ) from failure


def customers(work: Work, identity: Identity) -> list[Customer]:
    """Return the customers whom an identity belongs to. Raises UpstreamFailure."""
    criterion = {_CRITERION[identity.type]: identity.value}
    return _body(work.ask("cbs", "POST", "/cbs/customers/search", criterion), _Customers).customers


def cards(work: Work, cif: str) -> list[Card]:
    """Return a customer's cards, usable or not. Raises UpstreamFailure."""
    return _body(work.ask("cbs", "GET", f"/cbs/customers/{quote(cif, safe='')}/cards"), _Cards).cards


def verify_card(work: Work, details: dict[str, str]) -> Verdict:
    """Return whether card details are right; ``unusable`` when they are, but the card is hotlisted or has expired.

    Raises UpstreamFailure, for any other code too.
    """
    code = _body(work.ask("cbs", "POST", "/cbs/cards/verify", details), _Verdict).code
    if code not in _VERDICTS:
        raise UpstreamFailure("cbs", f"answered code {code}")
    return _VERDICTS[code]


def user_id_of(work: Work, cif: str) -> str | None:
    """Return the user id that the bank holds for a customer. Raises UpstreamFailure."""
    return _body(work.ask("cbs", "GET", f"/cbs/customers/{quote(cif, safe='')}/user-id"), _UserId).userId or None


def has_user_id(work: Work, user_id: str) -> bool:
    """Tell whether some customer of the bank has a user id. Raises UpstreamFailure."""
    reply = work.ask("cbs", "GET", f"/cbs/user-ids/{quote(user_id, safe='')}")
    if reply.status == 404 and reply.body.get("code") != "unknown-world":
        return False
    if reply.status != 200:
        raise UpstreamFailure("cbs", f"answered {reply.status}")
    return True


def _body(reply: Reply, kind: type[Body]) -> Body:
    if reply.status != 200:
        raise UpstreamFailure("cbs", f"answered {reply.status}")
    try:
        return msgspec.convert(reply.body, kind)
    except msgspec.ValidationError as error:
        raise UpstreamFailure("cbs", f"answered what cannot be used: {error}") from error
