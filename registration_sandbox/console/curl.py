"""An exchange as the curl command that makes its request again."""

import json
import shlex
from typing import Any

from simulators.kit.journal import Exchange
from simulators.kit.masking import MASK

OF_THE_CONNECTION = frozenset(
    {
        "accept-encoding", "baggage", "connection", "content-length", "content-type", "expect", "forwarded", "host",
        "keep-alive", "traceparent", "tracestate", "transfer-encoding", "upgrade", "user-agent",
    }
)  # fmt: skip
"""Headers that curl writes by itself, or that belong to the request that was made then."""


def command(exchange: Exchange, world: str, url: str) -> str:
    """Return the command. What the journal masks is masked in it, too: it is to be filled in by hand."""
    parts = [f"curl -i -X {exchange.method} {shlex.quote(url + exchange.path)}"]
    parts.append(f"-H {shlex.quote(f'baggage: sandbox.world={world}')}")
    parts += [f"-H {shlex.quote(f'{name.lower()}: {value}')}" for name, value in _own_headers(exchange)]
    if exchange.request is not None:
        parts.append("-H 'content-type: application/json'")
        parts.append(f"-d {shlex.quote(_body(exchange.request))}")
    return " \\\n  ".join(parts)


def has_masks(exchange: Exchange) -> bool:
    headers = [value for _, value in _own_headers(exchange)]
    return any(MASK in text for text in (exchange.path, _body(exchange.request), *headers))


def _own_headers(exchange: Exchange) -> list[tuple[str, str]]:
    """Return the headers that make the request what it is."""
    return [(name, value) for name, value in exchange.request_headers.items() if not _is_of_the_connection(name)]


def _is_of_the_connection(name: str) -> bool:
    return name.lower() in OF_THE_CONNECTION or name.lower().startswith(("x-forwarded-", "sec-"))


def _body(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
