"""behave's decorators and context, with types: what a sentence is tied to, and what it is given."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol, TypeVar, cast

import behave

from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.drivers.vocabulary import Page, PhoneStatus
from registration_sandbox.drivers.wire import Line, Reply
from simulators.kit.journal import Exchange
from steps.observers.handset import Phone
from steps.support.bank import Bank
from steps.support.code_desk import CodeDesk
from steps.support.direct_client import DirectClient
from steps.support.homemade_phone import HomemadePhone
from steps.support.outages import Systems
from steps.support.own_receiver import OwnReceiver
from steps.support.tester import KeptWorld

Definition = TypeVar("Definition", bound=Callable[..., None])


class Context(Protocol):
    """What a scenario's sentences share: the bank, and what only some of them have need of."""

    bank: Bank
    line: Line
    client: DirectClient
    systems: Systems
    twin: Bank
    kept: KeptWorld
    driver: object
    replies: dict[str, Reply]
    waited: timedelta
    page: Page | PhoneStatus
    pages: list[list[str]]
    struck: list[list[int]]
    found: list[Exchange]
    exchange: Exchange
    phone: Phone
    phones: dict[str, bool]
    registrations: list[dict[str, Any]]
    reply: Reply
    desks: dict[str, CodeDesk]
    homemade: HomemadePhone
    receiver: OwnReceiver

    def add_cleanup(self, cleanup: Callable[[], None]) -> None: ...

    def __contains__(self, name: str) -> bool: ...


def leave_to_web_sites(context: Context, why: str) -> None:
    """Raise NotTried where the driver is itself the client of Cymmetri that a web site's middleware is."""
    if getattr(context.driver, "holds_tokens", False):
        raise NotTried(f"a client of Cymmetri {why}")


def given(sentence: str) -> Callable[[Definition], Definition]:
    return cast(Callable[[Definition], Definition], behave.given(sentence))


def when(sentence: str) -> Callable[[Definition], Definition]:
    return cast(Callable[[Definition], Definition], behave.when(sentence))


def then(sentence: str) -> Callable[[Definition], Definition]:
    return cast(Callable[[Definition], Definition], behave.then(sentence))


def step(sentence: str) -> Callable[[Definition], Definition]:
    """Tie a sentence that may be a Given, a When or a Then."""
    return cast(Callable[[Definition], Definition], behave.step(sentence))
