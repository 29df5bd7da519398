"""Serve applications with gevent: a request that waits costs a greenlet, and no service can starve another."""

import signal
import socket
from collections.abc import Mapping
from typing import Any

import gevent
import gevent.socket
from flask import Flask
from gevent.event import Event
from gevent.pywsgi import WSGIHandler, WSGIServer

from simulators.kit.app import service_of
from simulators.kit.clock import monotonic, pause
from simulators.kit.due import Runner
from simulators.kit.faults.connection import SOCKET

STOP_TIMEOUT = 3.0
RETRY = 0.1
LONGEST_ANSWER = 90.0
QUIET = 1.0
"""Seconds without a request after which connections that are still open are taken for idle ones."""


class Handler(WSGIHandler):  # type: ignore[misc]
    """Tells the application its socket, so that a fault can break the connection; counts what is being answered.

    While making way, each answer is the last on its connection and says so (RFC 9112, section 9.6).
    """

    answering = 0
    last_answer = 0.0
    making_way = False

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        environ[SOCKET] = self.socket
        return environ

    def run_application(self) -> None:
        Handler.answering += 1
        try:
            super().run_application()
        finally:
            Handler.answering -= 1
            Handler.last_answer = monotonic()

    def finalize_headers(self) -> None:
        if Handler.making_way:
            self.response_headers.append((b"Connection", b"close"))
            self.close_connection = True
        super().finalize_headers()


class Server(WSGIServer):  # type: ignore[misc]
    """A server that shares its listening socket fairly with the other processes that serve it."""

    max_accept = 1
    handler_class = Handler


def serve(apps: Mapping[str, Flask], sockets: Mapping[str, socket.socket]) -> None:
    """Serve each application on its listening socket until SIGTERM or SIGINT."""
    stop = Event()
    servers: list[Server] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, stop.set)
    gevent.signal_handler(signal.SIGUSR1, _make_way, servers, stop)
    runners = []
    for name, app in apps.items():
        listener = gevent.socket.socket(fileno=sockets[name].detach())
        listener.setblocking(False)
        server = Server(listener, app, log=None, error_log=None)
        server.start()
        servers.append(server)
        runners.append(Runner(service_of(app)))
    for runner in runners:
        runner.start()
    stop.wait()
    for runner in runners:
        runner.stop()
    for server in servers:
        server.stop(timeout=STOP_TIMEOUT)


def _make_way(servers: list[Server], stop: Event) -> None:
    """Take no new connection, and end once everything that was asked is answered and nobody asks any more."""
    for server in servers:
        server.stop_accepting()
    Handler.making_way = True
    Handler.last_answer = monotonic()
    give_up = monotonic() + LONGEST_ANSWER
    while monotonic() < give_up and (Handler.answering or monotonic() < Handler.last_answer + QUIET):
        pause(RETRY)
    stop.set()
