"""Start services in worker processes and keep them up until told to stop.

Everything is imported and made once, here, so that the workers share it. Each of them serves all the services: the
kernel gives a connection to one that is free. No state is in a process, so that any may die at any time.
"""

import gc
import os
import resource
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from typing import TYPE_CHECKING

from registration_sandbox.runtime import listening, storage
from registration_sandbox.runtime.heartbeat import Heartbeat
from registration_sandbox.runtime.settings import Plan
from registration_sandbox.runtime.supervisor import SIGNALS, Supervisor
from simulators.kit.services import CONTROL_PLANE, SERVICES

if TYPE_CHECKING:
    from ssl import SSLContext

PRIVATE = 0o077
"""The umask of all that is written: databases, secrets and logs hold passwords and PINs."""

MOST_DESCRIPTORS = 65_536
MAIL_PORT_AFTER_BASE = len(SERVICES)


def run(plan: Plan, ready: Callable[[], None]) -> int:
    """Serve the plan's services until SIGINT or SIGTERM; call ``ready`` once they answer. Return the exit code.

    Must be called before anything but this package was imported: the server patches the standard library. Raises
    BadSetting where the plan cannot be carried out.
    """
    os.umask(PRIVATE)
    _raise_descriptor_limit()
    locks = storage.claim(plan.settings, plan.databases, plan.base_port)
    sockets = listening.open_sockets(plan.host, plan.ports)
    mail_port = {"SMTP": plan.base_port + MAIL_PORT_AFTER_BASE} if plan.takes_mail else {}
    mail_sockets = [each for opened in listening.open_sockets(plan.host, mail_port).values() for each in opened]
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)  # until the supervisor hears them, not within a patch
    gc.disable()  # what is imported stays: looking for garbage in it takes time and finds none
    from gevent import events, monkey

    # No package is asked for plugins: that reads the metadata of all that are installed, once for each of 19 events.
    events.notify_and_call_entry_points = events.notify
    monkey.patch_all(os=False, signal=False, subprocess=False)
    from gevent import reinit

    from registration_sandbox.runtime import catalogue, opening, serve

    storage.prepare_files(plan.settings, plan.databases)
    apps = {name: catalogue.make(name, plan.settings) for name in plan.ports}
    catalogue.open_files(apps)
    gc.freeze()  # or the collector would write into every page that the workers share

    def announce() -> None:
        reinit()
        serve.when_closed(supervisor.alive, lambda: os._exit(1))  # it must not keep ports and locks for longer
        if opening.answers(plan):
            ready()
        if CONTROL_PLANE.name in plan.ports:
            opening.make_default_world(plan)

    def work(heartbeat: Heartbeat) -> None:
        reinit()  # or children would wait for their sockets in one epoll set, and miss what another was told
        with exported():
            serve.serve(apps, sockets, supervisor.alive, heartbeat, contexts)

    exported: Callable[[], AbstractContextManager[None]] = nullcontext
    if plan.otlp_endpoint:
        from registration_sandbox.runtime import spans

        services = [each for app in apps.values() for each in catalogue.services_behind(app)]
        exported = partial(spans.exporting, plan.otlp_endpoint, services)
    contexts = _make_contexts(plan)
    works = [work] * plan.workers
    if mail_sockets:
        from registration_sandbox.runtime import mail_in

        works.append(
            lambda heartbeat: mail_in.become(
                plan.settings.url("mailroom"), mail_sockets, plan.settings.ca_file, supervisor.alive, heartbeat
            )
        )
    supervisor = Supervisor(works)
    code = supervisor.run(announce)
    del locks  # held until here
    return code


def _make_contexts(plan: Plan) -> "dict[str, SSLContext]":
    """Return the TLS contexts of the listeners, by name; the TSG's asks for clients' certificates where it is to."""
    if plan.tls is None:
        return {}
    contexts = dict.fromkeys(plan.ports, plan.tls.server_context())
    if plan.tls.client_cas and "tsg" in contexts:
        contexts["tsg"] = plan.tls.context_for_institutions()
    return contexts


def _raise_descriptor_limit() -> None:
    """Have as many open connections as the system allows: by default it is 1,024, for thousands of clients too few."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):  # macOS has a limit of its own below an unlimited one
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
