"""The bare server: ``bare_server.py PORT WORKERS`` serves one handler that only answers JSON, until SIGINT."""

from gevent import monkey

monkey.patch_all()

import socket  # noqa: E402
import sys  # noqa: E402
from contextlib import suppress  # noqa: E402

import gevent  # noqa: E402
from flask import Flask, Response  # noqa: E402

from registration_sandbox.runtime.listening import BACKLOG  # noqa: E402
from registration_sandbox.runtime.serve import Server  # noqa: E402


def serve(port: int, workers: int) -> None:
    """Serve on a port by a number of processes, with the server that serves the sandbox."""
    app = Flask("bare", static_folder=None)

    @app.route("/hop", methods=["GET", "POST"])
    def hop() -> Response:
        return Response('{"id":"1","status":"ok"}', 200, mimetype="application/json")

    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(BACKLOG)
    for _ in range(workers - 1):
        if gevent.fork() == 0:
            break
    with suppress(KeyboardInterrupt):
        Server(listener, app, log=None, error_log=None).serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
