"""Load: as many calls as a server answers in a given time over keep-alive connections. wrk, or this module's own."""

import re
import selectors
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 16
WARM_UP = 0.5
SECONDS = 2.0
LARGEST_READ = 65536

_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:\s*chunked", re.IGNORECASE)
_CLOSE = re.compile(rb"\r\nconnection:\s*close", re.IGNORECASE)


class Failed(Exception):
    """A load under which a server did not answer as it should."""


@dataclass(frozen=True)
class Request:
    """The one request that is repeated."""

    url: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"


def generator() -> str:
    """Return the name of the load generator that is used here, for both sides alike."""
    return "wrk" if shutil.which("wrk") else "bench.load"


def rate(request: Request, seconds: float = SECONDS) -> float:
    """Return the calls a second that are answered with 2xx. Raises Failed if any is answered otherwise."""
    measure = _by_wrk if generator() == "wrk" else _by_ourselves
    measure(request, WARM_UP)
    return measure(request, seconds)


def _by_wrk(request: Request, seconds: float) -> float:
    quoted = [f"wrk.headers[{_lua(name)}] = {_lua(value)}" for name, value in _headers(request).items()]
    script = "\n".join([f"wrk.method = {_lua(request.method)}", f"wrk.body = {_lua(request.body)}", *quoted])
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "request.lua"
        path.write_text(script, "utf-8")
        # wrk takes whole seconds only; it is ended by SIGINT, on which it reports what it measured.
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", "-d1h", "-s", str(path), request.url]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(2)
        told, complaint = process.communicate(timeout=10)
    found = re.search(r"Requests/sec:\s*([\d.]+)", told)
    if found is None or float(found[1]) == 0 or "Non-2xx" in told:
        raise Failed(f"{request.url}: {told.strip()} {complaint.strip()}")
    return float(found[1])


def _by_ourselves(request: Request, seconds: float) -> float:
    parts = urlsplit(request.url)
    address = (parts.hostname or "127.0.0.1", parts.port or 80)
    sent = encode_request(request, parts.netloc, parts.path or "/")
    with selectors.DefaultSelector() as selector:
        for _ in range(CONNECTIONS):
            _open(selector, address, sent)
        started = time.monotonic()
        answered = 0
        while (now := time.monotonic()) < started + seconds:
            for key, _ in selector.select(timeout=started + seconds - now):
                connection, heard = key.fileobj, key.data
                assert isinstance(connection, socket.socket)
                received = connection.recv(LARGEST_READ)
                heard += received
                if received and not _is_whole(heard):
                    continue
                answered += 1
                _check(request, heard)
                if not received or _CLOSE.search(heard):
                    selector.unregister(connection)
                    connection.close()
                    _open(selector, address, sent)
                else:
                    heard.clear()
                    connection.sendall(sent)
        took = time.monotonic() - started
        for key in list(selector.get_map().values()):
            assert isinstance(key.fileobj, socket.socket)
            key.fileobj.close()
    return answered / took


def _open(selector: selectors.BaseSelector, address: tuple[str, int], sent: bytes) -> None:
    connection = socket.create_connection(address, timeout=10)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    selector.register(connection, selectors.EVENT_READ, bytearray())
    connection.sendall(sent)


def _is_whole(heard: bytearray) -> bool:
    end = heard.find(_HEAD_END)
    if end < 0:
        return False
    length = _LENGTH.search(heard, 0, end + 2)
    if length is not None:
        return len(heard) >= end + len(_HEAD_END) + int(length[1])
    if _CHUNKED.search(heard, 0, end + 2):
        return heard.endswith(b"0\r\n\r\n")
    return False


def _check(request: Request, heard: bytearray) -> None:
    if not heard.startswith((b"HTTP/1.1 2", b"HTTP/1.0 2")):
        raise Failed(f"{request.url} answered {bytes(heard[:200])!r}")


def encode_request(request: Request, host: str, path: str) -> bytes:
    body = request.body.encode()
    headers = {"Host": host, **_headers(request), "Content-Length": str(len(body))}
    lines = [f"{request.method} {path} HTTP/1.1", *[f"{name}: {value}" for name, value in headers.items()]]
    return "\r\n".join(lines).encode() + _HEAD_END + body


def _headers(request: Request) -> dict[str, str]:
    return {"Content-Type": "application/json", **request.headers}


def _lua(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
