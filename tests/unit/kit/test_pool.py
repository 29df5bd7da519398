"""Calls to another service: what a call carries, which answers can be used, and when a connection is used again."""

import gzip
import itertools
import socket
import ssl
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from threading import Semaphore, Thread
from typing import Any

import pytest

from simulators.kit import clock
from simulators.kit.wire import pool as pools
from simulators.kit.wire import receiving
from simulators.kit.wire.pool import NoAnswer, Pool

CLOSE = b"<close>"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class Server:
    """Answers each request with the next of its answers; it closes the connection after one that ends in ``CLOSE``."""

    def __init__(self) -> None:
        self.answers: list[bytes] = []
        self.requests: list[bytes] = []
        self.connections = 0
        self.closed = Semaphore(0)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            while data := connection.recv(65536):
                self.requests.append(data)
                answer = self.answers.pop(0)
                with suppress(OSError):  # the client has had enough
                    connection.sendall(answer.removesuffix(CLOSE))
                if answer.endswith(CLOSE):
                    break
        self.closed.release()


@pytest.fixture
def server() -> Iterator[Server]:
    served = Server()
    yield served
    served.close()


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool("test/1", 1.0)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("user", "headers", "heard"),
    [
        ("", {}, None),
        ("asha:s%40fe@", {}, "Basic YXNoYTpzQGZl"),
        ("asha:s%40fe@", {"Authorization": "Bearer own"}, "Bearer own"),
    ],
)
def test_a_user_in_the_url_is_sent_as_basic_unless_the_call_has_its_own(
    server: Server, pool: Pool, user: str, headers: dict[str, str], heard: str | None
) -> None:
    server.answers = [OK]
    pool.send("GET", f"http://{user}127.0.0.1:{server.port}/mail@x?a=b%20c", None, headers, 2.0)
    first, *lines = server.requests[0].decode().split("\r\n")
    sent = dict(line.split(": ", 1) for line in lines if line)
    assert first == "GET /mail@x?a=b%20c HTTP/1.1"
    assert sent.get("authorization") == heard
    assert (sent["host"], sent["user-agent"]) == (f"127.0.0.1:{server.port}", "test/1")


@pytest.mark.parametrize(
    ("method", "body", "length"),
    [("POST", b"{}", "2"), ("POST", None, "0"), ("GET", None, None), ("DELETE", None, None)],
)
def test_a_body_is_sent_with_its_length(
    server: Server, pool: Pool, method: str, body: bytes | None, length: str | None
) -> None:
    server.answers = [OK]
    pool.send(method, server.url, body, {}, 2.0)
    head, _, sent = server.requests[0].decode().partition("\r\n\r\n")
    found = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
    assert (found.get("content-length"), sent) == (length, (body or b"").decode())


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (OK, (200, b"{}", {"content-length": "2"})),
        (b"HTTP/1.1 204 No Content\r\n\r\n", (204, b"", {})),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, (200, b"{}", {"content-length": "2"})),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
            (200, b"{}", {"transfer-encoding": "chunked"}),
        ),
        (b"HTTP/1.0 503 Down\r\nX-A: 1\r\nX-a: 2\r\n\r\nbusy<close>", (503, b"busy", {"x-a": "1, 2"})),
    ],
    ids=["length", "no content", "after 100", "chunked", "until the end"],
)
def test_an_answer_is_read_however_it_is_framed(
    server: Server, pool: Pool, answer: bytes, found: tuple[int, bytes, dict[str, str]]
) -> None:
    server.answers = [answer]
    assert pool.send("GET", server.url, None, {}, 2.0) == found


def test_an_answer_that_comes_compressed_unasked_is_read(server: Server, pool: Pool) -> None:
    content = gzip.compress(b"{}", mtime=0)
    server.answers = [
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(content) + content
    ]
    assert pool.send("GET", server.url, None, {}, 2.0)[1] == b"{}"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"<close>", "could not be reached"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}<close>", "gave no usable answer: it ended in the middle"),
        (b"HTTP/1.1 200 OK\r\nContent-Le<close>", "gave no usable answer: it ended in the middle"),
        (b"SSH-2.0-OpenSSH_9.9\r\n<close>", "gave no usable answer: it is no HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n{}", "gave no usable answer: it is no HTTP"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
            "gave no usable answer: it is not compressed as it says",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"{}", mtime=0)[:-9] + CLOSE,
            "gave no usable answer: it is not compressed as it says",
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", "did not answer in time"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", "did not answer in time"),
    ],
)
def test_an_answer_that_cannot_be_used_is_none(server: Server, pool: Pool, answer: bytes, why: str) -> None:
    server.answers = [answer, OK]
    with pytest.raises(NoAnswer, match=rf"^{why}$"):
        pool.send("GET", server.url, None, {}, 0.2)
    assert pool.send("GET", server.url, None, {}, 2.0)[0] == 200
    assert server.connections == 2


@pytest.mark.parametrize(
    "endless",
    [b"HTTP/1.1 100 Continue\r\n\r\n" * 100, b"HTTP/1.1 200 OK\r\nX-A: " + b"x" * 999],
    ids=["answers before the final one", "a header"],
)
def test_an_answer_that_comes_byte_by_byte_has_no_more_time_than_any(
    monkeypatch: pytest.MonkeyPatch, endless: bytes
) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(endless)
        ours.setblocking(False)
        monkeypatch.setattr(receiving, "AT_ONCE", 1)
        monkeypatch.setattr(clock, "monotonic", itertools.count().__next__)
        with pytest.raises(TimeoutError):
            receiving.read_answer(ours, "GET", 10, 1000)
        assert len(ours.recv(len(endless))) == len(endless) - 10


@pytest.mark.parametrize(("rate", "is_read"), [(1.0, True), (0.5, False)])
def test_an_answer_has_time_by_how_much_of_it_has_come(
    monkeypatch: pytest.MonkeyPatch, rate: float, is_read: bool
) -> None:
    """A byte comes at each look at the clock, a second after the one before."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + b"x" * 100)
        ours.setblocking(False)
        monkeypatch.setattr(receiving, "AT_ONCE", 1)
        monkeypatch.setattr(receiving, "LEAST_RATE", 1 / rate)
        monkeypatch.setattr(clock, "monotonic", itertools.count().__next__)
        with nullcontext() if is_read else pytest.raises(TimeoutError):
            assert len(receiving.read_answer(ours, "GET", 10, 1000).content) == 100


def test_what_is_sent_has_time_by_its_size(server: Server, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers = [OK]
    limits: list[float] = []
    timeouts: list[float] = []
    connect = pool._connect

    class Watched(socket.socket):
        def settimeout(self, value: float | None) -> None:
            timeouts.append(value or 0.0)
            super().settimeout(value)

    def watch(origin: tuple[str, str, int]) -> socket.socket:
        return Watched(fileno=connect(origin).detach())

    def read(connection: socket.socket, method: str, deadline: float, largest: int) -> receiving.Answer:
        limits.append(deadline)
        return receiving.read_answer(connection, method, deadline, largest)

    monkeypatch.setattr(pool, "_connect", watch)
    monkeypatch.setattr(pools, "read_answer", read)
    monkeypatch.setattr(pools, "LEAST_RATE", 10)
    begun = clock.monotonic()
    pool.send("POST", server.url, b"x" * 1000, {}, 5.0)
    assert timeouts[0] >= 105.0
    assert limits[0] >= begun + 105.0


def test_a_step_that_needs_more_than_has_come_waits_for_it_no_longer_than_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a TLS record of which a byte comes at a time."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"x")
        steps: list[None] = []

        def read_part() -> None:
            steps.append(None)
            raise ssl.SSLWantReadError

        monkeypatch.setattr(clock, "monotonic", itertools.count().__next__)
        with pytest.raises(TimeoutError):
            receiving.wait_for(ours, 10, read_part)
        assert len(steps) == 10


LARGEST = 100_000
ENDLESS = 50 * LARGEST


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * ENDLESS + CLOSE,
        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % ENDLESS + b"x" * ENDLESS + CLOSE,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * (ENDLESS // 6) + b"0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-A: " + b"x" * ENDLESS + b"\r\n\r\n" + CLOSE,
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * ENDLESS, mtime=0) + CLOSE,
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (LARGEST + 1) + CLOSE,
        b"HTTP/1.1 102 Wait\r\n\r\n" * (ENDLESS // 20) + OK,
    ],
    ids=["until the end", "length", "chunked", "header", "compressed", "one too many", "before the final one"],
)
def test_an_answer_that_is_too_large_is_none_and_is_not_read_to_its_end(
    server: Server, pool: Pool, answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    receive = receiving._receive

    def count(*given: Any, **more: Any) -> bytes:
        found = receive(*given, **more)
        read.append(len(found))
        return found

    monkeypatch.setattr(receiving, "_receive", count)
    server.answers = [answer, OK]
    with pytest.raises(NoAnswer, match=r"^gave no usable answer: it is larger than 100000 bytes$"):
        pool.send("GET", server.url, None, {}, 20.0, LARGEST)
    assert sum(read) <= LARGEST + receiving.LARGEST_HEAD + receiving.AT_ONCE
    assert pool.send("GET", server.url, None, {}, 20.0)[0] == 200


def test_an_answer_may_be_as_large_as_its_caller_says(server: Server, pool: Pool) -> None:
    server.answers = [
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * LARGEST + CLOSE,
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * LARGEST, mtime=0) + CLOSE,
    ]
    assert [len(pool.send("GET", server.url, None, {}, 20.0, LARGEST)[1]) for _ in range(2)] == [LARGEST] * 2


def test_what_comes_after_the_body_is_no_header(server: Server, pool: Pool) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    server.answers = [chunked + b"2\r\n{}\r\n0\r\nRetry-After: 5\r\n\r\n"]
    assert pool.send("GET", server.url, None, {}, 2.0) == (200, b"{}", {"transfer-encoding": "chunked"})


def test_a_connection_is_used_again_until_either_side_closes_it(server: Server, pool: Pool) -> None:
    closing = OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    server.answers = [OK, OK + CLOSE, closing, OK]
    used = []
    for answer in list(server.answers):
        pool.send("POST", server.url, b"{}", {}, 2.0)
        used.append(server.connections)
        if answer.endswith(CLOSE):
            assert server.closed.acquire(timeout=5)
    assert used == [1, 1, 2, 3]


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("http://127.0.0.1:1/a b", {}),
        ("http://127.0.0.1:1/", {"X-A": "b\r\nX-C: d"}),
        ("http://127.0.0.1:1/", {"X-A": "\u0928"}),
        ("ftp://127.0.0.1/", {}),
        ("http:///nowhere", {}),
        ("http://127.0.0.1:a/", {}),
    ],
)
def test_what_cannot_be_sent_as_http_is_not_sent(pool: Pool, url: str, headers: dict[str, str]) -> None:
    with pytest.raises(NoAnswer, match=r"^gave no usable answer: "):
        pool.send("GET", url, None, headers, 2.0)


def test_a_port_where_nobody_listens_is_told(pool: Pool) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(NoAnswer, match=r"^could not be reached$"):
            pool.send("GET", f"http://127.0.0.1:{taken.getsockname()[1]}", None, {}, 2.0)
