"""A real system as the sandbox meets it: Cymmetri's own API and nothing else, no control plane, no worlds."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

NOT_PASSED_ON = {"host", "baggage", "connection", "content-length", "transfer-encoding"}
NOT_PASSED_BACK = NOT_PASSED_ON | {"sandbox-branch", "sandbox-exchange"}


class FrontDoor:
    """A server that hands on what comes for ``behind`` but its control plane; while it is ``shut`` it answers 503."""

    def __init__(self, behind: str) -> None:
        self.behind = urlsplit(behind)
        self.shut = False
        self.asked: list[str] = []
        door = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                door.asked.append(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, headers, told = door.answer(self.command, self.path, dict(self.headers.items()), body)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            do_POST = do_PUT = do_DELETE = do_PATCH = do_GET

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        if self.shut:
            return 503, {}, b"down for maintenance"
        if path.startswith("/_sandbox"):
            return 404, {"Content-Type": "text/html"}, b"<h1>Not Found</h1>"
        connection = http.client.HTTPConnection(str(self.behind.hostname), self.behind.port, timeout=10)
        passed_on = {name: value for name, value in headers.items() if name.lower() not in NOT_PASSED_ON}
        connection.request(method, path, body, passed_on)
        answer = connection.getresponse()
        told = answer.read()
        connection.close()
        back = {name: value for name, value in answer.getheaders() if name.lower() not in NOT_PASSED_BACK}
        return answer.status, back, told


@contextmanager
def front_door(behind: str) -> Iterator[FrontDoor]:
    door = FrontDoor(behind)
    threading.Thread(target=door.server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield door
    finally:
        door.server.shutdown()
        door.server.server_close()
