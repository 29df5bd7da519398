"""HTTP/1.1 on the wire: what a proxy and the sandbox could read differently is refused, and its connection closed."""

import re
import socket

import pytest

pytestmark = pytest.mark.thorough


HEAD = b"Host: 127.0.0.1\r\nContent-Type: application/json\r\n"
POST = b"POST /messages HTTP/1.1\r\n" + HEAD
GET = b"GET /messages HTTP/1.1\r\nHost: 127.0.0.1\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
BODY = b'{"channel":"sms","to":"+919000000001","subject":"","body":"x","purpose":"p","sender":"s"}'
SIZE = b"%x" % len(BODY)
STATUS_LINE = re.compile(rb"HTTP/1.1 [0-9]{3} ")
NEXT = b"GET /_sandbox/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.fixture
def send(sandbox):
    """Send bytes and return all that comes until the connection is closed, or nothing more comes."""

    def exchange(*parts, wait=1.0):
        port = int(sandbox.urls["mailroom"].rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            received, closed = b"", False
            for part in parts:
                connection.sendall(part)
            connection.settimeout(wait)
            try:
                while piece := connection.recv(65_536):
                    received += piece
                closed = True
            except TimeoutError:
                pass
            except ConnectionResetError:
                closed = True
            return received, closed

    return exchange


AMBIGUOUS = {
    "both lengths": POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "both lengths the other way": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
    "two lengths": POST + b"Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}",
    "one length twice": POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    "a list of lengths": POST + b"Content-Length: 2, 2\r\n\r\n{}",
    "a length with a sign": POST + b"Content-Length: +2\r\n\r\n{}",
    "a negative length": POST + b"Content-Length: -2\r\n\r\n{}",
    "a length with an underscore": POST + b"Content-Length: 1_0\r\n\r\n{}",
    "a length in hex": POST + b"Content-Length: 0x2\r\n\r\n{}",
    "a length with a fraction": POST + b"Content-Length: 2.0\r\n\r\n{}",
    "a length in Arabic digits": POST + "Content-Length: ٢\r\n\r\n{}".encode(),
    "an empty length": POST + b"Content-Length: \r\n\r\n{}",
    "a length of 5,000 digits": POST + b"Content-Length: " + b"0" * 5000 + b"2\r\n\r\n{}",
    "an unknown coding": POST + b"Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
    "a coding before chunked": POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "identity": POST + b"Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}",
    "chunked twice": POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "two codings": POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "a misspelt coding": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a coding in quotes": POST + b'Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n',
    "a coding with a control character": POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "an empty coding": POST + b"Transfer-Encoding:\r\n\r\n0\r\n\r\n",
    "chunks in HTTP/1.0": CHUNKED.replace(b"HTTP/1.1", b"HTTP/1.0") + b"0\r\n\r\n",
    "a blank before the colon": POST + b"Content-Length : 2\r\n\r\n{}",
    "a folded field": POST + b"X-Other: a\r\n b\r\nContent-Length: 2\r\n\r\n{}",
    "a folded coding": POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
    "a folded first field": b"GET /messages HTTP/1.1\r\n Host: 127.0.0.1\r\n\r\n",
    "bare LF after a field": POST + b"X-Other: a\nContent-Length: 2\r\n\r\n{}",
    "bare LF after the request line": b"GET /messages HTTP/1.1\nHost: 127.0.0.1\r\n\r\n",
    "bare LF throughout": GET.replace(b"\r\n", b"\n") + b"\n",
    "bare LF at the end": GET + b"\n",
    "bare CR in a value": POST + b"X-Other: a\rContent-Length: 2\r\n\r\n{}",
    "NUL in a value": GET + b"X-Other: a\x00b\r\n\r\n",
    "a name with a blank": GET + b"X Other: a\r\n\r\n",
    "a name with an umlaut": GET + b"X-\xe4: a\r\n\r\n",
    "no name": GET + b": a\r\n\r\n",
    "no colon": GET + b"nonsense\r\n\r\n",
    "101 fields": GET + b"X: a\r\n" * 100 + b"\r\n",
    "no Host": b"GET /messages HTTP/1.1\r\n\r\n",
    "two Hosts": GET + b"Host: 127.0.0.1\r\n\r\n",
    "a Host with a path": b"GET /messages HTTP/1.1\r\nHost: 127.0.0.1/x\r\n\r\n",
    "a Host with a user": b"GET /messages HTTP/1.1\r\nHost: evil.example@127.0.0.1\r\n\r\n",
    "two content types": POST + b"Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
    "HTTP/0.9": b"GET /messages\r\n\r\n",
    "HTTP/2.0": GET.replace(b"HTTP/1.1", b"HTTP/2.0") + b"\r\n",
    "HTTP/1.10": GET.replace(b"HTTP/1.1", b"HTTP/1.10") + b"\r\n",
    "http/1.1": GET.replace(b"HTTP/1.1", b"http/1.1") + b"\r\n",
    "two blanks": GET.replace(b"GET ", b"GET  ") + b"\r\n",
    "a tab": GET.replace(b"GET ", b"GET\t") + b"\r\n",
    "a blank at the end of the line": GET.replace(b"HTTP/1.1", b"HTTP/1.1 ") + b"\r\n",
    "a target with a control character": GET.replace(b"/messages", b"/messages\x01") + b"\r\n",
    "a target that is no path": GET.replace(b"/messages", b"messages") + b"\r\n",
    "a target of another host": GET.replace(b"/messages", b"http://evil.example/messages") + b"\r\n",
    "a method with a bracket": GET.replace(b"GET", b"G(T") + b"\r\n",
}  # fmt: skip


@pytest.mark.parametrize("message", AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
def test_a_message_that_can_be_read_in_two_ways_is_refused_and_nothing_after_it_is_read(send, message):
    received, closed = send(message + NEXT)
    assert received.startswith(b"HTTP/1.1 400 "), received[:200]
    assert b"\r\nConnection: close\r\n" in received
    assert b'"code":"bad-message"' in received.replace(b'": "', b'":"')
    assert len(STATUS_LINE.findall(received)) == 1
    assert closed


CHUNKS = {
    "no size": b"\r\n\r\n",
    "no size but an extension": b";a=b\r\n" + BODY + b"\r\n0\r\n\r\n",
    "a size with a sign": b"+" + SIZE + b"\r\n" + BODY + b"\r\n0\r\n\r\n",
    "a size with 0x": b"0x" + SIZE + b"\r\n" + BODY + b"\r\n0\r\n\r\n",
    "a size with a blank": SIZE + b" \r\n" + BODY + b"\r\n0\r\n\r\n",
    "a size of 17 digits": b"0" * 15 + SIZE + b"\r\n" + BODY + b"\r\n0\r\n\r\n",
    "bare LF after the size": SIZE + b"\n" + BODY + b"\r\n0\r\n\r\n",
    "bare LF in an extension": SIZE + b";a\nb\r\n" + BODY + b"\r\n0\r\n\r\n",
    "bare LF after the chunk": SIZE + b"\r\n" + BODY + b"\n0\r\n\r\n",
    "a chunk that is longer": SIZE + b"\r\n" + BODY + b"x\r\n0\r\n\r\n",
    "bare LF after the last size": SIZE + b"\r\n" + BODY + b"\r\n0\n\r\n",
    "a folded trailer": SIZE + b"\r\n" + BODY + b"\r\n0\r\nA: b\r\n c\r\n\r\n",
    "bare LF in a trailer": SIZE + b"\r\n" + BODY + b"\r\n0\r\nA: b\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("chunks", CHUNKS.values(), ids=CHUNKS.keys())
def test_a_malformed_chunk_is_refused_and_nothing_after_it_is_read(send, chunks):
    received, closed = send(CHUNKED + chunks + NEXT)
    assert received.startswith(b"HTTP/1.1 400 "), received[:200]
    assert len(STATUS_LINE.findall(received)) == 1
    assert closed


WELL_FORMED = {
    "one chunk": SIZE + b"\r\n" + BODY + b"\r\n0\r\n\r\n",
    "two chunks": b"1\r\n" + BODY[:1] + b"\r\n%X\r\n" % (len(BODY) - 1) + BODY[1:] + b"\r\n0\r\n\r\n",
    "an extension": SIZE + b';a="b"\r\n' + BODY + b"\r\n0;c\r\n\r\n",
    "a trailer": SIZE + b"\r\n" + BODY + b"\r\n000\r\nA: b\r\nC: d\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("chunks", WELL_FORMED.values(), ids=WELL_FORMED.keys())
def test_a_well_formed_chunked_body_is_read_and_the_next_request_too(send, chunks):
    received, closed = send(CHUNKED + chunks + NEXT, wait=0.3)
    assert received.startswith(b"HTTP/1.1 201 "), received[:300]
    assert received.count(b"HTTP/1.1 200 ") == 1
    assert not closed


@pytest.mark.parametrize("coding", [b"Chunked", b"CHUNKED", b" chunked\t"])
def test_the_coding_s_letter_case_does_not_matter(send, coding):
    message = POST + b"Transfer-Encoding:" + coding + b"\r\n\r\n" + WELL_FORMED["one chunk"]
    assert send(message, wait=0.3)[0].startswith(b"HTTP/1.1 201 ")


@pytest.mark.parametrize("expected", [b"100-continue", b"100-Continue", b"100-CONTINUE"])
def test_a_client_that_waits_for_continue_hears_it_in_any_letter_case(send, expected):
    head = POST + b"Content-Length: %d\r\nExpect: %s\r\n\r\n" % (len(BODY), expected)
    received, _ = send(head, wait=0.5)
    assert received == b"HTTP/1.1 100 Continue\r\n\r\n"
    received, _ = send(head, BODY, wait=0.5)
    assert b"HTTP/1.1 201 " in received


def test_a_client_that_waits_for_continue_and_is_refused_need_not_send_its_body(send):
    head = POST.replace(b"/messages", b"/none") + b"Content-Length: 5000\r\nExpect: 100-continue\r\n\r\n"
    received, closed = send(head)
    assert received.startswith(b"HTTP/1.1 404 ")
    assert b"\r\nConnection: close\r\n" in received
    assert closed


def test_a_body_that_nobody_reads_is_passed_over(send):
    head = POST.replace(b"/messages", b"/none") + b"Content-Length: 5000\r\n\r\n"
    received, closed = send(head + b"x" * 5000 + NEXT, wait=0.3)
    assert received.startswith(b"HTTP/1.1 404 ")
    assert received.count(b"HTTP/1.1 200 ") == 1
    assert not closed


def test_a_body_that_is_far_too_long_ends_the_connection(send):
    head = POST.replace(b"/messages", b"/none") + b"Content-Length: %d\r\n\r\n" % 2**40
    received, closed = send(head + b"x" * 3_000_000)
    assert received.startswith(b"HTTP/1.1 404 ") or closed
    assert closed


def test_a_target_in_absolute_form_is_its_path(send):
    absolute = GET.replace(b"/messages", b"http://127.0.0.1/messages?limit=1") + b"\r\n"
    assert send(absolute, wait=0.3)[0].startswith(b"HTTP/1.1 200 ")


def test_an_empty_line_before_a_request_is_passed_over(send):
    assert send(b"\r\n" + GET + b"\r\n", wait=0.3)[0].startswith(b"HTTP/1.1 200 ")


def test_no_application_here_upgrades_a_connection(send):
    upgrade = GET + b"Connection: Upgrade\r\nUpgrade: h2c\r\n"
    body = b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    received, closed = send(upgrade + body + NEXT, wait=0.3)
    assert received.count(b"HTTP/1.1 200 ") == 2
    assert not closed


def test_http_1_0_without_a_host_is_answered(send):
    received, closed = send(b"GET /_sandbox/health HTTP/1.0\r\n\r\n")
    assert received.startswith(b"HTTP/1.1 200 ")
    assert closed
