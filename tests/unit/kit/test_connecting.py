"""Connecting to a host takes no longer for its having many addresses."""

import socket
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from simulators.kit import clock
from simulators.kit.wire.connecting import connect
from simulators.kit.wire.pool import NoAnswer, Pool
from simulators.mailroom.smtp import MailServer, SmtpFailure, send

ADDRESSES = 50
LIMIT = 1.0


class DeafSocket(socket.socket):
    """Waits for as long as it may, by a clock that the wait moves on."""

    now = 0.0
    closed = 0

    def connect(self, address: object) -> None:
        del address
        DeafSocket.now += self.gettimeout() or 0.0
        raise TimeoutError

    def close(self) -> None:
        DeafSocket.closed += 1
        super().close()


@pytest.fixture
def deaf_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every host many addresses, none of which answers."""
    (found, *_) = socket.getaddrinfo("127.0.0.1", 1, type=socket.SOCK_STREAM)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [found] * ADDRESSES)
    monkeypatch.setattr(socket, "socket", DeafSocket)
    monkeypatch.setattr(DeafSocket, "now", 0.0)
    monkeypatch.setattr(DeafSocket, "closed", 0)
    monkeypatch.setattr(clock, "monotonic", lambda: DeafSocket.now)


def call_a_service() -> None:
    with pytest.raises(NoAnswer, match=r"^did not answer in time$"):
        Pool("test/1", LIMIT).send("GET", "http://deaf.example/", None, {}, LIMIT)


def send_an_email() -> None:
    with pytest.raises(SmtpFailure):
        send(MailServer("deaf.example", 25), EmailMessage(), LIMIT)


@pytest.mark.usefixtures("deaf_host")
@pytest.mark.parametrize("use", [call_a_service, send_an_email])
def test_all_addresses_of_a_host_have_the_time_of_one(use: Callable[[], None]) -> None:
    use()
    assert DeafSocket.now == pytest.approx(LIMIT)
    assert DeafSocket.closed == ADDRESSES


def test_the_next_address_is_tried_where_one_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        found = [
            (socket.AF_INET, socket.SOCK_STREAM, 0, "", each.getsockname()) for each in (taken, server)
        ]  # fmt: skip
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        with connect("two.example", 1, 20.0) as connection:
            assert connection.getpeername() == server.getsockname()
        found.pop()
        with pytest.raises(ConnectionRefusedError):
            connect("one.example", 1, 20.0)
