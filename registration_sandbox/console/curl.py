"""An exchange as the curl command that makes its request again."""

import json
import shlex
from typing import Any

from simulators.kit.journal import Exchange
from simulators.kit.masking import MASK


def command(exchange: Exchange, world: str, url: str) -> str:
    """Return the command. What the journal masks is masked in it, too: it is to be filled in by hand."""
    parts = [f"curl -i -X {exchange.method} {shlex.quote(url + exchange.path)}"]
    parts.append(f"-H {shlex.quote(f'baggage: sandbox.world={world}')}")
    if exchange.request is not None:
        parts.append("-H 'content-type: application/json'")
        parts.append(f"-d {shlex.quote(_body(exchange.request))}")
    return " \\\n  ".join(parts)


def has_masks(exchange: Exchange) -> bool:
    return MASK in exchange.path or MASK in _body(exchange.request)


def _body(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
