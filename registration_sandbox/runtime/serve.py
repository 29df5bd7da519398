"""Serve applications with gevent: a request that waits costs a greenlet, and no service can starve another."""

import signal
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Any, ClassVar
from weakref import WeakSet

import gevent
import gevent.socket
import gevent.ssl
from gevent.event import Event
from gevent.pywsgi import WSGIServer

from registration_sandbox.control_plane.housekeeping import Housekeeper
from registration_sandbox.runtime import catalogue
from registration_sandbox.runtime.bookkeeper import Bookkeeper
from registration_sandbox.runtime.heartbeat import BEAT_INTERVAL, Heartbeat
from registration_sandbox.runtime.http_handler import StrictHandler
from registration_sandbox.runtime.supervisor import STOP_TIMEOUT
from simulators.kit.clock import monotonic, pause
from simulators.kit.faults.connection import SOCKET
from simulators.kit.scheduling.runner import Runner
from simulators.kit.web.call import CLIENT_CERTIFICATE

IDLE_LIMIT = 75.0
"""Seconds after which a connection is closed on which no request, or only the beginning of one, has come."""

STALL_LIMIT = 90.0
"""Seconds that a client may take over the next part of a body, or over taking the next part of an answer."""

POLL_INTERVAL = 0.02
LONGEST_NAME = 200
EVENTS = b"text/event-stream"


class Handler(StrictHandler):
    """Tells the application its socket, so that a fault can break the connection.

    ``under_way`` counts the requests that are being answered; ``streaming`` are those that stream events, which have no
    end that could be waited for.
    """

    under_way: ClassVar[int] = 0
    streaming: ClassVar[WeakSet[gevent.Greenlet]] = WeakSet()

    def handle(self) -> None:
        with suppress(OSError):  # the client has left before it was answered
            super().handle()

    def read_requestline(self) -> str:
        line: str = ""  # as where the client has closed the connection
        with gevent.Timeout(IDLE_LIMIT, exception=False):
            line = super().read_requestline()
        return line

    def read_request(self, raw_requestline: str) -> bool:
        is_whole: bool = False
        with gevent.Timeout(IDLE_LIMIT, exception=False):
            is_whole = super().read_request(raw_requestline)
        return is_whole

    def handle_one_response(self) -> None:
        Handler.under_way += 1
        try:
            super().handle_one_response()
        finally:
            Handler.under_way -= 1

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        environ[SOCKET] = self.socket
        if isinstance(self.socket, gevent.ssl.SSLSocket) and (presented := self.socket.getpeercert()):
            environ[CLIENT_CERTIFICATE] = _name_of(presented)
        return environ

    def finalize_headers(self) -> None:
        super().finalize_headers()
        if any(name.lower() == b"content-type" and EVENTS in value for name, value in self.response_headers):
            self.streaming.add(gevent.getcurrent())

    def log_request(self) -> None:
        """Log nothing: the journal tells more, and without secrets."""


class Server(WSGIServer):  # type: ignore[misc]
    """A server that shares its listening socket fairly with the other processes that serve it."""

    max_accept = 1
    handler_class = Handler

    def wrap_socket_and_handle(self, client_socket: Any, address: Any) -> Any:
        client_socket.settimeout(IDLE_LIMIT)  # for the handshake
        with suppress(OSError):  # a client that does not trust the certificate, speaks no TLS, or says nothing
            return super().wrap_socket_and_handle(client_socket, address)

    def handle(self, sock: Any, address: Any) -> None:
        sock.settimeout(STALL_LIMIT)
        super().handle(sock, address)


def serve(
    apps: Mapping[str, Any],
    sockets: Mapping[str, Sequence[socket.socket]],
    alive: int,
    heartbeat: Heartbeat,
    contexts: Mapping[str, ssl.SSLContext] = MappingProxyType({}),
) -> None:
    """Serve each application on its listening sockets until SIGTERM or SIGINT, over TLS where it has a context.

    End also when the pipe ``alive`` is closed: the supervisor is gone, and the ports must be free again.
    """
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, stop.set)
    when_closed(alive, stop.set)
    gevent.spawn(_beat, heartbeat)
    background = [each for app in apps.values() for each in catalogue.background_of(app)]
    services = [each for app in apps.values() for each in catalogue.services_behind(app)]
    local = catalogue.local_answers(services)
    for service in services:
        service.client.local = local
    bookkeeper = Bookkeeper(services)
    bookkeeper.start()
    # A server that nobody refers to would stop accepting when garbage is collected.
    servers = [
        _start_server(inherited, app, contexts.get(name)) for name, app in apps.items() for inherited in sockets[name]
    ]
    for each in background:
        each.start()
    stop.wait()
    for each in background:
        each.stop()
    gevent.killall(list(Handler.streaming), block=False)
    _wait_while(lambda: _under_way(background), STOP_TIMEOUT)  # what it asks of services here is still answered
    bookkeeper.close()
    del servers


def _start_server(inherited: socket.socket, app: Any, context: ssl.SSLContext | None) -> Server:
    listener = gevent.socket.socket(fileno=inherited.detach())
    listener.setblocking(False)
    # Without a name the server would ask the resolver for one.
    environ = {"SERVER_NAME": listener.getsockname()[0]}
    tls = {"ssl_context": context} if context else {}
    server = Server(listener, app, log=None, error_log=None, environ=environ, **tls)
    server.start()
    return server


def _name_of(certificate: Mapping[str, Any]) -> str:
    """Return whom a client's certificate names: its common name, else its first alternative name, else its number."""
    common = [value for part in certificate.get("subject", ()) for key, value in part if key == "commonName"]
    others = [value for _, value in certificate.get("subjectAltName", ())]
    return str([*common, *others, certificate.get("serialNumber", "")][0])[:LONGEST_NAME]


def _wait_while(busy: Callable[[], bool], limit: float) -> None:
    deadline = monotonic() + limit
    while busy() and monotonic() < deadline:
        pause(POLL_INTERVAL)


def _under_way(background: Sequence[Runner | Housekeeper]) -> bool:
    return Handler.under_way > 0 or any(each.busy for each in background)


def when_closed(pipe: int, act: Callable[[], None]) -> None:
    """Call ``act`` when the other end of a pipe is closed, which happens when the process that has it is gone."""

    def wait() -> None:
        gevent.socket.wait_read(pipe)
        act()

    gevent.spawn(wait)


def _beat(heartbeat: Heartbeat) -> None:
    while True:
        heartbeat.beat()
        pause(BEAT_INTERVAL)
