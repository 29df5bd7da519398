"""What the fakes saw: who asked them what, and the pushes that TSG sent. No journal of the system under test."""

from dataclasses import dataclass
from datetime import datetime

from registration_sandbox.gate.system import OTHERS
from simulators.kit.journal import Exchange
from steps.support.bank import Bank

ACKNOWLEDGED = range(200, 300)


@dataclass(frozen=True)
class Request:
    """What one system asks of another: the asked system, method and path (a glob)."""

    service: str
    method: str
    path: str


SIGN_UP = Request("tsg", "POST", "/tsg/sign_up")


@dataclass(frozen=True)
class PushTry:
    """One try of TSG to push a sign-up; status 0 is no answer."""

    at: datetime
    status: int

    @property
    def accepted(self) -> bool:
        return self.status in ACKNOWLEDGED


def list_questions_of_bank(bank: Bank, request: Request) -> list[Exchange]:
    """Return how the bank's own systems asked for something, oldest first."""
    found = bank.exchanges(request.service, request.method, request.path)
    return [exchange for exchange in found if exchange.caller not in OTHERS]


def pushes_to_middleware(bank: Bank) -> list[PushTry]:
    """Return TSG's tries to push to the middleware, oldest first, from TSG's journal."""
    return [] if bank.exchanges("auth_service", "POST", "/tsg/push") else pushes(bank)


def pushes(bank: Bank) -> list[PushTry]:
    """Return TSG's tries to push, oldest first, to whomever it pushes."""
    return [PushTry(exchange.at, exchange.status) for exchange in list_push_tries(bank)]


def list_push_tries(bank: Bank) -> list[Exchange]:
    """Return TSG's tries to push as its journal has them, oldest first."""
    return bank.exchanges("tsg", "POST", "push")


def list_push_numbers(bank: Bank) -> dict[str, list[str]]:
    """Return the number that each try of a push had (its webhook-id), by the phone that the push was about."""
    numbers: dict[str, list[str]] = {}
    for each in list_push_tries(bank):
        numbers.setdefault(each.request["data"]["subject_id"], []).append(each.request_headers["webhook-id"])
    return numbers


def was_handed_on(bank: Bank) -> bool:
    """Tell whether the Auth Service has handed a push on to the middleware."""
    came = bank.exchanges("auth_service", "POST", "/tsg/push")
    assert came, "the Auth Service has been sent no push"
    return any(decision.rule == "push.handed_on" for exchange in came for decision in exchange.decisions)


def references(bank: Bank, which: int = -1) -> dict[str, str]:
    """Return the external_reference of each person's newest sign-up, or the one at another place.

    They come from the calls by which the bank asked for codes.
    People ask one after the other, and TSG's journal has the calls in that order.
    """
    asked = [each for each in list_questions_of_bank(bank, SIGN_UP) if each.status in ACKNOWLEDGED]
    assert len(asked) == len(bank.sign_ups), f"TSG gave {len(asked)} codes to {bank.sign_ups}"
    given = list(zip(bank.sign_ups, asked, strict=True))
    return {
        name: [each.request["external_reference"] for owner, each in given if owner == name][which]
        for name in bank.sign_ups
    }
