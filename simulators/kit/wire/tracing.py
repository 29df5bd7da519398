"""W3C Trace Context: an exchange's id is the span id that its own calls name as their parent."""

import re
import secrets
from dataclasses import dataclass

TRACEPARENT, TRACESTATE = "traceparent", "tracestate"
SAMPLED = 0b01
PASSED_ON = 0b11
"""The flags that are passed on as they came: sampled, and random trace id (section 2.2.2.4.2 of level 2)."""

LONGEST_STATE = 4096

_PARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
_STATE = re.compile(r"[\x20-\x7e\t]*")


@dataclass(frozen=True)
class Trace:
    """Where an exchange stands in its trace: ``id`` is its own span, ``parent`` the caller's, if any.

    ``state`` is what other tracing systems have put into the trace, passed on unread.
    """

    trace_id: str
    id: str
    parent: str | None
    flags: int = SAMPLED
    state: str = ""

    @classmethod
    def from_headers(cls, traceparent: str, tracestate: str = "") -> "Trace":
        """Continue the trace of a request, or begin one (Trace Context, section 4.3).

        A version that is not known yet is read as far as it is like the first.
        """
        span = secrets.token_hex(8)
        found = _PARENT.fullmatch(traceparent.strip())
        if found is None or not _is_valid(*found.groups()):
            return cls(secrets.token_hex(16), span, None)
        return cls(found[2], span, found[3], int(found[4], 16) & PASSED_ON, _read_state(tracestate))

    def headers(self) -> dict[str, str]:
        """Return the headers of the calls that this exchange makes."""
        state = {TRACESTATE: self.state} if self.state else {}
        return {TRACEPARENT: self.parent_for_calls(), **state}

    def parent_for_calls(self) -> str:
        return f"00-{self.trace_id}-{self.id}-{self.flags:02x}"


def _is_valid(version: str, trace_id: str, parent: str, flags: str, rest: str | None) -> bool:
    del flags
    if version == "ff" or (version == "00" and rest is not None):
        return False
    return set(trace_id) != {"0"} and set(parent) != {"0"}


def _read_state(tracestate: str) -> str:
    return tracestate if len(tracestate) <= LONGEST_STATE and _STATE.fullmatch(tracestate) else ""
