"""Serve applications with gevent: a request that waits costs a greenlet, and no service can starve another."""

import signal
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, ClassVar
from weakref import WeakSet

import gevent
import gevent.socket
from flask import Flask
from gevent.event import Event
from gevent.pywsgi import WSGIHandler, WSGIServer

from simulators.kit.app import service_of
from simulators.kit.clock import monotonic, pause
from simulators.kit.faults.connection import SOCKET
from simulators.kit.runner import Runner

STOP_TIMEOUT = 3.0
"""Seconds that a request or due work under way is given to be done, when all ends."""

EVENTS = b"text/event-stream"
LOOK_AGAIN = 0.02
LONGEST_ANSWER = 90.0


class Handler(WSGIHandler):  # type: ignore[misc]
    """Tells the application its socket, so that a fault can break the connection.

    ``under_way`` counts the requests that are being answered; ``streaming`` are those that stream events, which have no
    end that could be waited for.
    """

    under_way: ClassVar[int] = 0
    streaming: ClassVar[WeakSet[gevent.Greenlet]] = WeakSet()

    def handle(self) -> None:
        with suppress(OSError):  # a client that leaves before it is answered is its own business
            super().handle()

    def handle_one_response(self) -> None:
        Handler.under_way += 1
        try:
            super().handle_one_response()
        finally:
            Handler.under_way -= 1

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        environ[SOCKET] = self.socket
        return environ

    def finalize_headers(self) -> None:
        super().finalize_headers()
        if any(name.lower() == b"content-type" and EVENTS in value for name, value in self.response_headers):
            self.streaming.add(gevent.getcurrent())

    def log_request(self) -> None:
        """Log nothing: the journal tells more, and without secrets."""


class OpeningHandler(Handler):
    """Answers once on each connection and says so (RFC 9112, section 9.6), so that making way cuts none."""

    def finalize_headers(self) -> None:
        self.response_headers.append((b"Connection", b"close"))
        self.close_connection = True
        super().finalize_headers()


class Server(WSGIServer):  # type: ignore[misc]
    """A server that shares its listening socket fairly with the other processes that serve it."""

    max_accept = 1
    handler_class = Handler


class OpeningServer(Server):
    """The server of the child that answers until the others are ready; ``connections`` counts its open ones."""

    handler_class = OpeningHandler
    connections = 0

    def handle(self, sock: Any, address: Any) -> None:
        OpeningServer.connections += 1
        try:
            super().handle(sock, address)
        finally:
            OpeningServer.connections -= 1


def serve(apps: Mapping[str, Flask], sockets: Mapping[str, socket.socket], *, opening: bool, alive: int) -> None:
    """Serve each application on its listening socket until SIGTERM or SIGINT.

    When ``opening``, serve until SIGUSR1, and keep no connection open. End also when the pipe ``alive`` is closed:
    whoever started us is gone, and the ports must be free again.
    """
    stop = Event()
    servers: list[Server] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, stop.set)
    runners: list[Runner] = []
    gevent.signal_handler(signal.SIGUSR1, _make_way, servers, runners, stop)
    gevent.spawn(_end_with, alive, stop)
    for app in apps.values():
        service_of(app).client.beside = apps
    for name, app in apps.items():
        listener = gevent.socket.socket(fileno=sockets[name].detach())
        listener.setblocking(False)
        server = (OpeningServer if opening else Server)(listener, app, log=None, error_log=None)
        server.start()
        servers.append(server)
        runners.append(Runner(service_of(app)))
    for runner in runners:
        runner.start()
    stop.wait()
    for runner in runners:
        runner.stop()
    gevent.killall(list(Handler.streaming), block=False)
    give_up = monotonic() + STOP_TIMEOUT
    while _under_way(runners) and monotonic() < give_up:  # it may make requests of its own here: these are accepted
        pause(LOOK_AGAIN)


def _under_way(runners: list[Runner]) -> bool:
    return Handler.under_way > 0 or any(runner.busy for runner in runners)


def _end_with(pipe: int, stop: Event) -> None:
    gevent.socket.wait_read(pipe)
    stop.set()


def _make_way(servers: list[Server], runners: list[Runner], stop: Event) -> None:
    """Take no new connection and begin no due work, and end once what was begun is done and answered."""
    for server in servers:
        server.stop_accepting()
    for runner in runners:
        runner.stop()
    give_up = monotonic() + LONGEST_ANSWER
    while (OpeningServer.connections or _under_way(runners)) and monotonic() < give_up:
        pause(LOOK_AGAIN)
    stop.set()
