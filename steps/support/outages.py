"""Systems that are really down: their containers are stopped, killed, paused, or taken off the network."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from behave.model import Scenario
from behave.runner import Context

from orchestrator.runtime.containers import engine
from orchestrator.runtime.containers.inside import port_of
from orchestrator.runtime.containers.running import wait_for
from orchestrator.runtime.containers.stack import SERVICE, STACK, Stack
from steps.support.bank import Bank
from steps.support.mailbox import EMAIL, TEXT, Mailbox
from steps.support.phone import BankApp
from steps.support.talk import Line
from steps.support.web_visit import WebVisit

TAG = "docker"
WANTED = "SANDBOX_OUTAGES"

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


def stopped(stack: Stack, service: str) -> Callable[[], None]:
    container = stack.containers()[service]
    container.stop()
    return container.start


def crashed(stack: Stack, service: str) -> Callable[[], None]:
    container = stack.containers()[service]
    container.kill()
    return container.start


def hanging(stack: Stack, service: str) -> Callable[[], None]:
    """Pause a service: it still takes connections, as far as the system does that for it, and answers none."""
    container = stack.containers()[service]
    container.pause()
    return container.unpause


def cut_off(stack: Stack, service: str) -> Callable[[], None]:
    """Take a service off the network: it runs on, finds nobody, and nobody finds it."""
    container = stack.containers()[service]
    ((name, attached),) = container.attrs["NetworkSettings"]["Networks"].items()
    network = stack.engine.networks.get(name)
    network.disconnect(container)
    return lambda: network.connect(container, aliases=attached["Aliases"])


OUTAGES: dict[str, Outage] = {
    "has stopped": stopped,
    "has crashed": crashed,
    "hangs": hanging,
    "is cut off": cut_off,
}
"""What may happen to a system, in the features' words."""


class Systems:
    """The systems of a scenario's bank, each in its container; what is struck is mended at the end, if not before."""

    def __init__(self, line: Line, bank: Bank) -> None:
        self._urls = line.urls
        self._bank = bank
        self._open = ExitStack()
        self._mending: dict[str, Callable[[], None]] = {}
        client = self._open.enter_context(engine.connected())
        self._stack = Stack(client, _stack_at(client, urlsplit(self._urls["orchestrator"]).port))

    def strike(self, service: str, outage: Outage) -> None:
        """Have an outage begin, once people have looked at what they will not see during it."""
        self._bank.open()
        for name in self._bank.told:
            _look_around(self._bank, name)
        self._mending[service] = outage(self._stack, service)
        self._bank.talk.down.add(service)

    def mend(self, service: str) -> None:
        """End a service's outage, and wait until it answers."""
        self._mending.pop(service)()
        wait_for(self._stack, service, self._urls[service])
        self._bank.talk.down.discard(service)

    def restart(self, service: str) -> None:
        self._bank.open()
        self._stack.containers()[service].restart()
        wait_for(self._stack, service, self._urls[service])

    def close(self) -> None:
        with self._open:
            for service in list(self._mending):
                self.mend(service)


def _look_around(bank: Bank, name: str) -> None:
    """Have a person read mail and messages, and look at what the web site and the app show."""
    for channel in (EMAIL, TEXT):
        bank.actor(Mailbox, name).codes(channel)
    site, app = bank.actor(WebVisit, name), bank.actor(BankApp, name)
    for begun, shown in ((site.registration, site), (app.registrations, app)):
        if begun:
            _ = shown.page


def _stack_at(client: Any, port: int | None) -> str:
    """Return the stack whose middleware is published on a port of this machine."""
    for container in client.containers.list(filters={"label": f"{SERVICE}=orchestrator"}):
        published = container.ports.get(f"{port_of('orchestrator')}/tcp") or ()
        if any(int(each["HostPort"]) == port for each in published):
            return str(container.labels[STACK])
    raise AssertionError(f"no container of the engine serves port {port}; start the sandbox with sandbox up --docker")


def skip_unless_wanted(scenario: Scenario) -> None:
    """Skip a scenario that breaks real systems, unless that is wished for."""
    if TAG in scenario.effective_tags and not os.environ.get(WANTED):
        scenario.skip(f"{TAG}: breaks systems for everybody; {WANTED}=1 plays it on a sandbox up --docker of one's own")


def end(context: Context) -> None:
    """Mend what a scenario has broken, so that it can be looked into and its world be removed."""
    if "systems" in context:
        context.systems.close()
