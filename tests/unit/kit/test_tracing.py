"""W3C Trace Context: what is continued, what is begun, and what is passed on."""

import re

import pytest

from simulators.kit.wire.tracing import LONGEST_STATE, Trace

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.mark.parametrize(
    "traceparent",
    [
        f"00-{TRACE}-{SPAN}-01",
        f" 00-{TRACE}-{SPAN}-01 ",
        f"01-{TRACE}-{SPAN}-01",
        f"cc-{TRACE}-{SPAN}-01-what-is-not-known-yet",
        f"fe-{TRACE}-{SPAN}-01",
    ],
)
def test_a_trace_is_continued_whatever_its_version(traceparent: str) -> None:
    trace = Trace.from_headers(traceparent)
    assert (trace.trace_id, trace.parent) == (TRACE, SPAN)
    assert trace.id not in (SPAN, Trace.from_headers(traceparent).id)
    assert trace.parent_for_calls() == f"00-{TRACE}-{trace.id}-01"
    assert re.fullmatch("[0-9a-f]{16}", trace.id)


@pytest.mark.parametrize(
    "traceparent",
    [
        "",
        "x",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01-more",
        f"00-{TRACE}-{SPAN}-01-",
        f"cc-{TRACE}-{SPAN}-01.more",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-1",
        f"00-{TRACE}-{SPAN}",
    ],
)
def test_what_is_no_traceparent_begins_a_trace(traceparent: str) -> None:
    trace = Trace.from_headers(traceparent, "vendor=x")
    assert trace.trace_id != TRACE
    assert re.fullmatch("[0-9a-f]{32}", trace.trace_id)
    assert re.fullmatch("[0-9a-f]{16}", trace.id)
    assert (trace.parent, trace.state) == (None, "")
    assert trace.parent_for_calls().endswith("-01")


@pytest.mark.parametrize(
    ("flags", "passed_on"), [("00", "00"), ("01", "01"), ("02", "02"), ("03", "03"), ("fd", "01"), ("fc", "00")]
)
def test_whether_it_is_sampled_is_passed_on_and_flags_that_are_not_known_are_not(flags: str, passed_on: str) -> None:
    trace = Trace.from_headers(f"00-{TRACE}-{SPAN}-{flags}")
    assert trace.headers() == {"traceparent": f"00-{TRACE}-{trace.id}-{passed_on}"}


def test_the_state_of_other_systems_is_passed_on_unread() -> None:
    state = "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7 , x@y=a b"
    assert Trace.from_headers(f"00-{TRACE}-{SPAN}-01", state).headers()["tracestate"] == state
    longest = "a=" + "x" * (LONGEST_STATE - 2)
    assert Trace.from_headers(f"00-{TRACE}-{SPAN}-01", longest).state == longest


@pytest.mark.parametrize("state", ["", "a=" + "x" * (LONGEST_STATE - 1), "a=\xff", "a=\x01"])
def test_a_state_that_cannot_be_passed_on_is_left_out(state: str) -> None:
    assert "tracestate" not in Trace.from_headers(f"00-{TRACE}-{SPAN}-01", state).headers()
