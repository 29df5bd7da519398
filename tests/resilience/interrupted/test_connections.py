"""Who may connect, how many at once, and for how long without a word."""

import io
import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import gevent
import pytest
from werkzeug.exceptions import RequestTimeout
from werkzeug.wrappers import Response

from registration_sandbox.runtime import listening, request_body, serve
from registration_sandbox.runtime.embedded import RunningSandbox, free_base_port
from registration_sandbox.runtime.request_body import StrictInput
from registration_sandbox.runtime.tls import find_files
from registration_sandbox.runtime.up import MOST_DESCRIPTORS
from registration_sandbox.runtime.values import BadSetting
from tests.resilience.interrupted.conftest import Up
from tests.support.typed import assert_one_clear_line, typed

pytestmark = pytest.mark.thorough


REQUEST = b"GET /_sandbox/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
MANY = 2000


def connect(sandbox: RunningSandbox, address: str = "127.0.0.1") -> socket.socket:
    port = int(sandbox.urls["mailroom"].rpartition(":")[2])
    return socket.create_connection((address, port), timeout=5)


@pytest.fixture
def ipv6() -> None:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no ::1")


@pytest.mark.usefixtures("ipv6")
def test_localhost_is_answered_on_both_of_its_addresses(up: Up) -> None:
    sandbox = up()
    for address in listening.LOOPBACKS:
        with connect(sandbox, address) as connection:
            connection.sendall(REQUEST)
            assert connection.recv(16).startswith(b"HTTP/1.1 200")


@pytest.mark.usefixtures("ipv6")
def test_a_port_that_is_taken_on_one_of_them_is_told(tmp_path: Path) -> None:
    port = free_base_port()
    with socket.socket(socket.AF_INET6) as taken:
        taken.bind(("::1", port + 3))
        taken.listen()
        said = typed("--data-dir", tmp_path, "--base-port", port)
    assert_one_clear_line(said, f"auth_service cannot listen on [::1]:{port + 3}", "Stop what uses it")


@pytest.mark.usefixtures("ipv6")
def test_a_host_that_is_given_is_the_only_one() -> None:
    port = free_base_port()
    opened = listening.open_sockets("::1", {"tsg": port})["tsg"]
    assert [each.getsockname()[:2] for each in opened] == [("::1", port)]
    for each in opened:
        each.close()


def test_an_address_that_the_machine_does_not_have_is_left_out_for_localhost_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    elsewhere = "192.0.2.1"  # RFC 5737
    monkeypatch.setattr(listening, "LOOPBACKS", ("127.0.0.1", elsewhere))
    port = free_base_port()
    (opened,) = listening.open_sockets("localhost", {"tsg": port})["tsg"]
    opened.close()
    with pytest.raises(BadSetting, match="Choose a --host"):
        listening.open_sockets(elsewhere, {"tsg": port})


def test_as_many_connections_are_taken_as_the_system_allows(up: Up) -> None:
    sandbox = up()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limits = Path(f"/proc/{sandbox.process.pid}/limits").read_text()
    (line,) = [line for line in limits.splitlines() if line.startswith("Max open files")]
    assert int(line.split()[3]) == min(hard, MOST_DESCRIPTORS)


def test_two_thousand_idle_connections_shut_nobody_out(up: Up) -> None:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 2 * MANY:
        pytest.skip("this process may not open as many")
    sandbox = up()
    with ExitStack() as idle:
        for _ in range(MANY):
            idle.enter_context(connect(sandbox))
        with connect(sandbox) as connection:
            connection.sendall(REQUEST)
            assert connection.recv(16).startswith(b"HTTP/1.1 200")


@pytest.fixture
def quick_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[serve.Server]:
    """A server in this process that waits 50 ms for a request."""
    monkeypatch.setattr(serve, "IDLE_LIMIT", 0.05)

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        gevent.sleep(0.2)  # an answer may take longer than the wait for a request
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    server = serve.Server(("127.0.0.1", 0), app, log=None, error_log=None, environ={"SERVER_NAME": "x"})
    server.start()
    yield server
    server.stop()


@pytest.mark.parametrize("begun", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: lo"])
def test_a_connection_is_closed_when_no_whole_request_comes_in_time(quick_server: serve.Server, begun: bytes) -> None:
    client = gevent.socket.create_connection(("127.0.0.1", quick_server.server_port), timeout=5)
    client.sendall(begun)
    assert b"200" not in client.recv(4096)  # closed, at most with a complaint about half a request


def test_a_connection_is_kept_while_a_request_is_answered_and_closed_after_it(quick_server: serve.Server) -> None:
    client = gevent.socket.create_connection(("127.0.0.1", quick_server.server_port), timeout=5)
    with client.makefile("rb") as answers:
        for _ in range(2):
            client.sendall(REQUEST)
            assert answers.readline() == b"HTTP/1.1 200 OK\r\n"
            while answers.readline() != b"\r\n":
                pass
            assert answers.read(2) == b"ok"
        assert answers.read() == b""


@pytest.fixture
def impatient_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[serve.Server]:
    """A server in this process that waits 100 ms for a whole body, and tells how long it is."""
    monkeypatch.setattr(request_body, "BODY_LIMIT", 0.1)

    def app(environ: dict[str, Any], start_response: Any) -> Any:
        try:
            length = len(environ["wsgi.input"].read())
        except RequestTimeout as late:
            return late(environ, start_response)
        return Response(str(length))(environ, start_response)

    server = serve.Server(("127.0.0.1", 0), app, log=None, error_log=None, environ={"SERVER_NAME": "x"})
    server.start()
    yield server
    server.stop()


WITH_LENGTH, CHUNKED = b"Content-Length: 6\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        (WITH_LENGTH + b"sixsix", b"200 OK"),
        (WITH_LENGTH + b"six", b"408 REQUEST TIMEOUT"),
        (WITH_LENGTH, b"408 REQUEST TIMEOUT"),
        (CHUNKED + b"3\r\nsix\r\n0\r\n\r\n", b"200 OK"),
        (CHUNKED + b"3\r\nsix\r\n", b"408 REQUEST TIMEOUT"),
        (CHUNKED + b"6\r\nsix", b"408 REQUEST TIMEOUT"),
    ],
)
def test_a_body_that_does_not_come_in_time_is_answered_and_its_connection_closed(
    impatient_server: serve.Server, body: bytes, answer: bytes
) -> None:
    client = gevent.socket.create_connection(("127.0.0.1", impatient_server.server_port), timeout=5)
    client.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\n" + body)
    with client.makefile("rb") as answers:
        assert answers.readline() == b"HTTP/1.1 " + answer + b"\r\n"
        if b"408" in answer:
            assert b"Connection: close" in answers.read()


@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_a_body_has_time_by_how_much_of_it_has_come(monkeypatch: pytest.MonkeyPatch, framing: str) -> None:
    """Of three pieces each takes as long as all may that have not come."""
    size = 3 * request_body.AT_ONCE
    now = [0.0]

    class Slow(io.BytesIO):
        def read(self, wanted: int | None = -1) -> bytes:
            now[0] += request_body.BODY_LIMIT * (wanted or 0) / request_body.AT_ONCE
            return super().read(wanted)

    @contextmanager
    def limit(seconds: float, error: type[Exception]) -> Iterator[None]:
        ends_by = now[0] + seconds
        yield
        if now[0] > ends_by + 1.0:
            raise error

    monkeypatch.setattr(request_body, "monotonic", lambda: now[0])
    monkeypatch.setattr(gevent, "Timeout", limit)
    monkeypatch.setattr(request_body, "LEAST_RATE", request_body.AT_ONCE / request_body.BODY_LIMIT)
    body = b"x" * size
    if framing == "length":
        given = StrictInput(Slow(body), size)
    else:
        given = StrictInput(Slow(b"%x\r\n%b\r\n0\r\n\r\n" % (size, body)), None, None, True)
    assert given.read() == body
    monkeypatch.setattr(request_body, "LEAST_RATE", size)
    late = StrictInput(Slow(body), size)
    with pytest.raises(RequestTimeout):
        late.read()
    assert late.is_last()


def test_a_connection_on_which_no_tls_handshake_comes_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "IDLE_LIMIT", 0.05)
    context = find_files(tmp_path, "localhost", {}).server_context()
    server = serve.Server(("127.0.0.1", 0), None, log=None, environ={"SERVER_NAME": "x"}, ssl_context=context)
    server.start()
    client = gevent.socket.create_connection(("127.0.0.1", server.server_port), timeout=5)
    assert client.recv(1) == b""
    server.stop()
