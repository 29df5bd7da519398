"""W3C Trace Context: an exchange's id is the span id that its own calls name as their parent."""

import re
import secrets
from dataclasses import dataclass

_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")


@dataclass(frozen=True)
class Trace:
    """Where an exchange stands in its trace: ``id`` is its own span, ``parent`` the caller's, if any."""

    trace_id: str
    id: str
    parent: str | None

    @classmethod
    def received(cls, traceparent: str) -> "Trace":
        """Continue the trace of a request, or begin one (Trace Context, section 3.2)."""
        match = _TRACEPARENT.fullmatch(traceparent.strip())
        drawn = secrets.token_hex(24)
        if match is None or set(match[1]) == {"0"} or set(match[2]) == {"0"}:
            return cls(drawn[:32], drawn[32:], None)
        return cls(match[1], drawn[32:], match[2])

    def child(self) -> "Trace":
        return Trace(self.trace_id, secrets.token_hex(8), self.id)

    def parent_for_calls(self) -> str:
        return f"00-{self.trace_id}-{self.id}-01"
