"""Systems that are really down: their containers are stopped, killed, paused, or taken off the network."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from urllib.parse import urlsplit

from behave.model import Scenario
from behave.runner import Context

from registration_sandbox.drivers.vocabulary import Via
from registration_sandbox.gate.suite import OUTAGES, OUTAGES_WANTED
from registration_sandbox.runtime.container import connect
from steps.observers.mailbox import Mailbox
from steps.support.bank import Bank
from steps.support.customer import Customer
from steps.support.phone_owner import PhoneOwner
from steps.support.stack import Stack, wait_until_up

SYSTEMS = {
    "the middleware": "orchestrator",
    "Cymmetri": "cymmetri",
    "core banking": "cbs",
    "the Auth Service": "auth_service",
    "TSG": "tsg",
    "the mail gateway": "mailroom",
    "the app's SDK": "handset",
}


Outage = Callable[[Stack, str], Callable[[], None]]
"""Strikes a service of a stack; returns what mends it."""


def stop(stack: Stack, service: str) -> Callable[[], None]:
    container = stack.containers()[service]
    container.stop()
    start: Callable[[], None] = container.start
    return start


def crash(stack: Stack, service: str) -> Callable[[], None]:
    container = stack.containers()[service]
    container.kill()
    start: Callable[[], None] = container.start
    return start


def hang(stack: Stack, service: str) -> Callable[[], None]:
    """Pause a service: it still takes connections, as far as the system does that for it, and answers none."""
    container = stack.containers()[service]
    container.pause()
    unpause: Callable[[], None] = container.unpause
    return unpause


def cut_off(stack: Stack, service: str) -> Callable[[], None]:
    """Take a service off the network: it runs on, finds nobody, and nobody finds it."""
    container = stack.containers()[service]
    ((name, attached),) = container.attrs["NetworkSettings"]["Networks"].items()
    network = stack.engine.networks.get(name)
    network.disconnect(container)
    return lambda: network.connect(container, aliases=attached["Aliases"])


KINDS: dict[str, Outage] = {
    "has stopped": stop,
    "has crashed": crash,
    "hangs": hang,
    "is cut off": cut_off,
}
"""What may happen to a system, in the features' words."""


class Systems:
    """The systems of a scenario's bank, each in its container; what is struck is mended at the end, if not before."""

    def __init__(self, bank: Bank) -> None:
        self._urls = bank.wire.urls
        self._bank = bank
        self._open = ExitStack()
        self._mending: dict[str, Callable[[], None]] = {}
        engine = self._open.enter_context(connect())
        self._stack = Stack(engine, urlsplit(self._urls["orchestrator"]).port or 80)

    def strike(self, service: str, outage: Outage) -> None:
        """Have an outage begin, once people have looked at what they will not see during it."""
        self._bank.open()
        for name in self._bank.seen:
            _look_around(self._bank, name)
        self._mending[service] = outage(self._stack, service)
        self._bank.wire.down.add(service)

    def mend(self, service: str) -> None:
        """End a service's outage, and wait until it answers."""
        self._mending.pop(service)()
        wait_until_up(self._urls[service])
        self._bank.wire.down.discard(service)

    def restart(self, service: str) -> None:
        self._bank.open()
        self._stack.containers()[service].restart()
        wait_until_up(self._urls[service])

    def close(self) -> None:
        with self._open:
            for service in list(self._mending):
                self.mend(service)


def _look_around(bank: Bank, name: str) -> None:
    """Have a person read mail and messages, and look at what the web site and the app show."""
    for channel in (Via.EMAIL, Via.TEXT):
        bank.actor(Mailbox, name).codes(channel)
    if bank.actor(Customer, name).begun:
        bank.acts(name).see_site()
    if bank.actor(PhoneOwner, name).opened:
        bank.acts(name).see_app()


def skip_unless_wanted(scenario: Scenario) -> None:
    """Skip a scenario that breaks real systems, unless that is wished for."""
    if OUTAGES in scenario.effective_tags and not os.environ.get(OUTAGES_WANTED):
        scenario.skip(f"{OUTAGES}: breaks systems for everybody; {OUTAGES_WANTED}=1 plays it on a Compose stack")


def end(context: Context) -> None:
    """Mend what a scenario has broken, so that it can be looked into and its world be removed."""
    if "systems" in context:
        context.systems.close()
