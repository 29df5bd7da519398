"""Serve applications with gevent: a request that waits costs a greenlet, and no service can starve another."""

import signal
import socket
from collections.abc import Mapping
from typing import Any

import gevent
from flask import Flask
from gevent.pywsgi import WSGIHandler, WSGIServer

from simulators.kit.app import service_of
from simulators.kit.due import Runner
from simulators.kit.faults.connection import SOCKET

STOP_TIMEOUT = 3.0


class Handler(WSGIHandler):  # type: ignore[misc]
    """Tells the application its socket, so that a fault can break the connection."""

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        environ[SOCKET] = self.socket
        return environ


class Server(WSGIServer):  # type: ignore[misc]
    """A server that shares its listening socket fairly with the other processes that serve it."""

    max_accept = 1
    handler_class = Handler


def serve(apps: Mapping[str, Flask], sockets: Mapping[str, socket.socket]) -> None:
    """Serve each application on its listening socket until SIGTERM or SIGINT."""
    stop = gevent.event.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, stop.set)
    servers = []
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
