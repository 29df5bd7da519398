"""The headers that the journal keeps: what entitles to something is masked, and there are bounds to all of it."""

import tracemalloc
from collections.abc import Callable
from itertools import count

import pytest

from simulators.kit.headers import CUT, LONGEST_VALUE, MOST_HEADERS, keep_headers, read_request_headers
from simulators.kit.masking import LONGEST_NAME, MASK, is_secret
from simulators.kit.wire.addresses import hostname_of
from simulators.kit.wire.contacts import mobile_number


def test_a_requests_headers_are_read_by_their_usual_names() -> None:
    environ = {
        "REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": "", "HTTP_HOST": "bank.example",
        "HTTP_IDEMPOTENCY_KEY": "one", "wsgi.input": object(), "HTTP_USER_AGENT": "acme/1",
    }  # fmt: skip
    assert read_request_headers(environ) == {
        "Content-Type": "application/json",
        "Host": "bank.example",
        "Idempotency-Key": "one",
        "User-Agent": "acme/1",
    }


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("Authorization", "Bearer abc.def", f"Bearer {MASK}"),
        ("authorization", "Basic YTpi", f"Basic {MASK}"),
        ("Authorization", "abc.def", MASK),
        ("Proxy-Authorization", "Basic YTpi", f"Basic {MASK}"),
        ("X-API-Key", "two words", MASK),
        ("X-ApiKey", "k", MASK),
        ("Cookie", "session=1", MASK),
        ("Set-Cookie", "session=1; Path=/", MASK),
        ("Webhook-Signature", "v1,abc=", MASK),
        ("Signature", "sig1=:abc=:", MASK),
        ("X-Auth-Token", "t", MASK),
        ("X-Session-Id", "s", MASK),
        ("X-AccessToken", "t", MASK),
        ("X-SessionId", "s", MASK),
        ("X-UserPin", "1", MASK),
        ("X-ClientSecret", "s", MASK),
        ("DPoP", "e.y.j", MASK),
        ("Card-Number", "4000", MASK),
        ("X-Sign-Up-Code", "12345678", MASK),
        ("X-Envoy-Original-Path", "/tsg/sign_up/12345678", MASK),
        ("X-Original-URI", "/tsg/sign_up/12345678", MASK),
        ("Idempotency-Key", "mine", "mine"),
        ("Webhook-Id", "msg_1", "msg_1"),
        ("X-Keyboard", "qwerty", "qwerty"),
        (
            "Baggage",
            "sandbox-world=a,token=abc;x=1, api_key = k,flag",
            f"sandbox-world=a,token={MASK}, api_key ={MASK},flag",
        ),
        ("Baggage", "note=4111111111111111", f"note={MASK}"),
        ("Referer", "https://bank.example/reset/123456?otp=123456", f"https://bank.example/{MASK}"),
        ("Referer", "https://bank.example?otp=123456", f"https://bank.example/{MASK}"),
        ("Referer", "https://asha:secret@bank.example", f"https://bank.example/{MASK}"),
        ("Referer", "/reset/123456", MASK),
        ("Link", "https://bank.example/reset?otp=123456", f"https://bank.example/reset?{MASK}"),
        ("Location", "/registrations/7?token=t", f"/registrations/7?{MASK}"),
        ("X-Note", "what? nothing", "what? nothing"),
        ("X-Customer", "card 4111111111111111.", f"card {MASK}."),
    ],
)
def test_what_entitles_to_something_is_masked(name: str, value: str, kept: str) -> None:
    assert keep_headers({name: value}) == {name: kept}
    key = f"HTTP_{name.upper().replace('-', '_')}"
    assert list(read_request_headers({key: value}).values()) == [kept]


@pytest.mark.parametrize("length", [LONGEST_VALUE, LONGEST_VALUE + 1])
def test_a_long_value_is_cut(length: int) -> None:
    kept = "x" * LONGEST_VALUE + (CUT if length > LONGEST_VALUE else "")
    assert keep_headers({"X-Long": "x" * length}) == {"X-Long": kept}


def test_headers_beyond_the_most_and_names_beyond_the_longest_are_not_kept() -> None:
    many = {f"X-{number}": "v" for number in range(MOST_HEADERS + 1)}
    kept = dict(list(many.items())[:MOST_HEADERS])
    assert keep_headers(many) == kept
    assert read_request_headers({f"HTTP_{name.upper().replace('-', '_')}": "v" for name in many}) == kept
    longest = "x" * LONGEST_NAME
    assert keep_headers({longest: "v", longest + "x": "v"}) == {longest: "v"}
    assert read_request_headers({f"HTTP_{longest}": "v"}) == {}


LARGE = "X" * 64_000
NUMBERS = count()


@pytest.mark.parametrize(
    "look",
    [
        lambda text: read_request_headers({f"HTTP_{text}": "v"}),
        lambda text: read_request_headers({"HTTP_X_NOTE": text}),
        lambda text: keep_headers({text: "v"}),
        is_secret,
        hostname_of,
        mobile_number,
    ],
)
def test_nothing_large_that_a_caller_sends_is_remembered(look: Callable[[str], object]) -> None:
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(50):
            look(f"{LARGE}{next(NUMBERS)}")
        assert tracemalloc.get_traced_memory()[0] - before < 10 * len(LARGE)
    finally:
        tracemalloc.stop()
