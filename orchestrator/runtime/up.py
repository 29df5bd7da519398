"""Start services in this process's children and keep them up until told to stop.

Every child serves all the services that are started here: the kernel gives a connection to one that is free. They
listen on sockets that were opened before, so that a port in use is told at once and a child that dies loses no
connection that waits.

The first child answers as soon as the applications are made, and makes the world ``default``. Only then are the large
libraries imported (the store's, the phones', the personas'), once, here; the children that are forked after that share
them, and the first makes way.
"""

import errno
import gc
import logging
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from orchestrator.runtime.settings import Plan
from orchestrator.runtime.values import BadSetting

BACKLOG = 512
RESTART_LIMIT = 20
LOOK_LIMIT = 1.0
ENDINGS = (signal.SIGTERM, signal.SIGINT)
MAKE_WAY = signal.SIGUSR1
"""Tells a child to take no new connection and to end when it has answered what it has."""

ENDED_AT_ONCE = 130
"""The exit code of what Ctrl-C has ended, as shells have it."""

ENDING_WORDS = b"The sandbox ends; it keeps its worlds. Ctrl-C again ends it without an answer to what is under way.\n"

log = logging.getLogger("sandbox")


def run(plan: Plan, ready: Callable[[], None]) -> int:
    """Serve the plan's services until SIGINT or SIGTERM; call ``ready`` once they listen. Return the exit code.

    Must be called before anything but this package was imported: the server patches the standard library.
    """
    sockets = {name: _listen(name, plan.host, port) for name, port in plan.ports.items()}
    gc.disable()  # what is imported stays: looking for garbage in it takes time and finds none
    from gevent import monkey

    monkey.patch_all(os=False, signal=False, subprocess=False)
    from orchestrator.runtime import catalogue, opening, serve

    apps = {name: catalogue.make(name, plan.settings) for name in plan.started}
    _share()

    def announce() -> None:
        if opening.answers(plan):
            ready()
        if "orchestrator" in plan.started:
            opening.make_default_world(plan)

    def warm_up() -> None:
        catalogue.warm(apps)
        _share()

    def work(*, opening: bool) -> None:
        serve.serve(apps, sockets, opening=opening, alive=supervisor.alive)

    supervisor = _Supervisor(plan.workers, work)
    return supervisor.run(announce, warm_up)


def _share() -> None:
    """Keep the collector off what exists now, or it would write into every page that the children share."""
    gc.collect()
    gc.freeze()


class _Supervisor:
    """Keeps a number of children that all do the same, and ends them when it is told to end."""

    def __init__(self, number: int, work: Callable[..., None]) -> None:
        """Call ``work`` in each child with whether it is the ``opening`` one."""
        self._number = number
        self._work = work
        self._children: set[int] = set()
        self._stopping = False
        self._at_once = False
        self._failures = 0
        self.alive, self._held = os.pipe()
        """``alive`` is readable in a child when its supervisor is gone."""

    def run(self, announce: Callable[[], None], warm_up: Callable[[], None]) -> int:
        """Fork the children, and others for those that die, until told to end; return the exit code.

        ``announce`` is called in a child of its own. One child alone shares nothing with others, so that it needs no
        warming up.
        """
        for ending in ENDINGS:
            signal.signal(ending, self._stop)
        open_up = partial(self._work, opening=self._number > 1)
        opening, announcing = self._fork(open_up), self._fork(announce)
        while announcing in self._children:
            pid, status = self._next_end()
            if pid == opening and not self._stopping:
                opening = self._replace(status, open_up)
        if self._number > 1:
            warm_up()
            for _ in range(0 if self._stopping else self._number):
                self._fork(partial(self._work, opening=False))
            self._tell({opening}, MAKE_WAY)
        while self._children:
            pid, status = self._next_end()
            if not self._stopping and (pid != opening or self._number == 1):
                self._replace(status, partial(self._work, opening=False))
        if self._at_once:
            return ENDED_AT_ONCE
        return 1 if self._failures > RESTART_LIMIT else 0

    def _next_end(self) -> tuple[int, int]:
        """Wait for a child to end; return which it was, and its status."""
        pid, status = os.waitpid(-1, 0)
        self._children.discard(pid)
        return pid, status

    def _replace(self, status: int, work: Callable[[], None]) -> int:
        """Fork another child for one that died; give all up when too many did."""
        self._failures += 1
        if self._failures > RESTART_LIMIT:
            self._stop(signal.SIGTERM, None)
            return 0
        log.warning("A worker ended (%s); another takes over.", os.waitstatus_to_exitcode(status))
        return self._fork(work)

    def _fork(self, task: Callable[[], None]) -> int:
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
        pid = os.fork()
        if pid:
            self._children.add(pid)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
            if self._stopping:  # it was told too early for this child to hear
                self._tell({pid}, signal.SIGTERM)
            return pid
        code = 1
        try:
            for ending in ENDINGS:  # until the server has its own, they end the child
                signal.signal(ending, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
            os.close(self._held)
            gc.enable()
            task()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _stop(self, number: int, frame: object) -> None:
        """End: with what is under way answered when told once, at once when told again."""
        del frame
        if self._stopping:
            self._at_once = True
        elif number == signal.SIGINT:
            os.write(sys.stderr.fileno(), ENDING_WORDS)
        self._stopping = True
        self._tell(self._children, signal.SIGKILL if self._at_once else signal.SIGTERM)

    def _tell(self, children: set[int], what: signal.Signals) -> None:
        for pid in children & self._children:
            with suppress(ProcessLookupError):
                os.kill(pid, what)


def _listen(name: str, host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        hint = _who_listens(host, port) if error.errno == errno.EADDRINUSE else "Choose a --host."
        raise BadSetting(f"{name} cannot listen on {host}:{port}: {error.strerror}. {hint}") from error
    return listener


def _who_listens(host: str, port: int) -> str:
    """Return what to do about a port that is taken: most often a sandbox has it that was started earlier."""
    from http.client import HTTPConnection, HTTPException

    connection = HTTPConnection(host, port, timeout=LOOK_LIMIT)
    try:
        connection.request("GET", "/_sandbox/health")
        told = connection.getresponse().read()
    except (OSError, HTTPException):
        told = b""
    finally:
        connection.close()
    if b'"service"' in told:
        return "A sandbox is up there already: use it, end it, or choose --base-port for another one beside it."
    return "Stop what uses it, or choose --base-port."
