"""A system under test that does one odd thing, for whatever it is asked: python odd_system.py WHAT."""

import http.server
import os
import subprocess
import sys

HTML = b"<html><body>Welcome to the bank</body></html>"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/healthz":
            self.answer(204, b"", "text/plain")
        else:
            ODD[WHAT](self)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        ODD[WHAT](self)

    def answer(self, status: int, body: bytes, media_type: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": media_type, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def die(_: Handler) -> None:
    os.write(1, b"out of memory\n")
    os._exit(7)


def hang_up(handler: Handler) -> None:
    handler.connection.close()


ODD = {
    "html": lambda handler: handler.answer(200, HTML, "text/html"),
    "redirect": lambda handler: handler.answer(302, b"", "text/html", Location="/login"),
    "word": lambda handler: handler.answer(409, b'{"code": "computer-says-no"}', "application/problem+json"),
    "list": lambda handler: handler.answer(201, b"[1, 2]", "application/json"),
    "torn": lambda handler: handler.answer(201, b'{"id": "a", "sta', "application/json"),
    "another-world": lambda handler: handler.answer(
        404, b'{"code": "unknown-world", "detail": "There is no world here."}', "application/problem+json"
    ),
    "die": die,
    "hang-up": hang_up,
}


if __name__ == "__main__":
    WHAT = sys.argv[1]
    if WHAT == "never":
        sys.exit("no configuration was found")
    if WHAT == "child":
        command = [sys.executable, "-m", "http.server", str(int(os.environ["PORT"]) + 1), "--bind", "127.0.0.1"]
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        WHAT = "html"
    http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
